"""Clock: wall-clock time, over all fits."""

import time

import pytest

from tfvgan.callbacks.clock import Clock


def test_it_counts_from_the_first_fit_on(monkeypatch):
    now = 100.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    clock = Clock(minutes=3)
    clock.on_train_begin()
    now = 190.0
    assert (clock.minutes, clock.gone) == (3, 1.5)
    clock.on_train_begin()
    now = 220.0
    assert clock.gone == pytest.approx(2.0)
