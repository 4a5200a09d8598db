"""Signals that ask to stop: Ctrl-C, and the SIGTERM of schedulers."""

import contextlib
import signal
import threading

SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextlib.contextmanager
def on_stop_signal(react):
    """Calls `react()` at the first SIGINT or SIGTERM within the block; a second one acts as ever.

    Outside the main thread, where Python can't listen, it does nothing.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in SIGNALS}

    def restore():
        for number, handler in before.items():
            signal.signal(number, handler)

    def first(number, frame):
        restore()
        react()

    for number in SIGNALS:
        signal.signal(number, first)
    try:
        yield
    finally:
        restore()
