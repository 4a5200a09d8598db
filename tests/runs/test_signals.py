"""Signals: the first asks, the second acts, and afterwards all is as before."""

import os
import signal
import threading

import pytest

from tfvgan.runs.signals import on_stop_signal


@pytest.fixture
def restored():
    before = signal.getsignal(signal.SIGINT)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_first_signal_asks(number):
    before, asked = signal.getsignal(number), []
    with on_stop_signal(lambda: asked.append(True)):
        os.kill(os.getpid(), number)
        assert asked == [True]
        assert signal.getsignal(number) == before
    assert signal.getsignal(number) == before


def test_a_second_ctrl_c_acts(restored):
    signal.signal(signal.SIGINT, signal.default_int_handler)  # In the background it is ignored.
    with pytest.raises(KeyboardInterrupt), on_stop_signal(lambda: None):
        os.kill(os.getpid(), signal.SIGINT)
        os.kill(os.getpid(), signal.SIGINT)


def test_in_another_thread_nothing_is_listened_to():
    before, seen = signal.getsignal(signal.SIGINT), []

    def work():
        with on_stop_signal(lambda: None):
            seen.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [before]
