import itertools

import numpy as np
import pytest

from tfvgan.data.feed import CachedSource, Feed
from tfvgan.data.moments import Moments

COUNT = 5
rng = np.random.default_rng(0)
CLIPS = rng.integers(0, 256, (COUNT, 2, 6, 9, 3), np.uint8)


class Memory:
    """What `CachedSource` reads, held in memory."""

    count = COUNT

    def clip(self, number):
        return CLIPS[number]

    def label(self, number):
        return number


class Unknown:
    """A source that learns its count by playing, as a stream does."""

    def __init__(self, seed):
        self.source = CachedSource(Memory(), seed)
        self.count = None
        self.played = []

    def epoch(self, number, skip=0):
        self.played.append(number)
        yield from self.source.epoch(number, skip)
        self.count = COUNT


def feed(source=None, **settings):
    given = {"batch_size": 1, "seed": 3, "flip": True, "random_crop": True}
    given |= {"start": 0, "repeat": False, "drop_remainder": False, **settings}
    return Feed(source or CachedSource(Memory(), 3), (2, 4, 4, 3), **given)


def samples(batches):
    pairs = (zip(batch["video"], batch["label"], strict=True) for batch in batches)
    return [pair for batch in pairs for pair in batch]


def same(left, right):
    assert len(left) == len(right)
    for (video, label), (other, wanted) in zip(left, right, strict=True):
        assert label == wanted
        np.testing.assert_array_equal(video, other)


@pytest.mark.parametrize("start", [0, 1, 4, 5, 7, 10, 13])
@pytest.mark.parametrize("known", [True, False])
def test_start_continues_where_another_stopped(start, known):
    whole = samples(itertools.islice(feed(repeat=True)(), 20))
    source = CachedSource(Memory(), 3) if known else Unknown(3)
    playing = feed(source, repeat=True, start=start)
    same(samples(itertools.islice(playing(), 20 - start)), whole[start:])
    same(samples(itertools.islice(playing(), 3)), whole[start : start + 3])  # begins there again


@pytest.mark.parametrize("start", [0, 2, 5, 8])
@pytest.mark.parametrize("known", [True, False])
def test_each_call_plays_the_next_epoch_once_one_is_played_to_its_end(start, known):
    whole = samples(itertools.islice(feed(repeat=True)(), 20))
    playing = feed(CachedSource(Memory(), 3) if known else Unknown(3), start=start)
    next(playing())  # a look at the first batch moves nothing
    first = samples(playing())
    end = start + COUNT - start % COUNT
    same(first, whole[start:end])
    same(samples(playing()), whole[end : end + COUNT])


def test_an_unknown_count_is_learnt_from_one_epoch_and_others_are_not_played():
    source = Unknown(3)
    next(feed(source, repeat=True, start=COUNT * 1000 + 2)())
    assert source.played == [0, 1000]


def test_an_epoch_has_each_clip_once_and_orders_differ():
    playing = feed()
    epochs = [[int(label) for _, label in samples(playing())] for _ in range(3)]
    assert all(sorted(labels) == list(range(COUNT)) for labels in epochs)
    assert len(set(map(tuple, epochs))) > 1
    plain = feed(CachedSource(Memory(), None))
    assert [int(label) for _, label in samples(plain())] == list(range(COUNT))


def test_batches_are_full_across_epochs_or_end_with_the_epoch():
    def sizes(batches):
        return [len(batch["label"]) for batch in batches]

    assert sizes(itertools.islice(feed(batch_size=2, repeat=True)(), 9)) == [2] * 9
    assert sizes(feed(batch_size=2)()) == [2, 2, 1]
    assert sizes(feed(batch_size=2, drop_remainder=True)()) == [2, 2]
    with pytest.raises(ValueError, match="5 clips, less than a batch of 6"):
        list(feed(batch_size=6, drop_remainder=True)())


@pytest.mark.parametrize(
    ("settings", "length"),
    [
        ({"batch_size": 2}, 3),
        ({"batch_size": 2, "drop_remainder": True}, 2),
        ({"start": 10}, 5),
        ({"start": 3}, None),
        ({"repeat": True}, -1),
        ({"source": Unknown(0)}, None),
    ],
)
def test_the_length_is_told_where_it_is_known(settings, length):
    assert feed(**settings).length == length


def test_one_draw_a_clip():
    """Each clip is one window of its whole, mirrored as a whole or not at all; all places occur."""
    windows = {
        (y, x, way): CLIPS[:, :, y : y + 4, x : x + 4][:, :, :, ::way]
        for y in range(3)
        for x in range(6)
        for way in (1, -1)
    }
    found = []
    for video, label in samples(itertools.islice(feed(repeat=True)(), 400)):
        places = [place for place, cut in windows.items() if (cut[label] == video).all()]
        assert len(places) == 1
        found += places
    assert set(found) == set(windows)
    assert abs(np.mean([way for _, _, way in found])) < 0.25


def test_plain_is_the_middle():
    plain = feed(CachedSource(Memory(), None), flip=False, random_crop=False)
    for video, label in samples(plain()):
        np.testing.assert_array_equal(video, CLIPS[label, :, 1:5, 2:6])


def test_the_crop_does_not_depend_on_the_flip():
    crops = samples(feed(flip=False)())
    for (video, label), (other, same_label) in zip(samples(feed()()), crops, strict=True):
        assert label == same_label
        assert (video == other).all() or (video[:, :, ::-1] == other).all()


def test_moments_are_those_frames_of_the_clip_cut_and_mirrored_as_one():
    whole = {"flip": True, "random_crop": True, "batch_size": COUNT, "repeat": True}
    dense, sparse = feed(**whole), feed(**whole, moments=Moments(1, 2, seed=3))
    seen = set()
    for full, batch in itertools.islice(zip(dense(), sparse()), 8):
        assert batch["video"].shape == (COUNT, 1, 4, 4, 3)
        assert batch["times"].shape == (COUNT, 1) and batch["times"].dtype == np.float32
        np.testing.assert_array_equal(batch["label"], full["label"])
        for i, (time,) in enumerate(batch["times"].astype(int)):
            np.testing.assert_array_equal(batch["video"][i, 0], full["video"][i, time])
            seen.add(int(time))
    assert seen == {0, 1}


@pytest.mark.parametrize("start", [1, 5, 13])
def test_moments_continue_where_another_stopped(start):
    def times(playing, count):
        return [tuple(batch["times"][0]) for batch in itertools.islice(playing(), count)]

    given = {"repeat": True, "moments": Moments(1, 2, seed=3)}
    whole = times(feed(**given), 20)
    assert times(feed(**given, start=start), 20 - start) == whole[start:]
    assert len(set(whole)) == 2


def test_no_frame_is_touched_that_is_not_asked_for():
    touched = []

    class Watched(np.ndarray):
        """Notes what is read of it; slices are views and read nothing."""

        def __getitem__(self, key):
            found = super().__getitem__(key)
            if len(self) == 100 and not np.shares_memory(found, CLIP):
                touched.append(np.asarray(key).tolist())
            return found

    CLIP = np.zeros((100, 6, 9, 3), np.uint8)  # noqa: N806

    class Long:
        count = 1
        clip = staticmethod(lambda number: CLIP.view(Watched))
        label = staticmethod(lambda number: 0)

    moments = Moments(3, 100, seed=0)
    playing = Feed(
        CachedSource(Long(), None), (3, 4, 4, 3), batch_size=1, seed=0, flip=False, start=0,
        random_crop=True, repeat=False, drop_remainder=False, moments=moments,
    )  # fmt: skip
    (batch,) = playing()
    assert touched == batch["times"].astype(int).tolist() == [moments.draw(0, 0).tolist()]


@pytest.mark.parametrize("start", [0, 8])
def test_shares_are_the_rows_of_each_batch_and_read_no_others(start):
    class Watched(Memory):
        def __init__(self):
            self.read = []

        def clip(self, number):
            self.read.append(number)
            return CLIPS[number]

    def first(share, memory):
        playing = feed(CachedSource(memory, 3), batch_size=4, repeat=True, start=start, share=share)
        return list(itertools.islice(playing(), 5))

    whole, memories = first((0, 1), Watched()), [Watched(), Watched()]
    parts = [first((index, 2), memory) for index, memory in enumerate(memories)]
    for batch, *both in zip(whole, *parts, strict=True):
        assert set(batch) == {"video", "label"}
        for name in batch:
            joined = np.concatenate([part[name] for part in both])
            np.testing.assert_array_equal(joined, batch[name])
        assert [part["place"].tolist() for part in both] == [[0, 1], [2, 3]]
    for part, memory in zip(parts, memories, strict=True):
        assert memory.read == [label for batch in part for label in batch["label"]]
