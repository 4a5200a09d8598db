"""No thread of an encoder is put before all others on the machine."""

import os
import threading

import numpy as np
import pytest

from tfvgan.data import priority
from tfvgan.data.base_layer import Base
from tfvgan.data.priority import TASKS, calm
from tfvgan.streaming.sink import EncodedFile

pytestmark = pytest.mark.skipif(not TASKS.is_dir(), reason="threads are seen on Linux alone")


def policies():
    """Returns how the threads of this process are scheduled, a set."""
    return {os.sched_getscheduler(int(task.name)) for task in TASKS.iterdir()}


def test_an_encoder_leaves_no_thread_before_others(monkeypatch):
    seen = []
    monkeypatch.setattr(Base, "_without_lead", lambda self, packet: seen.append(policies()))
    Base("av1").encode(np.zeros((3, 96, 96, 3), "uint8"), 50)
    assert seen == 3 * [{os.SCHED_OTHER}] and policies() == {os.SCHED_OTHER}


def test_a_file_by_such_an_encoder_leaves_none_either(tmp_path):
    sink = EncodedFile(tmp_path / "x", codec="libsvtav1")
    sink.write(np.zeros((96, 96, 3), "uint8"), None, 0)
    assert policies() == {os.SCHED_OTHER}
    sink.close()


def test_real_time_threads_are_calmed_unless_the_process_was_started_so(monkeypatch):
    try:
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1))
    except PermissionError:
        pytest.skip("only root has real-time threads")
    try:
        monkeypatch.setattr(priority, "STARTED", os.SCHED_RR)
        calm()
        assert os.sched_getscheduler(0) == os.SCHED_RR
        monkeypatch.setattr(priority, "STARTED", os.SCHED_OTHER)
        other = threading.Thread(target=calm)
        other.start()
        other.join()
        assert policies() == {os.SCHED_OTHER}
    finally:
        os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))
