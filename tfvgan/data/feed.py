"""A source of clips, played epoch after epoch as batches."""

import numpy as np

from tfvgan.data.leaving import until_exit
from tfvgan.data.order import draw, permutation


class CachedSource:
    """A source of clips that reads a `ClipCache` in any order.

    Args:
        cache: the `ClipCache`.
        seed: of the order, another one each epoch; None keeps the cache's.
    """

    def __init__(self, cache, seed):
        self.cache = cache
        self.seed = seed
        self.count = cache.count

    def epoch(self, number, skip=0, wanted=None):
        """Yields `(clip, label)` of the epoch with this number, without the first `skip`.

        Args:
            number, skip: whole numbers >= 0.
            wanted: function from the number of a clip, after the skipped ones, to whether it is
                wanted: of another None is yielded, and nothing read. None wants all.
        """
        order = range(self.count)
        if self.seed is not None:
            order = permutation(self.count, self.seed, number)
        for count, place in enumerate(order[skip:]):
            unread = wanted is not None and not wanted(count)
            yield None if unread else (self.cache.clip(place), self.cache.label(place))


class Feed:
    """The batches of a source; each call plays one epoch more, or all that will ever come.

    Repeating, every call begins at sample `start` and never ends. Otherwise a call plays an epoch;
    once it is played to its end, the next call plays the next one.

    Args:
        source: has `epoch(number, skip)` that yields `(clip, label)`, and `count`, the clips of an
            epoch, or None while nobody knows.
        shape: `(frames, height, width, 3)` of a clip as it is handed out; larger ones are cut.
        batch_size: clips of a batch.
        seed: of the random draws.
        flip: whether half of the clips are mirrored.
        random_crop: whether the place of the cut is drawn; else it is the middle.
        start: samples left out at the start, counted over epochs.
        repeat: whether to go on for ever; a batch may then lie in two epochs.
        drop_remainder: whether to leave out a last batch that is not full.
        moments: the `Moments` that say which frames of a clip are taken; None takes all. From a
            cache, no other frame is read of a clip that was checked once.
        share: `(index, count)`: of each batch the rows of one of so many equal parts, with
            `"place"`, int64 `(rows,)`, where in the batch each lies. It takes a `CachedSource`,
            of which it reads no other clip, and `repeat`.
    """

    def __init__(
        self,
        source,
        shape,
        *,
        batch_size,
        seed,
        flip,
        random_crop,
        start,
        repeat,
        drop_remainder,
        moments=None,
        share=(0, 1),
    ):
        self.source = source
        self.shape = shape
        self.batch_size = batch_size
        self.seed = seed
        self.flip = flip
        self.random_crop = random_crop
        self.repeat = repeat
        self.drop_remainder = drop_remainder
        self.moments = moments
        index, count = share
        self.rows = batch_size // count
        self.whole = count == 1
        self._first = index * self.rows
        self._next = (0, start)  # the epoch, and the samples of it to leave out

    @property
    def length(self):
        """The batches of each call: -1 for ever, None when it is not known or differs."""
        if self.repeat:
            return -1
        _, skip = self._next
        if not self.source.count or skip % self.source.count:
            return None
        whole, rest = divmod(self.source.count, self.batch_size)
        return whole + (rest > 0 and not self.drop_remainder)

    def __call__(self):
        """Returns an iterator of batches, `{"video": ..., "label": ...}`.

        The video is uint8 `(batch, *shape)`, the label int32 `(batch,)`; with `moments` there is
        also `"times"`, float32 `(batch, count)`, the frames' numbers. Of a share there are its
        rows alone.
        """
        return until_exit(self._batches())

    def _batches(self):
        batch, count = [], 0
        for sample in self._samples():
            batch.append(sample)
            if len(batch) == self.rows:
                yield _stack(batch)
                batch, count = [], count + 1
        if batch and not self.drop_remainder:
            yield _stack(batch)
        elif batch and not count:
            raise ValueError(
                f"An epoch has {len(batch)} clips, less than a batch of {self.batch_size}: "
                "ask for a smaller batch_size, or repeat=True."
            )

    def _samples(self):
        epoch, skip = self._next
        played = 0
        while True:
            if self.source.count:
                epoch, skip = epoch + skip // self.source.count, skip % self.source.count
            for sample, clip in enumerate(self._clips(epoch, skip, played), skip):
                if clip is not None:
                    yield self._sample(*clip, epoch, sample, played % self.batch_size)
                played += 1
            if (
                skip >= self.source.count
            ):  # nothing was played: the source has just learnt its count
                continue
            epoch, skip = epoch + 1, 0
            if not self.repeat:
                self._next = (epoch, skip)
                return

    def _clips(self, epoch, skip, played):
        """Returns the epoch's `(clip, label)`, None of those that belong to others' shares."""
        if self.whole:
            return self.source.epoch(epoch, skip)
        return self.source.epoch(epoch, skip, lambda count: self._is_own(played + count))

    def _is_own(self, played):
        return 0 <= played % self.batch_size - self._first < self.rows

    def _sample(self, clip, label, epoch, sample, place):
        """Returns a sample of a batch, by names."""
        named = {**self._view(clip, epoch, sample), "label": np.int32(label)}
        return named if self.whole else {**named, "place": np.int64(place)}

    def _view(self, clip, epoch, sample):
        """Returns the cropped and mirrored clip: one draw for all of its frames."""
        _, height, width, _ = self.shape
        down, right = clip.shape[1] - height, clip.shape[2] - width
        y, x = down // 2, right // 2
        drawn = draw(self.seed, epoch, sample)
        if self.random_crop:
            y, x = int(drawn.top * (down + 1)), int(drawn.left * (right + 1))
        view = {"video": clip[:, y : y + height, x : x + width]}
        if self.moments is not None:
            numbers = self.moments.draw(epoch, sample)
            view = {"video": view["video"][numbers], "times": numbers.astype(np.float32)}
        if self.flip and drawn.flip < 0.5:
            view["video"] = _mirrored(view["video"])
        return view


def _mirrored(clip):
    """Returns the clip with left and right exchanged; moves whole pixels, which is fast."""
    return np.ascontiguousarray(clip.view("V3")[:, :, ::-1]).view(np.uint8)


def _stack(samples):
    return {name: np.stack([sample[name] for sample in samples]) for name in samples[0]}
