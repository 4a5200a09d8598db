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
