"""Videos compressed by a run, by what was published of it, or by a model in the package."""

import os
from pathlib import Path

from tfvgan.coding import Reader
from tfvgan.data.files import VIDEO_ENDINGS
from tfvgan.runs.automatic import tell_of_fast
from tfvgan.runs.codec_models import load_codec, named, reading, shipped_codec
from tfvgan.streaming.bar import Bar
from tfvgan.tasks import EnhancedCodec, LearnedCodec, Restorer, VideoRestorer
from tfvgan.tasks.compression import decode_file, encode_file, extract_base
from tfvgan.tasks.compression.file_encoding import COPIES, LONGEST, MEMORY


def compress(
    video: str | os.PathLike,
    out: str | os.PathLike,
    model: str | os.PathLike | VideoRestorer | Restorer | LearnedCodec | None = None,
    *,
    codec: str | None = None,
    base: str | None = None,
    quality: float | None = None,
    bits: float | None = None,
    prefer: str | None = None,
    size: str | None = None,
    deinterlace: str = "auto",
    fps: float | None = None,
    partial: bool = False,
    longest: int = LONGEST,
    memory: float = MEMORY,
    resume: bool = False,
    overwrite: bool = False,
    show: bool = False,
) -> str:
    """Returns the path of the compressed video.

    Args:
        video: path of a video of any length, a folder of images, or "-".
        out: where to write; its ending is none of a video that plays, but .tvg.
        model: a run's folder, a published folder, a `.keras` file, the name of a model in the
            package, a `VideoRestorer`, a `Restorer` or a `LearnedCodec`; None takes the
            one of the package for what is preferred.
        codec: "enhanced" or "learned", which of the package; None is "enhanced".
        base: the standard of the stream inside, "av1", the usual, "hevc" or "h264".
        quality: float from 1 to 8; None is 4 unless `bits` is given.
        bits: float, bits per pixel that each group of frames takes at most.
        prefer: "detail", the usual, or "fidelity"; see `tfvgan.tasks.EnhancedCodec`.
        size: "auto", the usual, "full" or "half", of the stream inside; see the same. A learned
            codec has none of `base`, `prefer` and `size`.
        deinterlace, fps, partial: how the video is read; as of `tfvgan.streaming.Source`.
        longest: int, frames in a group at most.
        memory: float, MB that may be taken.
        resume: bool, whether to go on with what was begun.
        overwrite: bool, whether a file at `out` may be replaced.
        show: bool, whether to show a progress bar on stderr.

    Raises:
        ValueError: when there is no such model, a model and a codec are given, the output has the
            ending of a video that plays, and as `compress` and the codecs do.
    """
    if Path(out).suffix.lower() in VIDEO_ENDINGS:
        raise ValueError(
            f"What is compressed is a .tvg, which no player takes for a video, but the output is "
            f"`{out}`: name it `{Path(out).with_suffix('.tvg')}`; `decompress` makes a video of it."
        )
    if model is not None and codec is not None:
        raise ValueError("`codec` chooses a model of the package: give `codec` or `model`.")
    if model is None:
        model = shipped_codec(codec or EnhancedCodec.name, prefer or "detail")
    settings = {"quality": quality, "bits": bits, "base": base, "prefer": prefer, "size": size}
    made = load_codec(model, **settings, memory=memory)
    how = {"deinterlace": deinterlace, "fps": fps, "partial": partial, "longest": longest}
    how |= {"memory": memory}
    with Bar(show) as progress:
        job = {"resume": resume, "overwrite": overwrite, "progress": progress}
        return encode_file(made, video, out, **how, **job)


def decompress(
    video: str | os.PathLike,
    out: str | os.PathLike,
    model: str | os.PathLike | VideoRestorer | Restorer | LearnedCodec | None = None,
    *,
    base_only: bool = False,
    fast: bool = False,
    codec: str | None = None,
    crf: float | None = None,
    memory: float = MEMORY,
    resume: bool = False,
    overwrite: bool = False,
    show: bool = False,
) -> list[str]:
    """Returns a list of sentences on damage, empty if all was decoded.

    Args:
        video: path of a compressed file.
        out: where to write; its ending says the format.
        model: as in `compress`; None takes that of the package which it was compressed by.
        base_only: bool, whether to write the stream inside as it is, which needs no model.
        fast: bool, whether the network computes in bfloat16 where this machine is faster then: a
            few levels are off by one.
        codec, crf: FFmpeg's encoder and its quality; as of `tfvgan.streaming.process`.
        memory: float, MB that a frame may take.
        resume: bool, whether to go on with what was begun.
        overwrite: bool, whether a file at `out` may be replaced.
        show: bool, whether to show a progress bar on stderr.

    Raises:
        ValueError: when there is no such model, and as `decompress` does.
    """
    if base_only and (codec is not None or crf is not None or resume):
        raise ValueError(
            "The stream inside is copied as it is, in one go: leave `codec`, `crf` and `resume` "
            "out."
        )
    with Reader(video) as reader:
        check_frames(reader.header, video, memory)
        name, wanted = reader.header.codec, reader.header.model
    if base_only:
        check_base(name, video)
        return extract_base(video, out, EnhancedCodec.base_layer, overwrite=overwrite)
    if fast:
        learned = "a learned codec decodes what was encoded in float32 alone"
        tell_of_fast(None if name == EnhancedCodec.name else learned)
    made = decoder(name, wanted, model, memory, fast)
    how = {"codec": codec, "crf": crf, "resume": resume, "overwrite": overwrite}
    with Bar(show) as progress:
        return decode_file(made, video, out, **how, progress=progress)


def decoder(codec, identity, model, memory, fast=False):
    """Returns the codec that decodes a file.

    Args:
        codec, identity: the codec's name and the model's first bytes, of the file's header.
        model, memory, fast: as of `decompress`.
    """
    if model is None:
        return named(codec, identity, memory, fast)
    return reading(model, identity, memory, fast)


def check_base(codec, path):
    """Raises ValueError when a file's codec has no standard's stream inside."""
    if codec != EnhancedCodec.name:
        raise ValueError(
            f"`{path}` was compressed by the codec {codec!r}, which has no stream inside that a "
            "player shows: decompress it with its model."
        )


def check_frames(header, path, memory):
    """Raises ValueError when a frame, of square pixels, takes more memory than `memory` MB."""
    stretch = max(header.pixel_aspect, 1 / header.pixel_aspect)
    taken = COPIES * 3 * header.width * header.height * float(stretch) / 1e6
    if taken > memory:
        raise ValueError(
            f"The frames of `{path}` are said to be of {header.width}x{header.height} pixels of "
            f"the shape {header.pixel_aspect}, which takes {taken:.0f} MB, and {memory:g} may be "
            "taken: if that is so, give more `memory` (--memory)."
        )
