"""What is said of the results of compression in the README and on cards."""

import json
from pathlib import Path

import pytest

from benchmarks.compression import table

ROOT = Path(__file__).resolve().parents[3]
MEASURED = ROOT / "benchmarks" / "results" / "codec.json"
PACKETS = table.RESULTS / "codec_packets.json"
SPEEDS = ROOT / "benchmarks" / "results" / "codec_speed.json"
CARDS = sorted((ROOT / "saved_models").glob("codec_*/README.md"))
KEYS = tuple(table.SHOWN)
DETAIL, FIDELITY = "ours over av1, detail", "ours over av1, fidelity"


def curve(codec, gain):
    """Returns rows of a codec, every score of which grows by 1 when bits double."""
    return [{"codec": codec, "bpp": 0.01 * 2**n, **dict.fromkeys(KEYS, n + gain)} for n in range(5)]


def results(**found):
    """Returns results of the base and ours, whose rates and scores differ from it so."""
    found = {"LPIPS": -30.0, "VMAF-NEG": -6.0, **found}
    rates = {**dict.fromkeys(table.SHOWN), **found}
    rows = curve(table.BASE, 0) + curve(DETAIL, -0.2) + curve(FIDELITY, 0.1)
    return {
        "rows": rows,
        "rates": {
            DETAIL: {table.BASE: rates, FIDELITY: rates},
            FIDELITY: {table.BASE: rates},
            table.BASE: {DETAIL: rates},
        },
    }


def test_scores_at_equal_size_lie_between_those_that_were_measured():
    rows = curve("x", 0)
    assert table.at(rows, "x", 0.02 * 2**0.5, "LPIPS") == pytest.approx(1.5)
    assert table.at(rows, "x", 0.2, "LPIPS") is None
    first, _, line = table.equal_size(rows).splitlines()
    assert first.startswith("| codec | LPIPS at 0.01 / 0.02 / 0.03 / 0.05 / 0.1 |")
    assert line.startswith("| x | 0.000 / 1.000 / 1.585 / 2.322 / 3.322 |") and line.endswith(
        "| - | - |"
    )
    taken = [{"codec": "x", "encode s": 1.25, "decode s": 0.5}]
    assert table.equal_size(rows, taken).endswith("| 1.2 | 0.5 |")


def test_bits_are_those_against_rivals():
    lines = table.rates(results()).splitlines()
    assert len(lines) == 2 + 2 and lines[2].startswith(f"| **{DETAIL}** | {table.BASE} |")
    assert "| -30 % |" in lines[2] and "| -6 % |" in lines[2]


def test_aims_that_are_missed_say_so():
    shown = table.aims(results())
    assert "| detail | PSNR-Y over the base's | -0.3 dB | -0.20 dB |" in shown
    assert "| fidelity | tOF over the base's | 0 at most | +0.1000, short |" in shown
    assert shown.count("short") == 1
    assert table.aims(results(LPIPS=-20.0)).count("short") == 3
    assert "not measured, short" in table.aims(results(LPIPS=None))


def test_a_card_shows_its_model_and_its_rivals():
    found = table.of_model(results(), "codec_fidelity")
    assert table.codecs(found["rows"]) == [table.BASE, FIDELITY]
    assert list(found["rates"]) == [FIDELITY, table.BASE]


def test_a_picture_of_the_curves(tmp_path):
    table.plot(results(), tmp_path / "x.png")
    assert (tmp_path / "x.png").stat().st_size > 10000


def readme():
    return (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.skipif(not MEASURED.exists(), reason="not measured yet")
def test_the_readme_says_what_was_measured():
    measured = json.loads(MEASURED.read_text())
    assert table.equal_size(measured["rows"], table.seconds()) in readme()
    assert table.rates(measured) in readme() and table.aims(measured) in readme()


@pytest.mark.skipif(not SPEEDS.exists(), reason="not measured yet")
def test_the_readme_says_how_fast_it_is():
    assert table.speed(json.loads(SPEEDS.read_text())) in readme()


@pytest.mark.skipif(not PACKETS.exists(), reason="not measured yet")
def test_the_readme_says_what_packets_repeat():
    assert table.packets(json.loads(PACKETS.read_text())["rows"]) in readme()


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.parent.name)
def test_cards_say_what_was_measured(card):
    found = table.of_model(json.loads(MEASURED.read_text()), card.parent.name)
    text = card.read_text(encoding="utf-8")
    assert table.equal_size(found["rows"], table.seconds()) in text and table.rates(found) in text
