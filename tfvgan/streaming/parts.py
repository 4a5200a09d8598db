"""The parts of a file that is made frame by frame, and the states behind them: all that a stop
leaves."""

import contextlib
import itertools
from collections import deque

import numpy as np

from tfvgan.data.colours import DEEP
from tfvgan.data.read_ahead import ahead
from tfvgan.streaming.about import about_source
from tfvgan.streaming.joining import join
from tfvgan.streaming.moving import move_images
from tfvgan.streaming.recurrence import Recurrence
from tfvgan.streaming.sink import EncodedFile, ImageFolder
from tfvgan.whole import put, write_whole


class Parts:
    """A file that is made part by part, with the states behind them.

    Args:
        stepper: `Stepper`.
        made: `Unfinished`.
        encoding: dict, arguments of `EncodedFile`; none where a folder of images is made.
        read: `Single`, `Behind` or `Processed`.
        part: int, frames in a part.
        alpha: bool, whether images have an alpha channel.
    """

    def __init__(self, stepper, made, encoding, read, part, alpha):
        self.stepper, self.made, self.encoding = stepper, made, encoding
        self.read, self.part, self.alpha = read, part, alpha
        self.source = read.source
        self.folder = made.folder
        self.pictures = self.folder / "images"

    def run(self, progress, how):
        """Makes the parts that are missing, and then the whole."""
        number = len(self.made.parts())
        done = number * self.part
        run = None if self.read.waits else self.part  # A pipe may never bring the next frame.
        recurrence = Recurrence(self.stepper, states=self._states(number), part=run, **how)
        deep = bool(self.encoding) and self.encoding["look"].depth > DEEP
        with contextlib.closing(stepped(self.read, deep, recurrence, done)) as steps:
            while part := list(itertools.islice(steps, 1)):
                done = self._part(number, itertools.chain(part, steps), done, progress)
                number += 1
        self._finish()

    def _part(self, number, steps, done, progress):
        """Makes a part, and returns the number of frames done then."""
        unfinished = self.folder / "part.video"
        if self.encoding:
            sink = EncodedFile(unfinished, **self.encoding)
        else:
            sink = ImageFolder(self.pictures, done + 1, self.alpha)
        for step in itertools.islice(steps, self.part):
            sink.write(*step[:3])
            done += 1
            progress(done, self.source.count)
        sink.close()
        kept = {f"state{n}": state for n, state in enumerate(step[3])}
        if self.stepper.found is not None:
            kept["found"] = self.stepper.found
        with open(self.folder / "states.part", "wb") as file:
            np.savez(file, **kept)
        put(self.folder / "states.part", self.folder / f"states-{number + 1:05d}.npz")
        if not self.encoding:
            unfinished.touch()
        self.made.keep(unfinished, number)
        (self.folder / f"states-{number:05d}.npz").unlink(missing_ok=True)  # No one resumes there.
        return done

    def _states(self, number):
        """Returns the states behind the first `number` parts; the stepper is told what it found."""
        if not number:
            return None
        with np.load(self.folder / f"states-{number:05d}.npz") as file:
            if self.stepper.found is not None:
                self.stepper.found = bool(file["found"])
            count = sum(name.startswith("state") for name in file.files)
            return [file[f"state{n}"] for n in range(count)]

    def _finish(self):
        """Joins the parts, and moves the file to its place."""
        if not self.encoding:
            self._move_images()
        else:
            whole = self.folder / f"whole{self.made.out.suffix}"
            film = self.read.film
            join(
                self.made.parts(),
                None if film.is_folder or film.piped else film,
                whole,
                self.made.out,
                self.encoding["look"],
                about_source(film),
                self.encoding["fps"],
                until=self.read.until,
            )
            self.made.put(whole)

    def _move_images(self):
        """Moves the images to their place; a record of their number outlasts a stop."""
        counted = self.folder / "count"
        if not counted.is_file():
            self.made.check_still_free()
            count = len(list(self.pictures.glob("*.png")))
            write_whole(counted, lambda file: file.write_text(str(count)))
        move_images(self.pictures, self.made.out, int(counted.read_text()))
        self.made.remove()


def stepped(read, deep, recurrence, done=0):
    """Yields `(rgb, alpha, time, states)` of each new frame of what is read.

    Frames are read in a thread, and made in another, while whoever asks for them writes the one
    before. What comes through a pipe is read here: it may never bring the next frame.

    Args:
        read: `Single`, `Behind` or `Processed`.
        deep: bool, whether frames are uint16.
        recurrence: `Recurrence`.
        done: frames at the beginning that are there already.
    """
    pairs = read.pictures(deep)
    if read.waits:
        return _steps(pairs, recurrence, done)
    return ahead(_steps(ahead(pairs), recurrence, done))


def _steps(pairs, recurrence, done):
    """Yields as `stepped` does, of pairs of a frame and a picture, which are closed in the end."""
    waiting = deque()

    def queued():
        for frame, picture in pairs:
            waiting.append(frame)
            yield picture

    with contextlib.closing(pairs):
        for _, picture in itertools.islice(pairs, done):
            recurrence.skip(picture)
        for made in recurrence(queued()):
            frame = waiting.popleft()
            yield made.picture[..., :3], _alpha(frame.alpha, made.picture), frame.time, made.states


def _alpha(given, picture):
    """Returns the alpha channel of what was made, `(h, w, 1)` or None, of a frame that had one.

    What both leave of a pixel is the product.
    """
    given = _as_large(given, picture)
    if picture.shape[-1] == 3:
        return given
    own = picture[..., 3:]
    return own if given is None else np.rint(own * (given / 255.0)).astype("uint8")


def _as_large(alpha, picture):
    """Returns the alpha channel, `(h, w, 1)` or None, resized to the picture."""
    if alpha is None:
        return None
    from PIL import Image

    height, width = picture.shape[:2]
    resized = Image.fromarray(alpha[..., 0]).resize((width, height), Image.Resampling.BICUBIC)
    return np.asarray(resized)[..., None]
