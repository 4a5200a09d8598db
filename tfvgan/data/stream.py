"""Clips of files that are decoded while they are played."""

import itertools

from tfvgan.data.cut import cut_file
from tfvgan.data.order import permutation, shuffle_window
from tfvgan.data.read_ahead import handed_out

SHUFFLED_WITHIN = 64  # clips held to be shuffled


class Stream:
    """A source of clips that decodes its files anew each epoch.

    Shuffled, the files come in a new order each epoch, several are played in turn, and their clips
    are shuffled within a window; otherwise files and clips come in their order. To skip clips it
    decodes them. `count`, the clips of an epoch, is None until one has been played to its end.

    Args:
        files: list of `VideoFile`.
        settings: the `ClipSettings`.
        decoder: as `read_frames` takes it.
        skipped: the `Skipped` that hears of bad files.
        seed: of the order; None leaves files and clips in theirs.
    """

    def __init__(self, files, settings, decoder, skipped, seed):
        self.files = files
        self.settings = settings
        self.decoder = decoder
        self.skipped = skipped
        self.seed = seed
        self.count = None

    def epoch(self, number, skip=0):
        """Yields `(clip, label)` of the epoch with this number, without the first `skip`."""
        played = self._clips(number)
        if self.seed is not None:
            played = shuffle_window(played, SHUFFLED_WITHIN, self.seed, number)
        return itertools.islice(played, skip, None)

    def _clips(self, number):
        shuffled = self.seed is not None
        files = self.files
        if shuffled:
            files = [files[i] for i in permutation(len(files), self.seed, number)]
        count = 0
        for file, clip, error in handed_out(files, self._open, together=shuffled):
            if clip is not None:
                count += 1
                yield clip, file.label
            elif error is not None:
                self.skipped.add(file.path, error)
        self.count = count
        if not count:
            raise self.skipped.none_left()

    def _open(self, file):
        return cut_file(file.path, self.settings, self.decoder)
