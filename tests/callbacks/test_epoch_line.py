"""EpochLine: one line an epoch."""

import toy

from tfvgan.callbacks import EpochLine


def test_prints_one_line_an_epoch(capsys):
    toy.model().fit(toy.dataset(), epochs=2, verbose=0, callbacks=[EpochLine(2)])
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("epoch 1/2  ") and second.startswith("epoch 2/2  ")
    assert "  d_loss " in first and "  d_real " in first and "gradient" not in first


def test_training_for_some_minutes_tells_of_them(capsys):
    line = EpochLine(1000, minutes=30)
    toy.model().fit(toy.dataset(), epochs=2, verbose=0, callbacks=[line])
    line._begin -= 72
    line.on_epoch_end(2)
    first, _, third = capsys.readouterr().out.splitlines()
    assert first.startswith("epoch 1, 0.") and " of 30 minutes  " in first and "1000" not in first
    assert third.startswith("epoch 3, 1.") and " of 30 minutes  " in third
