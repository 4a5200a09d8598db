"""Progress: a bar an epoch, no wider than the terminal."""

import toy

from tfvgan.callbacks import Progress


def test_shows_a_bar_an_epoch(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    toy.model().fit(toy.dataset(), epochs=2, verbose=0, shuffle=False, callbacks=[Progress(2)])
    out, err = capsys.readouterr()
    last = [line.split("\r")[-1] for line in err.split("\n") if "epoch" in line]
    assert not out and [line[:9] for line in last] == ["epoch 1/2", "epoch 2/2"]
    for line in last:
        assert "████████" in line and "d_loss 1." in line and "d_fake" in line
        assert len(line) <= 80
