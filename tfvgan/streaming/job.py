"""A whole file through a `Stepper`, in parts that outlast a crash; its sound is copied.

Frames are decoded in a thread, made by the stepper in another, and encoded in those of the encoder.
"""

import contextlib
import os
import sys
from collections.abc import Callable

from tfvgan.data.colours import DEEP, YUV420, YUV444
from tfvgan.streaming.about import NOTHING, about
from tfvgan.streaming.behind import Behind
from tfvgan.streaming.encoders import encoder, writable_look
from tfvgan.streaming.joining import check_held
from tfvgan.streaming.look import PLAIN
from tfvgan.streaming.lost import tell_lost_chroma, tell_lost_colours, tell_lost_tracks
from tfvgan.streaming.outputs import PIPE, check_out, check_resumable, is_images
from tfvgan.streaming.parts import Parts, stepped
from tfvgan.streaming.pictures import Single
from tfvgan.streaming.processed import Processed
from tfvgan.streaming.recurrence import OVERLAP, Recurrence
from tfvgan.streaming.scenes import AHEAD
from tfvgan.streaming.sink import EncodedFile, format_of
from tfvgan.streaming.source import Source
from tfvgan.streaming.stepper import Stepper
from tfvgan.streaming.tiles import side_within
from tfvgan.streaming.unfinished import Unfinished, identity

PART = 250  # frames in a part: what a crash may cost
MEMORY = 1000.0  # MB
# What keeps more bits of colours.
MORE = "the encoder (--codec) libx265 keeps 10 and ffv1 16, in files, without mask and alpha"
FINER = "all players take that, and an encoder that is named (--codec), such as ffv1, keeps more"


def process(
    stepper: Stepper,
    path: str | os.PathLike,
    out: str | os.PathLike,
    *,
    mask: str | os.PathLike | None = None,
    beside: str | os.PathLike | None = None,
    background: str | os.PathLike | None = None,
    deinterlace: str = "auto",
    fps: float | None = None,
    partial: bool = False,
    codec: str | None = None,
    crf: float | None = None,
    memory: float = MEMORY,
    resume: bool = False,
    overwrite: bool = False,
    part: int = PART,
    overlap: int = OVERLAP,
    cuts: bool = True,
    progress: Callable[[int, int | None], None] = lambda done, count: None,
) -> str:
    """Returns `out`, where the video now is; the stepper has made each of its frames.

    Memory does not grow with the video's length. Times of frames, the shape of their pixels and, if
    the encoder has it, transparency are kept. Sound and subtitles are copied; what `out` can't hold
    is encoded anew or left out, as a warning says. Frames are written in parts beside `out`, in a
    hidden folder, until all are there: what is stopped or killed can be resumed, and nothing
    unfinished ever bears the final name.

    Args:
        stepper: `Stepper`.
        path: a file, a folder of numbered images, or "-" for standard input.
        out: a file whose ending says its format; a folder for images, made if it is missing; or "-"
            for NUT on standard output, the frames alone, which FFmpeg and its players read.
        mask: path of what is missing, see `tfvgan.streaming.pictures`; None for nothing.
        beside: path of the original that the video was made from frame by frame; the stepper is
            handed both. `tfvgan.streaming.processed.Processed` says whose sound and times are kept.
            None for none.
        background: path of a picture or a video that is to be seen behind what the stepper leaves;
            the stepper is handed both. See `tfvgan.streaming.behind.Behind`. None for none. Of
            `mask`, `beside` and `background` one alone may be given.
        deinterlace, fps, partial: as of `Source`.
        codec: FFmpeg's name of the encoder; None for H.264, HEVC where colours have more than 8
            bits, or VP9 where `out` is a .webm, of colours as all players take them, 4:2:0. One
            that is named keeps finer ones if it can.
        crf: float, its quality; None for one that hardly shows.
        memory: float, MB that a step may take; frames that need more are done in tiles.
        resume: bool, go on with what was begun.
        overwrite: bool, whether a file at `out` may be replaced.
        part: int, frames in a part.
        overlap, cuts: as of `Recurrence`.
        progress: function that is called with the number of frames done, and of all, or None.

    Raises:
        ValueError: when there is something at `out`, an unfinished job without `resume` or none
            with it, or an encoder or a format that is not there; when there are two of a mask, an
            original and a background, or one that does not fit.
        UnreadableVideo: when there is no video at `path`.
    """
    more = {"mask": mask, "beside": beside, "background": background}
    if sum(each is not None for each in more.values()) > 1:
        raise ValueError(
            "A video has a `mask`, an original `beside` it or a `background`: give one of them."
        )
    piped = PIPE in [os.fspath(each) for each in (path, out, beside) if each is not None]
    check_resumable(piped, resume)
    images = is_images(out)
    if os.fspath(out) != PIPE:
        check_out(out, (path, *more.values()), overwrite or resume, images)
    how_read = deinterlace, fps, partial
    if beside is not None:
        read = Processed(path, beside, *how_read)
    elif background is not None:
        read = Behind(Source(path, *how_read), background, fps, partial)
    else:
        read = Single(Source(path, *how_read), mask)
    source = read.source
    look, named = _made(read.look, stepper), codec is not None
    codec = encoder(codec, out, crf, look.depth, stepper.alpha)
    side = side_within(memory, stepper, source.size)
    how = {"side": side, "overlap": overlap, "cuts": cuts, "ahead": 0 if piped else AHEAD}
    written = look if named else look._replace(chroma=YUV420)
    encoding = {} if images else _encoding(read, written, out, codec, crf, stepper)
    written = encoding["look"] if encoding else PLAIN._replace(chroma=YUV444, alpha=look.alpha)
    depth = written.depth
    tell_lost_colours(source, written, MORE)
    tell_lost_chroma(source, look.chroma, written.chroma, FINER)
    if images or os.fspath(out) == PIPE:
        tell_lost_tracks(read.film, out)
    else:
        read.tell()
    stepper.found = None if stepper.found is None else False
    if os.fspath(out) == PIPE:
        with contextlib.closing(stepped(read, depth > DEEP, Recurrence(stepper, **how))) as steps:
            sink = EncodedFile(sys.stdout.buffer, format="nut", **encoding)
            _encode(steps, sink, progress, source)
        return PIPE
    record = None
    if not piped:
        record = {"source": source.identity, **{name: identity(more[name]) for name in more}}
        record |= {**read.film.settings, "stepper": stepper.identity, "part": part, **how}
        record |= {"codec": None if images else codec, "crf": None if images else crf}
        record |= {"depth": depth, "chroma": written.chroma}
    with Unfinished(out, record, resume, overwrite) as made:
        Parts(stepper, made, encoding, read, part, look.alpha).run(progress, how)
    return str(out)


def _made(look, stepper):
    """Returns the `Look` of frames that are made: of larger ones more pixels share a colour."""
    chroma = tuple(stepper.factor * count for count in look.chroma)
    return look._replace(chroma=chroma, alpha=look.alpha or stepper.alpha)


def _encoding(read, look, out, codec, crf, stepper):
    """Returns the arguments of `EncodedFile` beside its path, tried on a short file.

    Raises:
        ValueError: when `out` can't hold what is to be put there.
    """
    form = "nut" if os.fspath(out) == PIPE else format_of(out)
    look = writable_look(look, codec, form)
    if stepper.alpha and not look.alpha:
        raise ValueError(
            f"What is to be written to `{out}` is transparent in places, which {codec} can't say "
            "there: write a .webm, a .mov, a .mkv or a folder of images, and name no `codec` "
            "(--codec)."
        )
    film = read.film
    how = {"codec": codec, "crf": crf, "fps": film.fps, "look": look}
    if os.fspath(out) != PIPE:
        heard = None if film.is_folder or film.piped else film.path
        told = about(heard) if heard else NOTHING
        check_held(out, heard, [stepper.factor * side for side in read.source.size], told, **how)
    return how


def _encode(steps, sink, progress, source):
    """Writes all frames into the sink."""
    for done, step in enumerate(steps, start=1):
        sink.write(*step[:3])
        progress(done, source.count)
    sink.close()
