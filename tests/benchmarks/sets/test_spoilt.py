"""Spoilt files are readable, and of what they were."""

import numpy as np
import pytest

from benchmarks.sets import spoilt
from tfvgan.data.signs import signs_of
from tfvgan.streaming import Source

CR = np.array([0.5, -0.4187, -0.0813])


def test_drawn_clips_move_and_stills_do_not():
    for make in (spoilt.screen, spoilt.cartoon):
        clip, other = make(0), make(1)
        assert clip.shape == (spoilt.FRAMES, 256, 256, 3) and clip.dtype == np.uint8
        assert (clip[0] != clip[-1]).any() and (clip != other).any()
        np.testing.assert_array_equal(clip, make(0))
    assert (spoilt.still(clip) == clip[0]).all()
    assert spoilt.dark(clip).max() < 60
    assert spoilt.screen(1).mean() < 100 < spoilt.screen(0).mean(), "light on dark, and dark"


@pytest.mark.parametrize("way", ["clean", "MPEG-2 q 8", "MPEG-4 q 8", "noise 10", "VHS"])
def test_files_are_as_large_as_they_should_be(way, tmp_path):
    truth, path = spoilt.spoil(spoilt.cartoon(0), way, 2, tmp_path / "film")
    frames = np.stack([frame.rgb for frame in Source(path).frames()])
    assert truth.shape == (spoilt.FRAMES, 160, 160, 3)
    assert frames.shape == (spoilt.FRAMES, 80, 80, 3)


def test_ways_do_what_they_say(tmp_path):
    clip = spoilt.cartoon(0)
    signs = {}
    enlarged = "MPEG-4 q 8, enlarged, x264 crf 26"
    for way in ("clean", "x264 crf 35", "noise 25", "blur 1.5", enlarged):
        signs[way] = signs_of(spoilt.spoil(clip, way, 1, tmp_path / way.replace(" ", ""))[1])
    assert signs["noise 25"].noise == pytest.approx(25, rel=0.15)
    assert signs["clean"].coarse + 2 < signs["x264 crf 35"].coarse
    assert signs["blur 1.5"].detail < signs["clean"].detail
    assert signs[enlarged].detail < signs["x264 crf 35"].detail
    with pytest.raises(RuntimeError):
        spoilt.encode(clip, spoilt.Coded("none"), tmp_path / "none.mkv")


@pytest.mark.parametrize("way", ["clean", "MPEG-2 q 8", "MPEG-4 q 8"])
def test_colours_lie_where_readers_look_for_them(way, tmp_path):
    ramp = 128 + 100 * np.sin(np.arange(64) / 5)
    red = np.stack([ramp, 255 - ramp, np.full(64, 128)], -1)
    clip = np.broadcast_to(red, (spoilt.FRAMES, 64, 64, 3)).astype("uint8")
    spoilt.encode(clip, spoilt.WAYS[way][1], tmp_path / "film.mkv")
    found = np.stack([frame.rgb for frame in Source(tmp_path / "film.mkv").frames()])
    row = (found[12, 32] @ CR)[4:-4]
    errors = {
        half: np.square(np.interp(np.arange(4, 60) - half / 2, range(64), red @ CR) - row).mean()
        for half in (-1, 0, 1)
    }
    assert min(errors, key=errors.get) == 0, errors
