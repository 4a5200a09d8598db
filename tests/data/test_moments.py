import collections

import numpy as np
import pytest

from tfvgan.data.moments import LONGEST_SPAN, Moments


@pytest.mark.parametrize(
    ("count", "frames"), [(1, 1), (1, 16), (2, 2), (2, 16), (3, 16), (3, 128), (16, 16), (40, 60)]
)
def test_the_frames_are_distinct_ascending_in_the_clip_and_within_the_longest_span(count, frames):
    moments = Moments(count, frames, seed=1)
    drawn = np.stack([moments.draw(0, sample) for sample in range(200)])
    assert drawn.shape == (200, count) and drawn.dtype == np.int64
    assert (np.diff(drawn) >= 1).all() and drawn.min() >= 0 and drawn.max() < frames
    assert (drawn[:, -1] - drawn[:, 0]).max() <= max(LONGEST_SPAN, count - 1)


def test_it_is_a_function_of_seed_epoch_and_sample():
    draws = Moments(3, 64, seed=1)
    base = draws.draw(2, 5)
    np.testing.assert_array_equal(base, Moments(3, 64, seed=1).draw(2, 5))
    for other in (draws.draw(3, 5), draws.draw(2, 6), Moments(3, 64, seed=2).draw(2, 5)):
        assert (base != other).any()
    still = Moments(3, 64, seed=1, anew=False)
    for sample in range(5):
        np.testing.assert_array_equal(still.draw(0, sample), still.draw(7, sample))


def test_a_span_is_as_likely_as_its_inverse_and_no_span_is_missing():
    moments = Moments(3, 16, seed=0)
    drawn = np.stack([moments.draw(0, sample) for sample in range(4000)])
    spans = collections.Counter((drawn[:, 2] - drawn[:, 0]).tolist())
    assert sorted(spans) == list(range(2, 16))
    total = sum(1 / span for span in range(2, 16))
    for span, found in spans.items():
        expected = 4000 / span / total
        assert abs(found - expected) < 5 * np.sqrt(expected)


def test_the_ends_of_a_clip_are_seen_nearly_as_often_as_its_middle():
    """The figures of the docstring: 0.80 of the mean here, 0.50 with powers of two."""
    moments = Moments(3, 16, seed=0)

    def share_of_the_first_frame(spans, chances):
        first = sum(chance / (16 - span) for span, chance in zip(spans, chances))
        return first / (3 / 16)  # only a span that begins there shows the first frame

    assert share_of_the_first_frame(moments.spans, moments.chances) == pytest.approx(0.80, abs=5e-3)
    powers = share_of_the_first_frame([2, 4, 8], [1 / 3] * 3)
    assert powers == pytest.approx(0.50, abs=5e-3)
    drawn = np.concatenate([moments.draw(0, sample) for sample in range(3000)])
    shares = np.bincount(drawn, minlength=16) / (len(drawn) / 16)
    assert shares[0] == pytest.approx(0.80, abs=0.1) and shares[-1] == pytest.approx(0.80, abs=0.1)
    assert shares.min() > 0.7 and shares.max() < 1.3


@pytest.mark.parametrize("count", [0, 17])
def test_more_frames_than_there_are_is_an_error(count):
    with pytest.raises(ValueError, match=f"from 1 to the 16 frames of a clip, but is {count}"):
        Moments(count, 16, seed=0)
