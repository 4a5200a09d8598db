"""A whole file through a `Stepper`: in parts that outlast a crash, and sound as it was."""

import hashlib
import itertools
import os
import sys
import tempfile
from collections import deque
from pathlib import Path

import numpy as np

from tfvgan.streaming.encoders import encoder, kept
from tfvgan.streaming.joining import check_held, join
from tfvgan.streaming.pictures import pictures
from tfvgan.streaming.recurrence import Recurrence
from tfvgan.streaming.sink import EncodedFile, ImageFolder, format_of, move_images
from tfvgan.streaming.source import PIPE, Source
from tfvgan.streaming.tiles import side_within
from tfvgan.streaming.unfinished import Unfinished

PART = 250  # frames in a part: what a crash may cost
MEMORY = 1000.0  # MB


def process(
    stepper,
    path,
    out,
    *,
    mask=None,
    codec=None,
    crf=None,
    memory=MEMORY,
    resume=False,
    overwrite=False,
    part=PART,
    progress=lambda done, count: None,
    **how,
):
    """Returns `out`, where the video now is, with each frame taken through the stepper.

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
        codec: FFmpeg's name of the encoder; None for H.264, or VP9 where `out` is a .webm.
        crf: float, its quality; None for one that hardly shows.
        memory: float, MB that a step may take; frames that need more are done in tiles.
        resume: bool, go on with what was begun.
        overwrite: bool, whether a file at `out` may be replaced.
        part: int, frames in a part.
        progress: function that is called with the number of frames done, and of all, or None.
        **how: of `Recurrence`: `overlap`, `cuts`.

    Raises:
        ValueError: when there is something at `out`, an unfinished job without `resume` or none
            with it, or an encoder or a format that is not there.
        UnreadableVideo: when there is no video at `path`.
    """
    codec = encoder(codec, out, crf)
    piped = PIPE in (os.fspath(path), os.fspath(out))
    if piped and resume:
        raise ValueError("What goes through a pipe can't be resumed: leave `resume` out.")
    if os.path.exists(path) and os.path.exists(out) and os.path.samefile(path, out):
        raise ValueError(f"`{out}` is the video itself: name another output.")
    if not (overwrite or resume or os.fspath(out) == PIPE):
        check_free(out)
    source = Source(path)
    how["side"] = side_within(memory, stepper, source.size)
    images = not piped and (os.path.isdir(out) or not Path(out).suffix)
    encoding = {} if images else _encoding(source, out, codec, crf, stepper.factor)
    if piped:
        steps = _stepped(pictures(source, mask), Recurrence(stepper, **how))
        return _piped(steps, source, out, encoding, progress)
    settings = {"codec": None if images else codec, "crf": None if images else crf, "part": part}
    settings["mask"] = None if mask is None else identity(mask)
    settings["stepper"] = stepper.identity
    job = _Job(Path(out), encoding, source, {**settings, **how}, resume)
    try:
        job.run(stepper, mask, progress, how)
    except ValueError:
        if not job.kept.parts():  # Nothing is lost, and the next try begins anew.
            job.kept.remove()
        raise
    return str(out)


def check_free(out):
    """Raises ValueError when there is something at `out`, but for an empty folder."""
    if os.path.exists(out) and not (os.path.isdir(out) and not os.listdir(out)):
        raise ValueError(
            f"`{out}` is there already: name another output, or allow it to be replaced by "
            "`overwrite` (--overwrite)."
        )


def _encoding(source, out, codec, crf, factor):
    """Returns the arguments of `EncodedFile` beside its path, which are found to do what they must.

    Raises:
        ValueError: when `out` can't hold what is to be put there.
    """
    form = "nut" if os.fspath(out) == PIPE else format_of(out)
    look = kept(source.look, codec, form)
    how = {"codec": codec, "crf": crf, "fps": source.fps, "look": look}
    if os.fspath(out) != PIPE:
        beside = None if source.is_folder or source.piped else source.path
        check_held(out, beside, [factor * side for side in source.size], **how)
    return how


def _piped(steps, source, out, encoding, progress):
    """Writes the frames in one go, where nothing can be resumed."""
    if os.fspath(out) == PIPE:
        sink = EncodedFile(sys.stdout.buffer, format="nut", **encoding)
        _encode(steps, sink, progress, source.count)
        return PIPE
    with tempfile.TemporaryDirectory(prefix=".writing-", dir=Path(out).resolve().parent) as folder:
        part, whole = (Path(folder, name) for name in ("part", Path(out).name))
        _encode(steps, EncodedFile(part, **encoding), progress, source.count)
        join([part], None, whole)
        os.replace(whole, out)
    return os.fspath(out)


def _encode(steps, sink, progress, count):
    """Writes all the frames."""
    for done, step in enumerate(steps, start=1):
        sink.write(*step[:3])
        progress(done, count)
    sink.close()


def _stepped(pairs, recurrence):
    """Yields `(rgb, alpha, time, states)` of each new frame, of what `pictures` yields."""
    waiting = deque()

    def given():
        for frame, picture in pairs:
            waiting.append(frame)
            yield picture

    for made in recurrence(given()):
        frame = waiting.popleft()
        yield made.picture, _as_large(frame.alpha, made.picture), frame.time, made.states


def _as_large(alpha, picture):
    """Returns the alpha channel, `(h, w, 1)` or None, resized to the picture."""
    if alpha is None:
        return None
    from PIL import Image

    height, width = picture.shape[:2]
    resized = Image.fromarray(alpha[..., 0]).resize((width, height), Image.Resampling.BICUBIC)
    return np.asarray(resized)[..., None]


class _Job:
    """A file that is made part by part, with the states behind them.

    Args:
        out: Path of what will be.
        encoding: dict, arguments of `EncodedFile`; none where a folder of images is made.
        source: `Source`.
        settings: dict, what the result depends on.
        resume: bool, whether there is to be a job already.
    """

    def __init__(self, out, encoding, source, settings, resume):
        self.out, self.encoding, self.source, self.settings = out, encoding, source, settings
        self.kept = Unfinished(out, {"source": identity(source.path), **settings}, resume)
        self.folder = self.kept.folder
        self.pictures = self.folder / "images"

    def run(self, stepper, mask, progress, how):
        """Makes the parts that are missing, and then the whole."""
        number = len(self.kept.parts())
        done = number * self.settings["part"]
        recurrence = Recurrence(stepper, states=self._states(number), **how)
        pairs = pictures(self.source, mask)
        for _, picture in itertools.islice(pairs, done):
            recurrence.skip(picture)
        steps = _stepped(pairs, recurrence)
        while part := list(itertools.islice(steps, 1)):
            done = self._part(number, itertools.chain(part, steps), done, progress)
            number += 1
        self._finish(done)
        self.kept.remove()

    def _part(self, number, steps, done, progress):
        """Makes a part, and returns the number of frames done then."""
        unfinished = self.folder / "part.video"
        if self.encoding:
            sink = EncodedFile(unfinished, **self.encoding)
        else:
            sink = ImageFolder(self.pictures, done + 1, self.source.look.alpha)
        for step in itertools.islice(steps, self.settings["part"]):
            sink.write(*step[:3])
            done += 1
            progress(done, self.source.count)
        sink.close()
        kept = {f"state{n}": state for n, state in enumerate(step[3])}
        with open(self.folder / "states.part", "wb") as file:
            np.savez(file, **kept)
        os.replace(self.folder / "states.part", self.folder / f"states-{number + 1:05d}.npz")
        if not self.encoding:
            unfinished.touch()
        self.kept.keep(unfinished, number)
        (self.folder / f"states-{number:05d}.npz").unlink(missing_ok=True)  # No one resumes there.
        return done

    def _states(self, number):
        """Returns the states behind the first `number` parts."""
        if not number:
            return None
        with np.load(self.folder / f"states-{number:05d}.npz") as file:
            return [file[f"state{n}"] for n in range(len(file.files))]

    def _finish(self, count):
        """Puts what was made in its place."""
        if not self.encoding:
            move_images(self.pictures, self.out, count)
        else:
            whole = self.folder / f"whole{self.out.suffix}"
            join(self.kept.parts(), None if self.source.is_folder else self.source, whole, self.out)
            os.replace(whole, self.out)


def identity(path):
    """Returns what tells a video from another, without reading all of it."""
    state = os.stat(path)
    text = f"{os.path.abspath(path)} {state.st_size} {state.st_mtime_ns}"
    return hashlib.sha256(text.encode()).hexdigest()
