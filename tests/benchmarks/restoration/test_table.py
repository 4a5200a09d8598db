"""What is said of the results of restoration in the README and on cards."""

import json
import re
from pathlib import Path

import pytest

from benchmarks.restoration import table

ROOT = Path(__file__).resolve().parents[3]
RESULTS = json.loads((ROOT / "benchmarks" / "results" / "restoration.json").read_text())["rows"]
SPEEDS = json.loads((ROOT / "benchmarks" / "results" / "restoration_speed.json").read_text())
CARDS = sorted((ROOT / "saved_models").glob("restore_*/README.md"))
NUMBERS = dict.fromkeys(("PSNR", "LPIPS", "tOF", "warping error", "VMAF", "VMAF-NEG"), 0.5)
ROWS = [
    {"task": task, "rival": rival, **NUMBERS, "frames/s": 12.34}
    for task, rivals in {
        "x2": ("lanczos", "restore_x2", "restore_x2_fast"),
        "x4": ("lanczos", "restore_x4"),
    }.items()
    for rival in rivals
]


def test_a_row_for_each_and_ours_in_bold():
    shown = table.markdown(ROWS).splitlines()
    assert len(shown) == 2 + len(ROWS)
    assert shown[2] == "| x2 | lanczos | 0.50 | 0.500 | 0.500 | 500.00 | 0.5 | 0.5 | 12 |"
    assert [line.count("**") for line in shown[2:]] == [0, 2, 2, 0, 2]


def test_a_card_shows_its_model_and_its_rivals():
    found = table.of_model(ROWS, "restore_x2_fast")
    assert [row["rival"] for row in found] == ["lanczos", "restore_x2_fast"]
    assert table.of_model(ROWS, "restore_x8") == []


def test_aims_that_are_missed_say_so(monkeypatch):
    monkeypatch.setattr(table, "AIMS", (("x4", "restore_x4", "lanczos", 0.8, 0.19),))
    rows = [dict(row) for row in ROWS]
    ours = rows[-1]
    for gain, looks, short in ((1.0, 0.1, 0), (0.5, 0.1, 1), (1.0, 0.19, 1), (0.5, 0.3, 2)):
        ours["PSNR"], ours["LPIPS"] = 0.5 + gain, looks
        assert table.aims(rows).count("short") == short


def times(name):
    """Returns how many times as fast as bm3d a model is, in the results."""
    noise = {row["rival"]: row["frames/s"] for row in RESULTS if row["task"] == "noise 25"}
    return f"{noise[name] / noise['ffmpeg bm3d 60']:.1f} times"


def test_the_readme_says_what_was_measured():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert table.markdown(RESULTS) in readme
    assert table.aims(RESULTS) in readme
    said = re.sub(r"\s+", " ", readme)
    assert f"denoise has {times('restore_denoise')} its speed" in said
    static = {row["rival"]: row["PSNR"] for row in RESULTS if row["task"] == "static 64x64 hole"}
    less = static["filled, no network"] - static["restore_holes"]
    assert f"{less:.2f} dB less than what fills them before it" in said
    sizes = {}
    for row in SPEEDS["rows"]:
        sizes.setdefault(row["from"], []).extend(
            f"{row[f'{who} frames/s']:.1f}" for who in ("TensorFlow", "LiteRT")
        )
    for size, cells in sizes.items():
        assert f"| {size} | {' | '.join(cells)} |" in readme


def test_the_readme_says_what_memory_it_takes():
    rows = json.loads((ROOT / "benchmarks" / "results" / "restoration_memory.json").read_text())
    short, long = (round(row["peak MB"]) for row in rows["rows"])
    said = re.sub(r"\s+", " ", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert f"10 minutes of 640x360 peaks at {long} MB, and half a minute at {short} MB" in said


def test_the_readme_says_how_far_basicvsr_is():
    text = (ROOT / "benchmarks" / "results" / "restoration_basicvsr.json").read_text()
    rows = {row["rival"]: row for row in json.loads(text)["rows"]}
    theirs, ours = rows["BasicVSR"], rows["restore_x4_detail"]
    said = re.sub(r"\s+", " ", (ROOT / "README.md").read_text(encoding="utf-8"))
    times = ours["frames/s"] / theirs["frames/s"]
    for words in (
        f"{theirs['PSNR']:.1f} dB, LPIPS {theirs['LPIPS']:.3f}, VMAF {theirs['VMAF']:.0f}, "
        f"{theirs['frames/s']:.1f} frames/s.",
        f"restore_x4 has {rows['restore_x4']['PSNR']:.1f} dB, and restore_x4_detail "
        f"{ours['PSNR']:.1f} dB and LPIPS {ours['LPIPS']:.3f}, "
        f"VMAF {ours['VMAF']:.0f}, at {times:.0f} times its speed",
    ):
        assert words in said


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.parent.name)
def test_cards_say_what_was_measured(card):
    rows = table.of_model(RESULTS, card.parent.name)
    assert rows and table.markdown(rows) in card.read_text(encoding="utf-8")
