"""1,000 hours on paper: rows of measured rates, and tables."""

import pytest

from benchmarks.scaling import figures, paper, parts

TRAINING = {
    "one core": [[4, 0.2], [8, 0.36]],
    "two cores": [8, 0.2],
    "jitter": [1.0],
    "crowd": 1.2,
    "sums": {"bytes": [0, 1_000_000], "seconds": [0.002, 0.012], "rest": 0.004},
    "payload": 1_000_000,
    "256 pixels": {"clips": 4, "seconds": 1.0, "payload": 4_000_000},
}


@pytest.fixture
def measured(written_results):
    written_results("prepare_memory", {"clips/s": 1.0}, {"clips/s": 50.0})
    restored = {"network": "x2_fast", "from": "640x360", "TensorFlow frames/s": 10.0}
    written_results("restoration_speed", {**restored, "from": "1x1"}, restored)
    coded = {"base": "av1", "setting": "quality 4"}
    written_results(
        *("codec_speed", {**coded, "what": "compress", "frames/s": 5.0}),
        {**coded, "what": "decompress", "frames/s": 20.0},
    )
    written_results("codec", {"codec": "ours over av1, detail", "setting": 4.0, "bpp": 0.01})
    job = {"verb": "prepare", "files": 3, "seconds each": 60.0, "files/core-h": 120.0}
    written_results("jobs", job)
    sizes = {"target": "saved_model", "MB": 12.3}, {"target": "saved_model", "MB": 61.8}
    written_results("edge", *({"network": str(n), **row} for n, row in enumerate(sizes)))
    row = {"of": "two", "measured ms": 100.0, "simulated ms": 120.0, "off": 0.2}
    facts = {"claim": "It follows", "load_after": 0.5, "date": "2026-11-30"}
    facts |= {"machine": {"load before": 0.3, "cores": 2, "cpu": "X"}}
    return lambda: written_results(
        *("scaling", row, {**row, "of": "one", "off": -0.1}),
        **{"training": TRAINING, "files": {"put together, MB/s": 100.0}, **facts},
    )


def test_hours_are_frames_over_rates(measured):
    rows = {row["work"]: row for row in paper.files(disk=1000)}
    frames = 1000 * 3600 * 25
    small, large = rows["prepare, 64 pixels"], rows["prepare, 256 pixels"]
    assert small["h, 1 machine"] == pytest.approx(frames / 800 / 3600)
    assert small["h, 64"] == pytest.approx(small["h, 1 machine"] / 1000 * 16), "16 films at most"
    assert small["GB written"] == pytest.approx(frames / 16 * 16 * 64 * 64 * 3 / 1e9)
    assert small["MB/s, 64"] == pytest.approx(64 * 50 * 16 * 64 * 64 * 3 / 1e6)
    assert small["disk is full at"] == pytest.approx(1000 / (50 * 0.196608))
    assert large["h, 64"] == pytest.approx(frames * 256 * 256 * 3 / 1e9 / 3600), "as the disk does"
    assert rows["compress"]["GB written"] == pytest.approx(frames * 0.01 * 640 * 360 / 8e9)
    assert rows["restore, x2_fast"]["GB written"] is None
    assert small["h to put together"] is None, "nothing was measured yet"
    measured()
    (together,) = [r["h to put together"] for r in paper.files() if r["work"] == small["work"]]
    assert together == pytest.approx(small["GB written"] * 1000 / 100 / 3600)


def test_commands_are_files_a_core_hour(measured):
    (row,) = paper.commands()
    assert (row["files"], row["files/core-h"], row["h of video/core-h"]) == ("3 of 60 s", 120, 2)
    assert row["h, 64"] == pytest.approx(1000 / 2 / 128)
    assert "an export has 12 to 62 MB" in figures.section()


def test_machines_gain_less_the_more_there_are(measured):
    measured()
    rows = paper.training(bandwidth=8e9)
    small = [row for row in rows if (row["pixels"], row["clips of each"]) == (64, 8)]
    assert [row["machines"] for row in small] == list(paper.COUNTS)
    one, two = small[:2]
    assert one["gain"] == pytest.approx(1) and one["clips/s"] == pytest.approx(40)
    assert one["h a pass"] == pytest.approx(1000 * 3600 * 25 / 16 / 40 / 3600)
    # Two ways of a millisecond for each of both gradients and two small sums; 1 MB at each ways.
    assert two["s a step"] == pytest.approx(0.2 + 2 * 0.001 * 4 + 0.01 + 0.001)
    assert all(a["gain"] < b["gain"] < 2 * a["gain"] for a, b in zip(small, small[1:]))
    more = [row for row in rows if (row["pixels"], row["clips of each"]) == (64, 32)]
    assert more[-1]["gain"] > 1.5 * small[-1]["gain"], "more clips for the same sums"
    (first, *_) = figures.saturation(rows)
    assert f"64 gain {small[-1]['gain']:.0f} times" in first


def test_shares_by_name_take_longer_than_a_queue():
    few, many = paper.dealt()
    assert few["--cluster"] == pytest.approx(16 / (1000 / 64))
    assert 1.2 < few["--shard I/512"] < few["--shard I/64"] < 2
    assert 1 <= many["--cluster"] < 1.01 < many["--shard I/64"] < few["--shard I/64"]


def test_the_page_and_docs_have_what_was_measured(measured):
    assert figures.aims() == [] and "Training on machines" not in figures.section()
    measured()
    section = figures.section()
    assert "| two | 100 | 120 |" in section and "was 0.3 before and 0.5 after" in section
    found = {aim.of: (aim.result, aim.met) for aim in figures.aims()}
    assert found == {
        "simulation of two": ("+20 %", False),
        "simulation of one": ("-10 %", True),
    }
    text = f"Before.\n\n{figures.BEGIN}\n\nold\n\n{figures.END}\n\nAfter.\n"
    made = figures.written(text)
    assert made.startswith("Before.") and made.endswith(f"{figures.END}\n\nAfter.\n")
    assert "old" not in made and all(part in made for part in figures.tables())
    assert figures.written(made) == made
    assert parts.NAME == "scaling"


def test_docs_are_made_of_the_results():
    text = figures.DOCS.read_text(encoding="utf-8")
    assert figures.written(text) == text, "run `make figures` and commit docs/scaling.md"
