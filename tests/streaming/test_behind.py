"""Backgrounds in step: what is behind each frame, when it begins again, how it is cut to size."""

from fractions import Fraction

import media
import numpy as np
import pytest
from counting import Counting
from PIL import Image

from tfvgan.streaming import Source, process
from tfvgan.streaming.behind import Behind, Rounds
from tfvgan.streaming.look import Look
from tfvgan.streaming.sink import EncodedFile


class Beside(Counting):
    """Returns what is behind frames."""

    def step(self, window, state):
        _, state = super().step(window, state)
        return window[1][..., 3:], state


def flat(levels, size=(16, 16)):
    """Returns frames of one grey level each."""
    return np.stack([np.full((*size, 3), level, "uint8") for level in levels])


def seen(rounds, times):
    """Returns the level of what is behind at some times."""
    return [int(rounds(Fraction(time))[0, 0, 0]) for time in times]


@pytest.fixture
def source(tmp_path):
    return Source(media.images(tmp_path / "in", media.frames(5, 16, 16)), fps=10)


def test_a_video_is_seen_at_the_times_of_the_frames_and_begins_again(tmp_path, source, caplog):
    """One of 20 frames a second and 3 frames, which is over after .15 seconds, behind 10."""
    path = media.images(tmp_path / "ground", flat([10, 20, 30]))
    read = Behind(source, path, fps=20)
    pairs = list(read.pictures())
    assert [picture[0, 0, 3] for _, picture in pairs] == [10, 30, 20, 10, 30]
    for (frame, picture), expected in zip(pairs, source.frames(), strict=True):
        np.testing.assert_array_equal(picture[..., :3], expected.rgb)
        assert frame.time == expected.time and picture.shape == (16, 16, 6)
    assert caplog.text.count("is shorter than the video: it begins again") == 1
    assert {picture.dtype for _, picture in read.pictures(deep=True)} == {np.dtype("uint16")}


def test_what_lasts_as_long_does_not_begin_again(tmp_path, source, caplog):
    path = media.video(tmp_path / "ground", "h264.mkv", flat([10, 60, 110, 160, 210]))
    made = [picture[0, 0, 3] for _, picture in Behind(source, path).pictures()]
    np.testing.assert_allclose(made, [10, 60, 110, 160, 210], atol=2)
    assert not caplog.text


def test_times_that_vary_are_those_of_the_background(tmp_path):
    path = media.video(tmp_path / "in", "h264.mkv", flat([0, 100, 200]), ticks=[0, 5, 90])
    rounds = Rounds(Source(path), (16, 16))
    made = seen(rounds, [0, 0.04, 0.06, 0.8, 0.91])
    np.testing.assert_allclose(made, [0, 0, 100, 100, 200], atol=2)


def test_a_picture_stays_and_fills_the_frame_cut_in_the_middle(tmp_path, caplog):
    """Three stripes, of which the middle one alone is left, twice as large."""
    picture = np.zeros((8, 24, 3), "uint8")
    picture[:, :8], picture[:, 8:16] = (200, 0, 0), (10, 90, 170)
    for name in ("a.png", "a.jpg"):
        Image.fromarray(picture).save(tmp_path / name, quality=100, subsampling=0)
        rounds = Rounds(Source(tmp_path / name), (16, 16))
        first = rounds(Fraction(0))
        np.testing.assert_allclose(first[:, 4:12], flat([0])[0, :, 4:12] + [10, 90, 170], atol=3)
        assert first.shape == (16, 16, 3) and rounds(Fraction(100)) is first
    assert not caplog.text


def test_the_shape_of_pixels_is_minded(tmp_path):
    """Square pixels behind ones that are twice as wide: of the picture's width all is needed."""
    sink = EncodedFile(tmp_path / "in.mkv", look=Look(aspect=Fraction(2)), format="matroska")
    sink.write(media.frames(1, 16, 16)[0], None, Fraction(0))
    sink.close()
    stripes = np.zeros((16, 32, 3), "uint8")
    stripes[:, 16:] = 200
    Image.fromarray(stripes).save(tmp_path / "ground.png")
    ((_, picture),) = Behind(Source(tmp_path / "in.mkv"), tmp_path / "ground.png").pictures()
    assert picture[:, :7, 3:].max() < 10 and picture[:, 9:, 3:].min() > 190


def test_a_transparent_background_is_said_to_be_none(tmp_path, caplog):
    Image.fromarray(np.full((8, 8, 4), 9, "uint8")).save(tmp_path / "a.png")
    assert Rounds(Source(tmp_path / "a.png"), (8, 8))(Fraction(0)).max() == 9
    assert "a.png is transparent in places" in caplog.text


@pytest.mark.parametrize("stop", [1, 3])
def test_what_was_stopped_goes_on_as_if_it_had_not_been(tmp_path, source, stop):
    ground = media.images(tmp_path / "ground", flat([10, 20, 30]))
    how = {"background": ground, "codec": "ffv1", "part": 2, "fps": 10}
    whole, out = tmp_path / "whole.mkv", tmp_path / "out.mkv"
    process(Beside(1), source.path, whole, **how)
    with pytest.raises(KeyboardInterrupt):
        process(Beside(1, stop), source.path, out, **how)
    other = {**how, "background": source.path}
    with pytest.raises(ValueError, match="with other settings .another background"):
        process(Beside(1), source.path, out, **other, resume=True)
    process(Beside(1), source.path, out, **how, resume=True)
    assert out.read_bytes() == whole.read_bytes()
    assert [frame.rgb[0, 0, 0] for frame in Source(out).frames()] == [10, 20, 30, 10, 20]


def test_what_does_not_go_together(tmp_path, source):
    with pytest.raises(ValueError, match="a `mask`, an original `beside` it or a `background`: g"):
        process(Beside(1), source.path, tmp_path / "x.mkv", background="a", mask="b")
    with pytest.raises(ValueError, match="can't be read as a video"):
        text = media.text(tmp_path / "text.png")
        process(Beside(1), source.path, tmp_path / "x.mkv", background=text)
    assert not (tmp_path / "x.mkv").exists()
