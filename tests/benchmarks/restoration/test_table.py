"""What is said of the results of restoration, on the page of figures and on cards."""

from pathlib import Path

import pytest

from benchmarks.restoration import peers_table, table
from benchmarks.writing import loaded

ROOT = Path(__file__).resolve().parents[3]
RESULTS = loaded("restoration")["rows"]
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
        assert sum(not aim.met for aim in table.aims(rows)) == short


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.parent.name)
def test_cards_say_what_was_measured(card):
    name, text = card.parent.name, card.read_text(encoding="utf-8")
    kinds = ((table, RESULTS), (peers_table, loaded(peers_table.NAME)["rows"]))
    found = [(kind, table.of_model(rows, name)) for kind, rows in kinds]
    shown = [kind.markdown(rows) in text for kind, rows in found if rows]
    assert any(shown)
