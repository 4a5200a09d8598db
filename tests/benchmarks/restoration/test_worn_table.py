"""What is said of footage without detail, on the page and on the card."""

from pathlib import Path

from benchmarks.restoration import worn_table
from benchmarks.writing import loaded

CARD = Path(__file__).resolve().parents[3] / "saved_models" / "restore_old" / "README.md"


def test_means_of_what_reports_are_shown():
    row = dict.fromkeys(worn_table.HEADS[1:], 0.5) | {"rival": "a"}
    rows = [row | {"video": video} for video in ("film", "mean", "mean, choosing")]
    shown = worn_table.markdown({"rows": rows}).splitlines()
    assert shown[2:] == ["| a | 0.50 | 0.500 | 0.500 | 0.50 | 0.500 |"]


def test_the_card_says_what_was_measured():
    assert worn_table.markdown(loaded("restoration_worn")) in CARD.read_text(encoding="utf-8")
