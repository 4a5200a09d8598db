"""Videos compressed by a run, by what was published of it, or by a model in the package."""

import os

from tfvgan import streaming
from tfvgan.coding import Reader
from tfvgan.coding.header import IDENTITY
from tfvgan.runs.bar import Bar
from tfvgan.runs.restoring import load_restorer, shipped_folders
from tfvgan.streaming.compressing import COPIES, MEMORY
from tfvgan.tasks import EnhancedCodec

PREFIX = "codec_"  # How the folders of the models in the package begin.
QUALITY = 4.0


def compress(
    video,
    out,
    model=None,
    *,
    base="av1",
    quality=None,
    bits=None,
    prefer="detail",
    show=False,
    **how,
):
    """Returns the path of the compressed video.

    Args:
        video: path of a video of any length, a folder of images, or "-".
        out: where to write.
        model: a run's folder, a published folder, a `.keras` file, a `VideoRestorer` or a
            `Restorer`; None takes the one of the package for what is preferred.
        base: the standard of the stream inside, "av1", "hevc" or "h264".
        quality: float from 1 to 8; None is `QUALITY` unless `bits` is given.
        bits: float, bits per pixel that each group of frames takes at most.
        prefer: "detail", or "fidelity"; see `tfvgan.tasks.EnhancedCodec`.
        show: bool, whether to show a progress bar on stderr.
        **how: of `tfvgan.streaming.compress`: `longest`, `memory`, `resume`, `overwrite`.

    Raises:
        ValueError: when there is no such model, and as `compress` and `EnhancedCodec` do.
    """
    if quality is None and bits is None:
        quality = QUALITY
    memory = {name: how[name] for name in ("memory",) if name in how}
    network = load_restorer(shipped(prefer) if model is None else model).generator
    codec = EnhancedCodec(network, base, quality=quality, bits=bits, prefer=prefer, **memory)
    with Bar(show) as progress:
        return streaming.compress(codec, video, out, progress=progress, **how)


def decompress(video, out, model=None, *, base_only=False, show=False, memory=None, **how):
    """Returns what could not be decoded, a list of sentences; see `tfvgan.streaming.decompress`.

    Args:
        video: path of a compressed file.
        out: where to write; its ending says the format.
        model: as in `compress`; None takes that of the package which it was compressed by.
        base_only: bool, whether to write the stream inside as it is, which needs no model.
        show: bool, whether to show a progress bar on stderr.
        memory: float, MB that a frame may take; None for the usual.
        **how: of `tfvgan.streaming.decompress`: `codec`, `crf`, `resume`, `overwrite`.

    Raises:
        ValueError: when there is no such model, and as `decompress` does.
    """
    if base_only and how.keys() - {"overwrite"}:
        raise ValueError(
            "The stream inside is copied as it is, in one go: leave `codec`, `crf` and `resume` "
            "out."
        )
    memory = MEMORY if memory is None else memory
    with Reader(video) as reader:
        _check_frames(reader.header, video, memory)
        wanted = reader.header.model
    if base_only:
        return streaming.extract(video, out, EnhancedCodec.base_layer, **how)
    network = _named(wanted) if model is None else load_restorer(model).generator
    codec = EnhancedCodec(network, quality=QUALITY, memory=memory)
    with Bar(show) as progress:
        return streaming.decompress(codec, video, out, progress=progress, **how)


def _check_frames(header, path, memory):
    """Raises ValueError when a frame, of square pixels, takes more memory than it may, in MB."""
    stretch = max(header.pixel_aspect, 1 / header.pixel_aspect)
    taken = COPIES * 3 * header.width * header.height * float(stretch) / 1e6
    if taken > memory:
        raise ValueError(
            f"The frames of `{path}` are said to be of {header.width}x{header.height} pixels of "
            f"the shape {header.pixel_aspect}, which takes {taken:.0f} MB, and {memory:g} may be "
            "taken: if that is so, give more `memory` (--memory)."
        )


def shipped(prefer):
    """Returns the folder of the package's model for what is preferred, or else of its first.

    Raises:
        ValueError: when there is none.
    """
    folders = {folder.name: os.fspath(folder) for folder in shipped_folders(PREFIX)}
    for name in (PREFIX + prefer, *folders):
        if name in folders:
            return folders[name]
    raise ValueError("There is no model in the package: give the `model` (--model).")


def _named(wanted):
    """Returns the network of the package that has an identity."""
    for folder in shipped_folders(PREFIX):
        network = load_restorer(os.fspath(folder)).generator
        if wanted == EnhancedCodec(network, quality=QUALITY).identity[:IDENTITY]:
            return network
    raise ValueError(
        f"There is no model in the package by which this was compressed ({wanted.hex()}): give the "
        "`model` (--model)."
    )
