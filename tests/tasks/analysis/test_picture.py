"""The picture of a report: drawn of any film, with peaks that stay when curves are thinned."""

import numpy as np
from cutting import Told, shots

from tfvgan.tasks.analysis import analysed
from tfvgan.tasks.analysis.picture import POINTS, _shown, _thinned, picture


def test_a_picture_has_a_thumbnail_a_shot_and_a_panel_a_curve(tmp_path):
    analysis = analysed(shots(tmp_path / "a.mkv"), Told(10, 20))
    assert [round(seconds) for seconds, _ in _shown(analysis)] == [0, 1, 2]
    figure = picture(analysis, tmp_path / "x.png")
    labels = [axis.get_ylabel() for axis in figure.axes if axis.get_ylabel()]
    assert labels[0] == "transitions" and labels[-1] == "sound, dB" and len(labels) == 6
    assert (tmp_path / "x.png").read_bytes().startswith(b"\x89PNG")


def test_a_peak_stays():
    values = np.zeros(10 * POINTS)
    values[777] = 5.0
    times, thinned = _thinned(np.arange(len(values)), values)
    assert len(times) == len(thinned) == 2 * POINTS and thinned.max() == 5
    few = np.arange(9.0)
    np.testing.assert_array_equal(_thinned(few, few)[1], few)
