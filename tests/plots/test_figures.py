"""Figures: files that appear whole, and no display."""

import os

import pytest

from tfvgan import plots


def test_a_failed_save_leaves_nothing_behind(videos, tmp_path):
    with pytest.raises(ValueError):
        plots.film_strip(videos, tmp_path / "strip.nonsense")
    assert not os.listdir(tmp_path)


def test_figures_need_no_display_and_leave_no_global_state(videos):
    from matplotlib import pyplot

    plots.film_strip(videos)
    assert pyplot.get_fignums() == []
