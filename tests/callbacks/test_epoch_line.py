"""EpochLine: one line an epoch."""

import toy

from tfvgan.callbacks import EpochLine


def test_prints_one_line_an_epoch(capsys):
    toy.model().fit(toy.dataset(), epochs=2, verbose=0, callbacks=[EpochLine(2)])
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("epoch 1/2  ") and second.startswith("epoch 2/2  ")
    assert "  d_loss " in first and "  d_real " in first and "gradient" not in first
