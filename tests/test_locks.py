"""Locks: one at a time, until the holder ends, however it does."""

import errno
import fcntl
import os
import re
import signal
import subprocess
import sys
import threading

import pytest

from tfvgan import locks
from tfvgan.locks import Busy, Lock, is_held

FOLDER = os.path.dirname(locks.__file__)  # Without the package, which takes long to import.
HOLDS = f"import sys, time; sys.path[0] = {FOLDER!r}; from locks import Lock; "
HOLDS += "lock = Lock(sys.argv[1]).sign(); print('held', flush=True); time.sleep(60)"


def test_one_holds_it_and_another_is_told(tmp_path):
    path = tmp_path / "lock"
    with Lock(path).sign():
        assert is_held(path)
        with pytest.raises(Busy, match=r"`out` is being written by process \d+ on .*: wait for it"):
            Lock(path, "out")
    assert not is_held(path)
    lock = Lock(path)
    lock.close(remove=True)
    assert not path.exists() and not lock.is_held


def test_a_killed_process_holds_nothing(tmp_path):
    path = tmp_path / "lock"
    child = subprocess.Popen([sys.executable, "-c", HOLDS, str(path)], stdout=subprocess.PIPE)
    assert child.stdout.readline() == b"held\n"
    with pytest.raises(Busy, match=f"process {child.pid} on "):
        Lock(path)
    child.send_signal(signal.SIGKILL)
    child.communicate()
    Lock(path).close()


def test_who_waits_gets_the_file_that_has_the_name(tmp_path, caplog):
    """The first removes the one that was waited for: another would be held by nobody else."""
    path, got = tmp_path / "lock", []
    first = Lock(path)
    second = threading.Thread(target=lambda: got.append(Lock(path, wait=True)))
    second.start()
    second.join(0.05)
    assert second.is_alive() and not caplog.messages
    first.close(remove=True)
    second.join(10)
    with pytest.raises(Busy):
        Lock(path)
    got[0].close()


def test_that_it_waits_is_said_of_what_has_a_name(tmp_path, caplog):
    path, got = tmp_path / "lock", []
    first = Lock(path).sign()
    second = threading.Thread(target=lambda: got.append(Lock(path, "cache", wait=True)))
    second.start()
    while not caplog.messages:
        second.join(0.01)
    first.close()
    second.join(10)
    got[0].close()
    assert re.fullmatch(r"`cache` is being written by process .* waits for it.", caplog.messages[0])


def test_where_nothing_can_be_locked_that_is_said(tmp_path, monkeypatch, caplog):
    def refuse(*how):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    Lock(tmp_path / "lock").close()
    assert "let one process alone write there" in caplog.text
    assert is_held(tmp_path / "lock"), "nobody can tell"
