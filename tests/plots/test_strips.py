"""Film strips, time slices, grids: shapes, labels, pixels, files."""

import os

import numpy as np
import pytest
from matplotlib.text import Text
from PIL import Image

from tfvgan import plots


def labels(figure):
    return [axis.get_title("left") for axis in figure.axes]


def test_film_strip_has_one_row_a_video(videos, tmp_path):
    path = tmp_path / "strip.png"
    figure = plots.film_strip(videos, path, frames=4)
    assert labels(figure) == ["1", "2", "3"]
    assert [t.get_text() for t in figure.axes[0].get_xticklabels()] == [
        "0", "1", "3", "4",
    ]  # fmt: skip
    assert path.read_bytes().startswith(b"\x89PNG")
    assert os.listdir(tmp_path) == ["strip.png"]


@pytest.mark.parametrize("frames", [4, 5])
def test_letters_of_a_film_strip_are_those_of_a_page_where_it_is_390_pixels_wide(
    videos, tmp_path, frames
):
    figure = plots.film_strip(videos, tmp_path / "strip.png", frames=frames)
    with Image.open(tmp_path / "strip.png") as picture:
        scale = 390 / picture.width
    shown = [text for text in figure.findobj(Text) if text.get_text() and text.get_visible()]
    assert {text.get_text() for text in shown} >= {"0", "1", "2", "3", "4"}
    for text in shown:
        assert text.get_fontsize() / 72 * figure.dpi * scale == pytest.approx(16, rel=0.1)


def test_film_strip_draws_the_frames_themselves(videos):
    image = plots.film_strip(videos, frames=5).axes[1].images[0].get_array()
    gap = image.shape[1] - 5 * 12
    assert gap == 4
    np.testing.assert_array_equal(image[:, 13:25], videos[1, 1])


def test_film_strip_of_groups_names_them(videos):
    figure = plots.film_strip({"real": videos[:2], "generated": videos[:1]})
    assert labels(figure) == ["real 1", "real 2", "generated"]
    assert labels(plots.film_strip(videos, titles=["a", "b", "c"])) == ["a", "b", "c"]


def test_film_strip_says_what_is_wrong(videos):
    with pytest.raises(ValueError, match="share one shape"):
        plots.film_strip({"a": videos, "b": videos[:, :2]})
    with pytest.raises(ValueError, match="each of the 3 videos, but holds 1"):
        plots.film_strip(videos, titles=["one"])
    with pytest.raises(ValueError, match="must have the shape"):
        plots.film_strip(videos[0])


def test_time_slice_is_one_line_of_pixels_over_time(videos, tmp_path):
    figure = plots.time_slice(videos, tmp_path / "slice.png", row=2)
    np.testing.assert_array_equal(figure.axes[0].images[0].get_array(), videos[0, 2])
    np.testing.assert_array_equal(figure.axes[3].images[0].get_array(), videos[1, :, 2])
    with pytest.raises(ValueError, match="from 0 to 7"):
        plots.time_slice(videos, row=8)


def test_grid_tiles_and_leaves_the_rest_black(videos):
    tiled = plots.grid(videos)
    assert tiled.shape == (5, 16, 24, 3) and tiled.dtype == np.uint8
    np.testing.assert_array_equal(tiled[:, :8, 12:], videos[1])
    np.testing.assert_array_equal(tiled[:, 8:, :12], videos[2])
    assert not tiled[:, 8:, 12:].any()
    assert plots.grid(videos, columns=3).shape == (5, 8, 36, 3)
