"""Threads that a library has put before all others on the machine, put back among them.

SVT-AV1, where it runs as root, as in most containers, makes its threads and the one that called it
real-time ones: they starve everything else, a terminal among it.
"""

import contextlib
import os
from pathlib import Path

TASKS = Path("/proc/self/task")


def calm():
    """Makes all real-time threads of this process ordinary ones, on Linux; elsewhere does nothing.

    What is real-time because the process was started so, stays: then the threads are of its own
    making.
    """
    if not TASKS.is_dir() or STARTED != os.SCHED_OTHER:
        return
    for task in TASKS.iterdir():
        with contextlib.suppress(OSError):  # It has ended meanwhile.
            if os.sched_getscheduler(int(task.name)) in (os.SCHED_FIFO, os.SCHED_RR):
                os.sched_setscheduler(int(task.name), os.SCHED_OTHER, os.sched_param(0))


STARTED = os.sched_getscheduler(0) if TASKS.is_dir() else None
