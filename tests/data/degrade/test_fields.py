import numpy as np
import pytest
from moving import texture

from tfvgan.data.degrade import LEFTOVERS, deinterlaced_poorly
from tfvgan.data.signs import woven_share

VIDEO = texture(4, 64, (5.0, 0.0))[0]


def lumas(video):
    return [frame.mean(-1) for frame in video[:2]]


def test_combs_are_seen_where_it_is_woven_and_not_after_a_blend():
    found = {how: woven_share(*lumas(deinterlaced_poorly(VIDEO, how))) for how in LEFTOVERS}
    assert found["woven"] > 0.1
    assert abs(found["blended"]) < 0.03 and abs(found["doubled"]) < 0.03


def test_even_lines_are_the_frames_own_and_odd_ones_the_next_frames():
    made = deinterlaced_poorly(VIDEO, "woven")
    np.testing.assert_array_equal(made[:, ::2], VIDEO[:, ::2])
    np.testing.assert_array_equal(made[:-1, 1::2], VIDEO[1:, 1::2])
    np.testing.assert_array_equal(made[-1], VIDEO[-1])


def test_doubled_lines_are_made_of_even_ones():
    made = deinterlaced_poorly(VIDEO, "doubled")
    np.testing.assert_array_equal(made[:, ::2], VIDEO[:, ::2])
    mean = (VIDEO[:, 0:-2:2].astype(float) + VIDEO[:, 2::2]) / 2
    assert np.abs(made[:, 1:-1:2] - mean).max() <= 0.5


def test_what_stands_still_is_softened_by_a_blend_alone():
    still = np.repeat(VIDEO[:1], 4, axis=0)
    np.testing.assert_array_equal(deinterlaced_poorly(still, "woven"), still)
    blended = deinterlaced_poorly(still, "blended")
    steps = [np.abs(np.diff(video.astype(float), axis=1)).mean() for video in (blended, still)]
    assert steps[0] < 0.95 * steps[1]


@pytest.mark.parametrize("how", LEFTOVERS)
def test_a_share_lies_between_the_frames_and_all_of_it(how):
    np.testing.assert_array_equal(deinterlaced_poorly(VIDEO, how, 0.0), VIDEO)
    whole = deinterlaced_poorly(VIDEO, how).astype(float)
    half = (whole + VIDEO) / 2
    assert np.abs(deinterlaced_poorly(VIDEO, how, 0.5) - half).max() <= 1.0


def test_another_way_is_an_error():
    with pytest.raises(ValueError, match="must be one of woven, blended, doubled, but is 'bobbed'"):
        deinterlaced_poorly(VIDEO, "bobbed")
