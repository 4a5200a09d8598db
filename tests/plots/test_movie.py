"""Movies: an .mp4 inside of a page's text, which decodes to the videos."""

import base64
import re
from html.parser import HTMLParser

import numpy as np
import pytest

from tfvgan import plots
from tfvgan.data.decode import read_video
from tfvgan.plots.movie import GAP, LEAST


class Page(HTMLParser):
    """The video of a page, and the names above it."""

    def __init__(self, text):
        super().__init__()
        self.video, self.names = None, []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        if tag == "video":
            self.video = dict(attributes)

    def handle_data(self, data):
        self.names.append(data)


@pytest.fixture
def levels():
    """Two videos of three frames of one colour each."""
    grey = np.array([[20, 90, 160], [230, 140, 60]], np.uint8)
    return np.broadcast_to(grey[..., None, None, None], (2, 3, 60, 200, 3)).copy()


def played(page, tmp_path):
    """Returns the video of a page, as a player decodes it."""
    kind, text = page.video["src"].split(",", 1)
    assert kind == "data:video/mp4;base64"
    path = tmp_path / "movie.mp4"
    path.write_bytes(base64.b64decode(text, validate=True))
    return read_video(str(path), decoder="pyav")


def test_a_movie_plays_the_videos_side_by_side(levels, tmp_path):
    shown = plots.movie(levels, fps=25)
    page = Page(shown._repr_html_())
    frames = played(page, tmp_path)
    assert frames.shape == (3, 60, 400 + GAP, 3) and shown.width == 400 + GAP
    for number, left in enumerate((0, 200 + GAP)):
        inside = frames[:, 10:-10, left + 10 : left + 190].astype(int)
        assert np.abs(inside - levels[number, :, 10:-10, 10:190]).max() <= 3
    assert frames[:, 10:-10, 201 : 199 + GAP].min() > 200  # White between them.
    assert {"autoplay", "loop", "muted", "controls"} <= page.video.keys()


def test_the_names_of_groups_stand_above(levels):
    assert Page(plots.movie(levels)._repr_html_()).names == []
    assert Page(plots.movie(levels, titles=["a", "b"])._repr_html_()).names == ["a", "b"]
    one, other = levels[:1], levels[1:]
    text = plots.movie({"x < y": one, "<b>": other})._repr_html_()
    assert Page(text).names == ["x < y", "<b>"] and "&lt;b&gt;" in text


def test_small_videos_are_shown_larger_by_whole_numbers(videos, tmp_path):
    shown = plots.movie(videos[:1])
    larger = -(-LEAST // 12)
    assert shown.width == 12 * larger >= LEAST
    frames = played(Page(shown._repr_html_()), tmp_path).astype(int)
    assert frames.shape == (5, 8 * larger, 12 * larger, 3)
    middles = frames[:, larger // 2 :: larger, larger // 2 :: larger]
    assert np.abs(middles - videos[0]).mean() < 25


def test_the_times_of_frames_are_those_that_were_asked_for(levels, tmp_path):
    import av

    path = tmp_path / "movie.mp4"
    path.write_bytes(plots.movie(levels, fps=12).mp4)
    with av.open(path) as container:
        assert container.streams.video[0].average_rate == 12


def test_a_movie_says_how_large_it_is(levels):
    shown = plots.movie(levels)
    assert re.fullmatch(r"Movie\([\d,]+ bytes of .mp4, 404 pixels wide\)", repr(shown))


def test_what_makes_no_movie_is_refused(levels):
    with pytest.raises(ValueError, match="share one shape"):
        plots.movie({"a": levels, "b": levels[:, :2]})
    with pytest.raises(ValueError, match="each of the 2 videos, but holds 1"):
        plots.movie(levels, titles=["one"])
    with pytest.raises(ValueError, match="must be uint8"):
        plots.movie(levels / 255)
