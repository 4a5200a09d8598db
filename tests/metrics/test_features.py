import numpy as np
import pytest
from toy_extractors import Colours, ColoursOfFrames, videos

from tfvgan.metrics.features import Features, collect
from tfvgan.metrics.protocol import Protocol

CLIPS = videos(7)
EXPECTED = Colours()(CLIPS)


@pytest.mark.parametrize(
    "source",
    [
        CLIPS,
        list(CLIPS),
        [CLIPS[:3], CLIPS[3:]],
        [{"video": CLIPS[:4]}, {"video": CLIPS[4:]}],
        {"video": CLIPS},
        [(CLIPS / 127.5 - 1).astype(np.float32)],
    ],
    ids=["array", "videos", "batches", "dicts", "dict", "floats"],
)
@pytest.mark.parametrize("batch_size", [2, 8])
def test_however_videos_come_their_features_are_the_same(source, batch_size):
    features = collect(source, Colours(), batch_size=batch_size)
    np.testing.assert_allclose(features.values, EXPECTED, atol=1e-6)
    assert features.values.dtype == np.float32
    assert features.protocol == Protocol("colours", "none", "video", frames=2, videos=7)


def test_no_more_is_read_than_counted():
    def endless():
        for clip in CLIPS[:3]:
            yield clip[None]
        raise AssertionError("One video too many was read.")

    features = collect(endless(), Colours(), count=3, stride=2, seed=4)
    np.testing.assert_allclose(features.values, EXPECTED[:3], atol=1e-6)
    assert features.protocol.name("fvd") == "fvd_colours_2f_3v_stride2_none_seed4"
    assert len(collect([CLIPS], Colours(), count=3).values) == 3


def test_the_frames_of_a_video_stay_together():
    features = collect(CLIPS, ColoursOfFrames(), batch_size=3)
    assert features.values.shape == (14, 3)
    assert features.protocol.videos == 7
    assert features.by_video.shape == (7, 2, 3)
    np.testing.assert_allclose(
        features.by_video[5], collect(CLIPS[5:6], ColoursOfFrames()).values, atol=1e-6
    )


def test_sizes_may_differ():
    small = np.full((2, 4, 4, 3), 255, np.uint8)
    features = collect([CLIPS[0], small, CLIPS[1]], Colours())
    np.testing.assert_allclose(features.values, [EXPECTED[0], [1, 1, 1], EXPECTED[1]], atol=1e-6)


def test_gaussian_is_of_the_values():
    gaussian = collect(CLIPS, Colours()).gaussian()
    np.testing.assert_allclose(gaussian.covariance, np.cov(EXPECTED.T), rtol=1e-5)


def test_saved_and_loaded_they_are_the_same(tmp_path):
    features = collect(CLIPS, Colours(), stride=3)
    loaded = Features.load(features.save(tmp_path / "real.npz"))
    np.testing.assert_array_equal(loaded.values, features.values)
    assert loaded.protocol == features.protocol


@pytest.mark.parametrize("protocol", ["{", "[]", '{"frames": 3}'])
def test_what_are_no_features_is_not_loaded(tmp_path, protocol):
    np.savez(tmp_path / "a.npz", values=EXPECTED, protocol=np.array(protocol))
    with pytest.raises(ValueError, match="must name the protocol of its features, but does not"):
        Features.load(tmp_path / "a.npz")


def test_with_a_key_videos_are_looked_at_once(tmp_path):
    first = collect(CLIPS, Colours(), key="real", store=tmp_path)

    def unread():
        raise AssertionError("What is stored was looked at again.")
        yield

    again = collect(unread(), Colours(), key="real", store=tmp_path)
    np.testing.assert_array_equal(again.values, first.values)


def test_a_bar_is_drawn_when_it_has_a_title(capsys):
    collect(CLIPS, Colours())
    assert capsys.readouterr().err == ""
    collect(CLIPS, Colours(), progress="real")
    error = capsys.readouterr().err
    assert "real" in error
    assert "7/7" in error


class Wrong(Colours):
    def __init__(self, features):
        self.features = features

    def __call__(self, videos):
        return np.full(self.features, np.nan)


@pytest.mark.parametrize(
    ("source", "extractor", "message"),
    [
        ([], Colours(), "There is no video to look at"),
        ([CLIPS[0], CLIPS[1][:1]], Colours(), "equally many frames, but one has 1 and those be"),
        ([np.zeros((2, 8, 8), np.uint8)], Colours(), "must have the shape"),
        (CLIPS, Wrong((7, 4)), r"must return \(7, 3\) features for 7 videos, but returned \(7, 4"),
        (CLIPS, Wrong((7, 3)), "must be finite, but 'colours' returned some"),
    ],
)
def test_what_is_wrong_is_said(source, extractor, message):
    with pytest.raises(ValueError, match=message):
        collect(source, extractor)
