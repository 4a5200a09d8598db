"""Comparisons: rows of each kind, and panels in their colours."""

import numpy as np
import pytest

from tfvgan import plots


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
