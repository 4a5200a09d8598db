import itertools
import sys

import films
import keras
import numpy as np
import pytest
import tensorflow as tf

from tfvgan.data import UnreadableVideo, clips, prepare

FRAMES = (10, 9, 4, 13)
COUNT = 8  # clips of four frames in files of FRAMES
STOPS = (1, COUNT, 2 * COUNT + 3)


@pytest.fixture(scope="module")
def videos(tmp_path_factory):
    return films.folder(tmp_path_factory.mktemp("videos"), FRAMES)


@pytest.fixture(scope="module", params=["files", "cache", "prepared"])
def source(request, videos, tmp_path_factory):
    """Returns a function of (size, crop) to the arguments of `clips` that read the videos so."""

    def arguments(size=16, crop="center"):
        cache = tmp_path_factory.getbasetemp() / f"cache-{size}-{crop}"
        if request.param == "files":
            return {"path": videos, "decoder": "pyav"}
        if request.param == "prepared":
            prepare(videos, cache, 4, size, crop=crop, decoder="pyav", progress=False)
            return {"path": cache}
        return {"path": videos, "cache": cache, "decoder": "pyav"}

    return arguments


def load(path, size=16, **settings):
    return clips(path, **{"frames": 4, "size": size, "batch_size": 1, **settings})


def samples(dataset, count=None):
    """Returns the (pixels, label) of each sample, of the first `count` if given."""
    batches = itertools.islice(dataset.unbatch().batch(1), count)
    return [(batch["video"].numpy().tobytes(), int(batch["label"][0])) for batch in batches]


def arrays(dataset):
    return np.concatenate([batch["video"] for batch in dataset])


def test_batches_have_the_shapes_and_ranges_that_are_promised(source):
    dataset = load(**source(), batch_size=3)
    assert dataset.class_names == ["run", "walk"]
    assert dataset.element_spec == {
        "video": tf.TensorSpec((None, 4, 16, 16, 3), tf.float32),
        "label": tf.TensorSpec((None,), tf.int32),
    }
    batches = list(dataset)
    assert [len(batch["label"]) for batch in batches] == [3, 3, 2]
    assert {int(label) for batch in batches for label in batch["label"]} == {0, 1}
    assert -1 <= arrays(batches).min() < -0.5 < 0.5 < arrays(batches).max() <= 1


@pytest.mark.parametrize("settings", [{"repeat": True}, {"drop_remainder": True}])
def test_full_batches_have_a_static_shape(source, settings):
    spec = load(**source(), batch_size=3, **settings).element_spec
    assert spec["video"].shape == (3, 4, 16, 16, 3)
    assert spec["label"].shape == (3,)


def test_the_length_is_told_where_it_is_known(videos, tmp_path):
    cached = {"path": videos, "cache": tmp_path, "batch_size": 3, "decoder": "pyav"}
    assert load(**cached).cardinality() == 3
    assert load(**cached, drop_remainder=True).cardinality() == 2
    assert load(**cached, repeat=True).cardinality() == tf.data.INFINITE_CARDINALITY
    assert load(videos).cardinality() == tf.data.UNKNOWN_CARDINALITY


@pytest.mark.parametrize("crop", ["center", "random"])
def test_start_continues_to_the_bit_where_another_stopped(source, crop):
    given = {"size": 8, "crop": crop, "flip": True, "seed": 5, "repeat": True, "batch_size": 2}
    given |= source(8, crop)
    whole = samples(load(**given), 3 * COUNT + 2)
    for start in STOPS:
        assert samples(load(**given, start=start), len(whole) - start) == whole[start:], start


def test_a_finite_set_goes_on_an_epoch_each_time(source):
    given = {**source(), "flip": True, "seed": 5}
    whole = samples(load(**given, repeat=True), 3 * COUNT)
    dataset = load(**given)
    samples(dataset, 1)  # a look moves nothing
    assert [samples(dataset) for _ in range(3)] == [
        whole[:COUNT], whole[COUNT : 2 * COUNT], whole[2 * COUNT :],
    ]  # fmt: skip
    assert samples(load(**given, start=COUNT + 2)) == whole[COUNT + 2 : 2 * COUNT]


@pytest.mark.parametrize("crop", ["center", "random"])
def test_in_order_the_cache_gives_what_the_files_give(videos, tmp_path, crop):
    given = {"size": 8, "crop": crop, "flip": True, "shuffle": False, "decoder": "pyav"}
    assert samples(load(videos, **given)) == samples(load(videos, **given, cache=tmp_path))


def test_each_epoch_has_every_clip_once_in_another_order(source):
    plain = samples(load(**source(), shuffle=False))
    epochs = samples(load(**source(), repeat=True), 2 * COUNT)
    first, second = epochs[:COUNT], epochs[COUNT:]
    assert plain != first != second
    assert sorted(plain) == sorted(first) == sorted(second)


def test_fit_takes_one_sample_after_the_other(source):
    """Also over the epochs of `fit`, and after Keras has looked at a batch to build the model."""
    seen = []

    class Watcher(keras.Model):
        def __init__(self):
            super().__init__()
            self.dense = keras.layers.Dense(1)

        def call(self, batch):
            return self.dense(batch["video"])

        def train_step(self, batch):
            tf.py_function(lambda video: seen.append(video.numpy()), [batch["video"]], [])
            return {"loss": 0.0}

    given = {**source(), "repeat": True, "flip": True}
    model = Watcher()
    model.compile()
    model.fit(load(**given), steps_per_epoch=3, epochs=4, verbose=0, shuffle=False)
    wanted = arrays(load(**given).take(12))
    np.testing.assert_array_equal(np.concatenate(seen)[-12:], wanted)


def test_moments_are_frames_of_the_same_clips_with_their_times(source):
    given = {**source(), "flip": True, "seed": 5, "batch_size": 3}
    dataset = load(**given, moments=2)
    assert dataset.element_spec == {
        "video": tf.TensorSpec((None, 2, 16, 16, 3), tf.float32),
        "label": tf.TensorSpec((None,), tf.int32),
        "times": tf.TensorSpec((None, 2), tf.float32),
    }
    for whole, batch in zip(load(**given), dataset, strict=True):
        np.testing.assert_array_equal(whole["label"], batch["label"])
        times = batch["times"].numpy().astype(int)
        assert (np.diff(times) > 0).all() and times.min() >= 0 and times.max() <= 3
        for video, seen, numbers in zip(whole["video"], batch["video"], times):
            np.testing.assert_array_equal(video.numpy()[numbers], seen)


def moments(dataset, count):
    """Returns the (pixels, times) of the first samples."""
    batches = itertools.islice(dataset.unbatch().batch(1), count)
    return [(b["video"].numpy().tobytes(), b["times"].numpy().tobytes()) for b in batches]


def test_moments_continue_to_the_bit_where_another_stopped(source):
    given = {**source(), "flip": True, "seed": 5, "repeat": True, "batch_size": 2, "moments": 2}
    whole = moments(load(**given), 3 * COUNT + 2)
    for start in STOPS:
        assert moments(load(**given, start=start), len(whole) - start) == whole[start:], start
    assert len({times for _, times in whole}) > 1


def test_the_validation_half_has_the_same_moments_each_time(source):
    given = {"validation_split": 0.5, "subset": "validation", "moments": 2, "labels": False}
    dataset = load(**source(), **given)
    assert set(dataset.element_spec) == {"video", "times"}
    first = moments(dataset, COUNT)
    assert moments(dataset, COUNT) == first and 0 < len(first) < COUNT


def test_labels_can_be_left_out_or_asked_for(videos):
    assert set(load(videos, labels=False).element_spec) == {"video"}
    assert set(load(videos / "run").element_spec) == {"video"}
    assert set(load(videos / "run", labels=True).element_spec) == {"video", "label"}


def test_the_halves_share_no_file(source):
    given = {**source(), "shuffle": False}
    whole = samples(load(**given))
    halves = [
        samples(load(**given, validation_split=0.5, subset=subset))
        for subset in ("training", "validation")
    ]
    assert all(halves)
    assert sorted(halves[0] + halves[1]) == sorted(whole)
    for file in (whole[:2], whole[2:5], whole[5:7], whole[7:]):
        assert len({clip in halves[0] for clip in file}) == 1


def test_the_validation_half_is_read_plainly(source):
    given = {"size": 8, "crop": "random", "flip": True, "seed": 3} | source(8, "random")
    given |= {"validation_split": 0.5, "subset": "validation"}
    dataset = load(**given)
    first = samples(dataset)
    assert samples(dataset) == first
    plain = {"crop": "center", "flip": False, "shuffle": False} | source(8, "center")
    assert samples(load(**given | plain)) == first


@pytest.mark.parametrize(
    ("settings", "count"),
    [
        ({}, 8),
        ({"overlap": 2}, 4 + 3 + 1 + 5),
        ({"stride": 2}, 1 + 1 + 0 + 1),
        ({"fps": 5}, 1 + 1 + 0 + 1),
        ({"short": "loop", "frames": 10}, 1 + 1 + 1 + 1),
        ({"size": (8, 12)}, 8),
    ],
)
def test_how_many_clips_the_files_give(videos, settings, count):
    dataset = load(videos, shuffle=False, decoder="pyav", **settings)
    videos = arrays(dataset)
    assert len(videos) == count
    assert videos.shape[1:] == dataset.element_spec["video"].shape[1:]


def test_bad_files_are_skipped_with_a_warning_or_raised(videos, tmp_path, caplog):
    paths = [str(path) for path in sorted(videos.glob("*/*.mp4"))]
    (tmp_path / "bad.mp4").write_bytes(b"This is no video.")
    paths.append(str(tmp_path / "bad.mp4"))
    assert len(samples(load(paths, labels=True))) == COUNT
    assert "bad.mp4` (1 of 5 files so far)" in caplog.text
    with pytest.raises(UnreadableVideo, match=r"bad\.mp4"):
        load(paths, bad="error")
    with pytest.raises(UnreadableVideo, match=r"bad\.mp4"):
        load(paths, bad="error", cache=tmp_path / "cache")


@pytest.mark.parametrize("cache", [False, True])
def test_no_good_file_is_an_error_at_once(tmp_path, cache):
    (tmp_path / "bad.mp4").write_bytes(b"This is no video.")
    with pytest.raises(ValueError, match="None of the 1 video files gives a clip"):
        load(tmp_path, cache=tmp_path / "cache" if cache else None)


def test_what_goes_wrong_while_reading_is_said_through_tensorflow(videos):
    with pytest.raises(tf.errors.InvalidArgumentError, match="None of the 4 video files"):
        next(iter(load(videos, frames=100)))


def test_a_cache_is_decoded_once_and_bound_to_its_settings(videos, tmp_path, monkeypatch):
    before = arrays(load(videos, cache=tmp_path, shuffle=False))

    def never(*_):
        raise RuntimeError("decoded again")

    monkeypatch.setattr(sys.modules["tfvgan.data.prepare"], "cut_file", never)
    np.testing.assert_array_equal(arrays(load(videos, cache=tmp_path, shuffle=False)), before)
    for given in ({"path": tmp_path}, {"path": videos, "cache": tmp_path}):
        with pytest.raises(ValueError, match="made with overlap=0, but overlap=2 is asked"):
            load(**given, overlap=2)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"batch_size": 0}, "batch_size"),
        ({"seed": -1}, "seed"),
        ({"start": -1}, "start"),
        ({"labels": "yes"}, "labels"),
        ({"bad": "ignore"}, "bad"),
        ({"overlap": 4}, "overlap"),
        ({"moments": 5}, "moments"),
        ({"subset": "training"}, "go together"),
    ],
)
def test_what_is_asked_wrongly_is_said_at_once(videos, wrong, message):
    with pytest.raises(ValueError, match=f"`{message}`" if " " not in message else message):
        load(videos, **wrong)


def test_a_share_of_each_batch_is_part_of_what_one_worker_reads(videos, tmp_path):
    how = {"cache": tmp_path / "cache", "batch_size": 4, "repeat": True, "decoder": "pyav"}
    whole = load(videos, **how).take(3)
    parts = [load(videos, **how, share=(index, 2)).take(3) for index in (0, 1)]
    assert parts[1].element_spec["place"] == tf.TensorSpec((2,), tf.int64)
    np.testing.assert_array_equal(
        np.stack([arrays(part).reshape(3, 2, -1) for part in parts], 1).ravel(),
        arrays(whole).ravel(),
    )


@pytest.mark.parametrize(
    "wrong",
    [{"share": (0, 3)}, {"share": (2, 2)}, {"share": (-1, 2)}, {"share": (0, 2), "repeat": False}],
)
def test_what_is_no_share_is_refused(videos, tmp_path, wrong):
    given = {"cache": tmp_path / "cache", "batch_size": 4, "repeat": True, **wrong}
    with pytest.raises(ValueError, match=r"^`share` must be \(index, count\) of equal parts"):
        load(videos, **given)
    with pytest.raises(ValueError, match="^`share` takes a cache"):
        load(videos, batch_size=4, repeat=True, share=(0, 2))
