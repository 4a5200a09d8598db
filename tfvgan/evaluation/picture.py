"""The picture of an evaluation: videos of both sides, and histograms of their numbers."""

import numpy as np

from tfvgan import plots
from tfvgan.metrics.fidelity import HIGHEST_PSNR

VIDEOS = 4  # of each set
PAIRS = 2
TALLEST = 192  # pixels of a picture in the figure
SAMPLES = 64  # frames of a long video
NAME = 20  # letters of a video's name
CONTRAST = 4  # how much differences are amplified


def draw_sets(real, generated, histograms, title, path):
    """Writes a picture of two sets of videos.

    Args:
        real: uint8 `(n, t, h, w, 3)`.
        generated: likewise.
        histograms: dict of titles, each with the numbers of "real" and "generated".
        title: of the figure.
        path: where to write.
    """
    rows = [("real", smaller(video)) for video in real]
    rows += [("generated", smaller(video)) for video in generated]
    plots.comparison(rows, path, histograms=histograms, title=title)


class PairsPicture:
    """Collects frames and numbers for a picture of pairs while these are compared.

    Of the first two pairs of one size it keeps some frames, and of each frame two numbers.
    """

    def __init__(self):
        self._pairs = {}
        self._size = None
        self._samples = None

    def wants(self, pair):
        """Returns whether it keeps something of a pair, when those before it were added."""
        size = self._size or (pair.height, pair.width)
        alike = (pair.height, pair.width) == size and pair.frames >= (self._samples or 0)
        return pair.name in self._pairs or (len(self._pairs) < PAIRS and alike)

    def add(self, pair, reference, output, shared):
        """Adds a window of a pair."""
        if not self.wants(pair):
            return
        self._size = (pair.height, pair.width)
        self._samples = self._samples or min(SAMPLES, pair.frames)
        if pair.name not in self._pairs:
            wanted = np.linspace(0, pair.frames - 1, self._samples).round().astype(int)
            self._pairs[pair.name] = _Watched(wanted)
        self._pairs[pair.name].add(reference[shared:], output[shared:])

    def draw(self, title, path):
        """Writes the picture: references, outputs and their differences, amplified."""
        length = min(len(watched.references) for watched in self._pairs.values())
        rows, lines = [], {}
        for name, watched in self._pairs.items():
            short = name[-NAME:]
            reference, output = (
                np.stack(frames[:length]) for frames in (watched.references, watched.outputs)
            )
            difference = np.abs(reference.astype(int) - output) * CONTRAST
            rows += [("reference", reference), ("output", output)]
            rows += [(f"{CONTRAST}x difference", np.minimum(difference, 255).astype(np.uint8))]
            lines[f"PSNR in dB, {short}"] = {"output": watched.psnr}
            lines[f"change between frames, in levels, {short}"] = {
                "reference": watched.changes[0],
                "output": watched.changes[1],
            }
        plots.comparison(rows, path, lines=lines, title=title)


class _Watched:
    """The data of one pair: some frames, made small, and two numbers of every frame."""

    def __init__(self, wanted):
        self.references, self.outputs = [], []
        self.psnr, self.changes = [], ([], [])
        self._wanted = set(wanted.tolist())
        self._last = (np.nan, np.nan)  # The first frame changes from nothing.

    def add(self, references, outputs):
        for both in zip(references, outputs):
            number = len(self.psnr)
            if number in self._wanted:
                self.references.append(smaller(both[0]))
                self.outputs.append(smaller(both[1]))
            error = np.mean(np.square(both[0].astype(np.float32) - both[1]))
            self.psnr.append(min(HIGHEST_PSNR, 10 * np.log10(255.0**2 / max(error, 1e-12))))
            for change, frame, last in zip(self.changes, both, self._last):
                change.append(np.mean(np.abs(frame.astype(np.float32) - last)))
            self._last = both


def smaller(frames):
    """Returns uint8 `(..., h, w, 3)` no higher than the figure shows, by averaging squares."""
    height, width = frames.shape[-3:-1]
    side = -(-height // TALLEST)
    if side == 1:
        return frames
    frames = frames[..., : height // side * side, : width // side * side, :]
    shape = (*frames.shape[:-3], height // side, side, width // side, side, 3)
    return frames.reshape(shape).mean(axis=(-4, -2)).round().astype(np.uint8)
