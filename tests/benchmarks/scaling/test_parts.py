"""What is simulated from, and what is said of what was measured."""

import os

import numpy as np
import pytest

from benchmarks.scaling import parts, simulate

MEASURED = {
    "one core": [[4, 0.2], [8, 0.36]],
    "two cores": [8, 0.24],
    "jitter": [1.0],
    "crowd": 1.5,
    "sums": {"bytes": [0, 1_000_000], "seconds": [0.002, 0.012], "rest": 0.01},
    "payload": 2_000_000,
}


def test_a_penalty_that_all_have_at_once_is_no_jitter():
    seconds = [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.5] * 3
    middle, jitter = parts.mean_of(seconds)
    assert middle == pytest.approx(0.15) and jitter == pytest.approx([1.0] * 24)
    seconds[0] = 9.0  # Of other work: the middle of all turns leaves it out of the mean.
    middle, jitter = parts.mean_of([*seconds, 7.0])
    assert middle == pytest.approx(0.15) and np.mean(jitter) == pytest.approx(1)
    assert jitter[-1] > 20 * jitter[0]


def test_what_is_said_follows_from_what_was_measured():
    found = parts.said(MEASURED)
    worker, sums = parts.worker_of(MEASURED), parts.sums_of(MEASURED)
    assert found["1 worker, 2 cores, 16 clips"] == pytest.approx((0.04 + 16 * 0.04) * 2 / 3)
    both = 0.2 * 1.5 + 0.004 + 0.01 + 2_000_000 * 1e-8
    assert found["2 workers, a core and 4 clips each"] == pytest.approx(both)
    assert worker.clip == pytest.approx(0.04) and sums.hop == pytest.approx(0.001)
    assert simulate.NETWORK == 10e9


def test_two_processes_start_after_the_one_that_was_typed():
    of_files = {"start": 3.0, "start of a worker": 2.0, "file": 10.0}
    assert parts.files_said(of_files, 1.0) == 3 + 2 + 30
    assert parts.files_said(of_files, 2.0) == 3 + 4 + 60


def test_what_is_off_is_a_part_of_what_was_measured():
    (row,) = parts.checked({"a": 0.2}, {"a": 0.25})
    assert (row["of"], row["measured ms"], row["simulated ms"]) == ("a", 200, 250)
    assert row["off"] == pytest.approx(0.25)


def test_parts_are_put_together(tmp_path):
    from benchmarks.package.jobs import write_films

    (tmp_path / "videos").mkdir()
    write_films(tmp_path / "videos", 2, 1.5)
    assert parts.merging(tmp_path / "videos", tmp_path) > 0


@pytest.mark.parametrize("slower", [1.25, 0.8])
def test_all_that_is_needed_is_measured_and_nothing_is_fitted_to_what_is_checked(
    slower, monkeypatch
):
    """Workers of a made-up machine, whose steps are as simulated: nothing is off."""
    asked = []

    def seen(count, steps, batch, together, cores, settings):
        asked.append((count, together, cores))
        assert settings["videos"] == "a cache" and len(cores) == count
        tiny = "width" in settings
        clips = batch // count if together else batch
        work = 0.01 if tiny else (0.02 + 0.04 * clips) * (0.6 if len(cores[0]) == 2 else 1)
        work *= slower if count == 2 and not together else max(1, slower) if count == 2 else 1
        payload = 1000 if tiny else 2_000_000
        work += 0.02 + payload * 1e-8 if count == 2 and together else 0
        return [{"seconds": [work] * steps, "payload": payload}] * count

    monkeypatch.setattr(parts, "seen", seen)
    monkeypatch.setattr(parts, "cache_of", lambda frames, size: "a cache")
    rows = [{"bytes": size, "ms": 2 + size * 1e-5} for size in parts.PAYLOADS]
    monkeypatch.setattr(parts.exchange, "measure", lambda workers, sizes: rows)
    found, measured = parts.measure_training(8, [4, 7])
    assert found["crowd"] == pytest.approx(max(1, slower)) and found["payload"] == 2_000_000
    assert (1, True, [[4]]) in asked and (2, False, [[4], [7]]) in asked
    for row in parts.checked(measured, parts.said(found)):
        assert row["off"] == pytest.approx(0, abs=1e-6), row


@pytest.mark.slow
def test_files_are_measured(monkeypatch):
    monkeypatch.setattr(parts, "SECONDS", 2)
    monkeypatch.setattr(parts, "FILES", (1, 2, 3))
    found, seconds = parts.measure_files(sorted(os.sched_getaffinity(0)))
    assert found["start"] > 0 and found["put together, MB/s"] > 0 and seconds > found["start"]
