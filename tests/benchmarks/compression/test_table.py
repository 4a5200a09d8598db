"""What is said of the results of compression, on the page of figures and on cards."""

from pathlib import Path

import pytest

from benchmarks.compression import table
from benchmarks.writing import loaded

ROOT = Path(__file__).resolve().parents[3]
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
    title, _, first, _, line = table.equal_size(rows).splitlines()[:5]
    assert (title, first) == ("**LPIPS**", "| codec | 0.01 | 0.02 | 0.03 | 0.05 | 0.1 |")
    assert line == "| x | 0.000 | 1.000 | 1.585 | 2.322 | 3.322 |"
    assert "Seconds" not in table.equal_size(rows)
    taken = [{"codec": "x", "encode s": 1.25, "decode s": 0.5}]
    assert table.equal_size(rows, taken).endswith(
        "**Seconds**\n\n| codec | encode | decode |\n| --- | ---: | ---: |\n| x | 1.2 | 0.5 |"
    )


def test_bits_are_those_against_rivals():
    lines = table.rates(results()).splitlines()
    assert len(lines) == 2 + 2 and lines[2].startswith(f"| **{DETAIL}** | {table.BASE} |")
    assert "| -30 % |" in lines[2] and "| -6 % |" in lines[2]


def test_aims_that_are_missed_say_so():
    found = {aim.of: aim for aim in table.aims(results())}
    assert found[f"{DETAIL}: PSNR-Y over the base's"][1:] == ("-0.3 dB", "-0.20 dB", True)
    assert found[f"{FIDELITY}: tOF over the base's"][1:] == ("0 at most", "+0.1000", False)
    assert sum(not aim.met for aim in found.values()) == 1
    assert sum(not aim.met for aim in table.aims(results(LPIPS=-20.0))) == 3
    assert any(aim[2:] == ("not measured", False) for aim in table.aims(results(LPIPS=None)))


def test_a_card_shows_its_model_and_its_rivals():
    found = table.of_model(results(), "codec_fidelity")
    assert table.codecs(found["rows"]) == [table.BASE, FIDELITY]
    assert list(found["rates"]) == [FIDELITY, table.BASE]


def test_curves_of_the_picture_are_told_apart():
    measured = table.codecs(loaded("codec")["rows"])
    assert set(table.DRAWN) == {codec for codec in measured if not codec.endswith(table.HALF)}
    looks = [(*style, codec.startswith("ours")) for codec, (_, *style) in table.DRAWN.items()]
    assert len(set(looks)) == len(looks)
    assert len({label for label, *_ in table.DRAWN.values()}) == len(looks)


def test_a_picture_of_the_curves(tmp_path):
    table.plot(results(), tmp_path / "x.png")
    assert (tmp_path / "x.png").stat().st_size > 10000


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.parent.name)
def test_cards_say_what_was_measured(card):
    found = table.of_model(loaded("codec"), card.parent.name)
    text = card.read_text(encoding="utf-8")
    assert table.equal_size(found["rows"], table.seconds()) in text and table.rates(found) in text
