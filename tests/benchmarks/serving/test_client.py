"""What a client costs: whose seconds are counted, and how rows are made of them."""

import os
import subprocess
import sys
import time

import pytest

from benchmarks.serving import client
from tfvgan.serving import Client
from tfvgan.serving.server.trials import SIGNATURES


def test_the_family_of_a_process_is_all_below_it():
    program = "import subprocess, sys; subprocess.run(['sleep', '60'])"
    process = subprocess.Popen([sys.executable, "-c", program])
    try:
        end = time.monotonic() + 20
        while len(found := client.family(process.pid)) < 2 and time.monotonic() < end:
            time.sleep(0.05)
        assert found[0] == process.pid and len(found) == 2
        subprocess.run(["kill", str(found[1])], check=True)
    finally:
        process.kill()
        process.wait()


def test_work_is_that_of_all_processes_together():
    before, own = client.worked([os.getpid()]), time.process_time()
    while time.process_time() - own < 0.2:
        pass
    assert 0.15 <= client.worked([os.getpid()]) - before <= 0.5
    assert client.worked([os.getpid()] * 2) == pytest.approx(2 * client.worked([os.getpid()]), 0.05)
    assert client.worked([]) == 0


class Side:
    facts = os.getpid()

    def __init__(self):
        self.asked = []

    def __call__(self, *arguments):
        self.asked.append(arguments)
        time.sleep(0.02)


def test_a_call_is_timed_with_its_arguments():
    side = Side()
    wall, work = client.seconds_of(side, [], "restore", False)
    assert side.asked == [("restore", False)] and 0.02 <= wall < 5 and 0 <= work < 5


def test_ratios_are_those_of_rounds():
    """The median of ratios, not the ratio of medians: other work hurts one round at a time."""
    seconds = {
        client.LOCAL: [(1.0, 2.0), (2.0, 2.0), (9.0, 2.0)],
        client.REST: [(2.0, 3.0), (2.0, 2.0), (10.0, 2.2)],
    }
    row = client.row_of("restore", client.REST, seconds)
    assert row["wall ratio"] == pytest.approx(10 / 9) and row["CPU ratio"] == pytest.approx(1.1)
    assert (row["wall s"], row["local wall s"], row["CPU s"]) == (2.0, 2.0, 2.2)
    assert (row["verb"], row["model"], row["way"]) == ("restore", "restore_deblock_x2", "REST")


def test_the_first_request_is_over_those_behind():
    pairs = [((2.0, 0.3), (1.0, 0.1)), ((3.0, 0.3), (1.0, 0.2)), ((9.0, 0.1), (1.0, 0.0))]
    row = client.with_firsts({"verb": "x"}, pairs)
    assert row["first wall ms"] == 3000 and row["later CPU ms"] == 100
    assert row["first wall ratio"] == 3 and row["first CPU ratio"] == pytest.approx(3)
    assert client.with_firsts({"verb": "x"}, []) == {"verb": "x"}


def test_first_requests_are_asked_once_before_others():
    side = Side()
    found = client.firsts(side, [])
    assert side.asked == [(verb, False) for verb in client.MODELS for _ in range(1 + client.LATER)]
    assert list(found) == list(client.MODELS) and len(found["restore"]) == 2


def test_verbs_are_the_clients_and_models_those_of_the_package():
    verbs = {*SIGNATURES.values(), "enhance"}
    assert set(client.MODELS) == verbs and all(hasattr(Client, verb) for verb in verbs)
    assert all((client.ROOT / "saved_models" / name).is_dir() for name in client.MODELS.values())
