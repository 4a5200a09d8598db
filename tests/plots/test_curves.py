"""Curves: the same of a file, a history and a dict."""

import pytest

from tfvgan import plots


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
