"""Work is done in turns by two Pythons; here both are this one, and the work is none."""

import sys

import pytest

from benchmarks.package import stacks

MADE = """
def make(text):
    done = []
    print("chatter")
    return lambda: done.append(open(text, "a").write("x")), None
"""


def test_each_side_works_in_its_own_process_and_says_its_versions(tmp_path, monkeypatch):
    for name in ("keras", "tensorflow", "numpy"):
        (tmp_path / f"{name}.py").write_text(f"__version__ = '{name} 1'.split()[1]\n")
    (tmp_path / "work.py").write_text(MADE)
    monkeypatch.setattr(stacks, "ROOT", tmp_path)
    monkeypatch.setitem(stacks.WORK, "none", ("work", "make", str(tmp_path / "done")))
    row, timings, versions = stacks.measure(
        "none", dict.fromkeys(("this", "other"), sys.executable), 4
    )
    assert (tmp_path / "done").read_text() == "x" * 2 * (3 + 4)
    assert row["ratio"] == pytest.approx(row["other ms"] / row["this ms"])
    assert timings["this"]["count"] == 4 and versions["other"]["tensorflow"] == "1"


def test_a_process_that_ends_is_an_error(tmp_path, monkeypatch):
    monkeypatch.setattr(stacks, "ROOT", tmp_path)
    with pytest.raises(RuntimeError, match="ended with 1"):
        stacks.Elsewhere(sys.executable, "no_such_module", "make")
