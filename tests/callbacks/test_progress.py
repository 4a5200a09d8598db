"""Progress: a bar an epoch, no wider than the terminal."""

import pytest
import toy

from tfvgan.callbacks import Progress, clock


@pytest.mark.parametrize(
    ("minutes", "told"), [(None, ["epoch 1/2", "epoch 2/2"]), (123.5, ["0.1/123.5 min"] * 2)]
)
def test_shows_a_bar_an_epoch(minutes, told, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    bar = Progress(2, minutes=minutes)
    monkeypatch.setattr(clock.Clock, "gone", 0.1)
    toy.model().fit(toy.dataset(), epochs=2, verbose=0, callbacks=[bar])
    out, err = capsys.readouterr()
    last = [line.split("\r")[-1] for line in err.split("\n") if line.strip()]
    assert not out and [line[: len(words)] for line, words in zip(last, told)] == told
    for line in last:
        assert "████████" in line and "d_loss 1." in line and "d_fake" in line
        assert len(line) <= 80
