"""Readers of foreign bytes stand a few spoilt files each; `python tests/fuzz.py` tries many."""

import random
from pathlib import Path

import fuzz
import pytest
from fuzzed import READERS, Reader

ROOT = Path(__file__).resolve().parent.parent
HEAVY = ("model", "cache", "shard")  # Which load or write much before the first file.


@pytest.mark.parametrize(
    "name", [pytest.param(n, marks=pytest.mark.slow) if n in HEAVY else n for n in READERS]
)
def test_a_reader_says_in_a_sentence_what_is_wrong(name, tmp_path):
    count, found = fuzz.attack(name, tmp_path, seconds=1.0, seed=1, most=200)
    assert count > 0 and not found, found


def test_changes_are_those_of_a_seed_and_are_many():
    good = bytes(range(200))
    one, other = ([fuzz.mutated(good, random.Random(n)) for n in range(50)] for _ in range(2))
    assert one == other and len(set(one)) > 40 and good not in set(one[:1])
    texts = {fuzz.misquoted(b'{"a": [1, 22, "x"]}', random.Random(n)) for n in range(50)}
    assert len(texts) > 30


def fails(error):
    """Returns a reader that raises an error of every file but the good one."""

    def read(path):
        if path.read_bytes() != b"good":
            raise error

    return lambda stack: Reader(read, [b"good"], ".bin")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (KeyError("x"), "KeyError"),
        (ValueError("two\nlines"), "is no sentence"),
        (ValueError("x" * 1000), "is no sentence"),
        (OSError(), "is no sentence"),
    ],
)
def test_other_errors_are_findings_and_their_files_are_kept(error, said, tmp_path, monkeypatch):
    monkeypatch.setitem(READERS, "bad", fails(error))
    count, found = fuzz.attack("bad", tmp_path, seconds=5, seed=0, most=20)
    assert count == 20 and len(found) == 1
    ((path, what),) = found
    assert said in what and Path(path).is_file()


def test_a_sentence_is_no_finding(tmp_path, monkeypatch):
    monkeypatch.setitem(READERS, "good", fails(ValueError("It is damaged: fetch it anew.")))
    assert fuzz.attack("good", tmp_path, seconds=5, seed=0, most=20) == (20, [])


def test_what_takes_long_is_a_finding(tmp_path, monkeypatch):
    monkeypatch.setattr(fuzz, "LONGEST", -1)
    monkeypatch.setitem(READERS, "slow", lambda stack: Reader(lambda path: None, [b"x"], ".bin"))
    _, found = fuzz.attack("slow", tmp_path, seconds=5, seed=0, most=5)
    assert "it takes" in found[0][1]


def test_the_page_on_security_names_what_is_there():
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    for name in ("tfvgan/formats.py", "tfvgan/claims.py", "tfvgan/serving/json_format.py"):
        assert f"`{name}`" in text and (ROOT / name).is_file()
    assert "python tests/fuzz.py --seconds 60" in text
