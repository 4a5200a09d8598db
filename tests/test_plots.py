"""Plots: shapes, labels, files; no display."""

import os

import numpy as np
import pytest
from matplotlib.text import Text
from PIL import Image

from tfvgan import plots


@pytest.fixture
def videos():
    return np.random.default_rng(0).integers(0, 256, (3, 5, 8, 12, 3), np.uint8)


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
    with pytest.raises(ValueError, match="each of the 3 rows, but holds 1"):
        plots.film_strip(videos, titles=["one"])
    with pytest.raises(ValueError, match="must have the shape"):
        plots.film_strip(videos[0])


def test_time_slice_is_one_line_of_pixels_over_time(videos, tmp_path):
    figure = plots.time_slice(videos, tmp_path / "slice.png", row=2)
    np.testing.assert_array_equal(figure.axes[0].images[0].get_array(), videos[0, 2])
    np.testing.assert_array_equal(figure.axes[3].images[0].get_array(), videos[1, :, 2])
    with pytest.raises(ValueError, match="from 0 to 7"):
        plots.time_slice(videos, row=8)


def test_curves_from_csv_and_from_history_are_the_same(tmp_path):
    log = {"d_loss": [1.4, 1.2], "g_loss": [0.7, 0.9], "d_real": [0.1, 0.3], "d_fake": [0.0, -0.2]}
    lines = [
        ",".join(["epoch", *log]),
        *(f"{i},{','.join(str(log[n][i]) for n in log)}" for i in (0, 1)),
    ]
    (tmp_path / "log.csv").write_text("\n".join(lines) + "\n")
    history = type("History", (), {"history": log})()
    for source in (tmp_path / "log.csv", history, log):
        left, right = plots.curves(source, tmp_path / "curves.png").axes
        assert [line.get_label() for line in left.lines] == ["d_loss", "g_loss"]
        assert [line.get_label() for line in right.lines] == ["d_real", "d_fake"]
        assert list(left.lines[0].get_xdata()) == [1, 2]
        assert list(right.lines[1].get_ydata()) == [0.0, -0.2]
    with pytest.raises(ValueError, match="one epoch or more"):
        plots.curves({})


def test_grid_tiles_and_leaves_the_rest_black(videos):
    tiled = plots.grid(videos)
    assert tiled.shape == (5, 16, 24, 3) and tiled.dtype == np.uint8
    np.testing.assert_array_equal(tiled[:, :8, 12:], videos[1])
    np.testing.assert_array_equal(tiled[:, 8:, :12], videos[2])
    assert not tiled[:, 8:, 12:].any()
    assert plots.grid(videos, columns=3).shape == (5, 8, 36, 3)


def test_a_failed_save_leaves_nothing_behind(videos, tmp_path):
    with pytest.raises(ValueError):
        plots.film_strip(videos, tmp_path / "strip.nonsense")
    assert not os.listdir(tmp_path)


def test_figures_need_no_display_and_leave_no_global_state(videos):
    from matplotlib import pyplot

    plots.film_strip(videos)
    assert pyplot.get_fignums() == []


def test_a_comparison_shows_frames_slices_and_numbers(videos, tmp_path):
    rows = [("real", videos[0]), ("real", videos[1]), ("generated", videos[2])]
    numbers = {"real": [1.0, 2.0, np.nan], "generated": [3.0]}
    path = tmp_path / "comparison.png"
    figure = plots.comparison(
        rows, path, histograms={"motion": numbers}, lines={"error": numbers}, frames=2
    )
    assert path.read_bytes().startswith(b"\x89PNG")
    first, second, third, bars, line = figure.axes
    assert [axis.get_ylabel() for axis in (first, second, third)] == ["real", "", "generated"]
    image = second.images[0].get_array()
    np.testing.assert_array_equal(image[:, :12], videos[1, 0])
    np.testing.assert_array_equal(image[:, 13:25], videos[1, 4])
    np.testing.assert_array_equal(image[0, -12:], videos[1, 0, 4])
    np.testing.assert_array_equal(image[-1, -12:], videos[1, 4, 4])
    assert (bars.get_title(), line.get_title()) == ("motion", "error")
    assert sum(patch.get_height() for patch in bars.patches) == pytest.approx(200)
    assert third.yaxis.label.get_color() == line.lines[1].get_color()


def test_a_comparison_may_go_without_numbers(videos):
    assert len(plots.comparison([("real", videos[0])]).axes) == 1
    with pytest.raises(ValueError, match="share one shape"):
        plots.comparison([("real", videos[0]), ("generated", videos[0, :2])])
