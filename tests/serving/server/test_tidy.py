import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tfvgan.serving.server import tidy
from tfvgan.serving.server.process import resident

MB = 2**20


@pytest.mark.skipif(sys.platform != "linux", reason="glibc is there on Linux alone.")
def test_memory_is_given_back():
    """Small pieces of which every hundredth stays: glibc gives nothing back by itself."""
    pieces = [bytearray(2000) for _ in range(100_000)]
    before = resident()
    kept = pieces[::100]
    del pieces
    tidy.give_memory_back()
    assert before - resident() > 100 * MB and len(kept) == 1000


def test_another_c_library_is_let_be(monkeypatch):
    class Other:
        def __init__(self, name):
            pass

    monkeypatch.setattr(tidy.ctypes, "CDLL", Other)
    tidy.give_memory_back()
    tidy.take_few_arenas()


@pytest.fixture
def tidied(monkeypatch):
    """Returns the list of times that memory was given back."""
    found = []
    monkeypatch.setattr(tidy, "IDLE", 0.01)
    monkeypatch.setattr(tidy, "give_memory_back", lambda: found.append(1))
    return found


def test_memory_is_given_back_where_nothing_more_is_asked(tidied):
    tidying = tidy.Tidying()
    ours, its = socket.socketpair()
    with ours, its, its.makefile("rb") as asked:
        assert not tidying.answered(asked, False) and not tidied
        assert tidying.answered(asked, True) and len(tidied) == 1
        assert not tidying.answered(asked, False) and len(tidied) == 1
        ours.send(b"more")
        assert not tidying.answered(asked, True) and len(tidied) == 1
        its.recv(4)
        assert tidying.answered(asked, False) and len(tidied) == 2  # Behind the small one.


def test_memory_is_given_back_at_last_where_more_is_asked_without_end(tidied, monkeypatch):
    tidying = tidy.Tidying()
    ours, its = socket.socketpair()
    with ours, its, its.makefile("rb") as asked:
        ours.send(b"more")
        assert not tidying.answered(asked, True)
        monkeypatch.setattr(tidy, "LATEST", -1.0)
        assert tidying.answered(asked, False) and len(tidied) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="glibc is there on Linux alone.")
def test_threads_share_arenas():
    code = f"exec(open({str(Path(tidy.__file__))!r}).read())\n" + (
        "import threading, sys\n"
        "if sys.argv[1] == 'few': take_few_arenas()\n"
        "barrier = threading.Barrier(17)\n"
        "def work():\n"
        "    kept = [bytearray(900) for _ in range(999)]\n"
        "    barrier.wait(); barrier.wait()\n"
        "for _ in range(16): threading.Thread(target=work).start()\n"
        "barrier.wait()\n"
        "lines = open('/proc/self/maps').read().splitlines()\n"
        "print(sum(line.split()[1] == '---p' and len(line.split()) == 5 for line in lines))\n"
        "barrier.wait()\n"
    )
    counts = [
        int(
            subprocess.run(
                [sys.executable, "-c", code, how], capture_output=True, check=True
            ).stdout
        )
        for how in ("few", "many")
    ]
    assert counts[0] < counts[1]
