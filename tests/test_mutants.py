"""The tool that changes code to see whether tests notice."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import mutants
import pytest

SOURCE = '''"""Words."""

LIMIT = 1e-9


def scaled(x, y, flip=False):
    """More words."""
    if x is None:
        raise ValueError(f"{x + 1} is missing")
    note(x)
    return -x * 0.5 if flip else f(x, y, axis=-1)
'''


def test_each_mutant_is_one_change_of_the_code_and_never_of_words():
    found = mutants.mutants("a/b.py", SOURCE)
    changes = {mutant.name.removeprefix("a/b.py ") for mutant in found}
    assert changes == {
        ": 1e-09 -> 1.000000001",
        "scaled: False -> True",
        "scaled: x is None -> x is not None",
        "scaled: x is None -> not x is None",
        "scaled: note(x) -> pass",
        "scaled: note(x) -> note(y)",
        "scaled: -x * 0.5 -> -x / 0.5",
        "scaled: -x -> x",
        "scaled: 0.5 -> 1.0",
        "scaled: flip -> not flip",
        "scaled: f(x, y, axis=-1) -> f(y, x, axis=-1)",
        "scaled: f(x, y, axis=-1) -> f(x, y)",
        "scaled: f(x, y, axis=-1) -> f(y, y, axis=-1)",
        "scaled: f(x, y, axis=-1) -> f(x, flip, axis=-1)",
        "scaled: -1 -> 1",
        "scaled: 1 -> 2",
    }
    for mutant in found:
        ast.parse(mutant.text)
        old, new = SOURCE.splitlines(), mutant.text.splitlines()
        assert [n for n, pair in enumerate(zip(old, new), 1) if len(set(pair)) > 1] == [mutant.line]
        assert len(old) == len(new)


def test_letters_of_more_bytes_move_nothing():
    (mutant,) = mutants.mutants("a/b.py", 'x = ("ä", 1)\n')
    assert mutant.text == 'x = ("ä", (2))\n'


def test_a_sample_is_the_same_at_equal_seeds_and_a_smaller_one_is_part_of_it():
    tenth, count = mutants.sample(["losses"], 0.1, None, 0)
    assert 0 < len(tenth) < 0.2 * count
    assert tenth == mutants.sample(["losses"], 0.1, None, 0)[0]
    assert tenth != mutants.sample(["losses"], 0.1, None, 1)[0]
    assert set(mutants.sample(["losses"], 0.1, 3, 0)[0]) < set(tenth)
    assert set(tenth) < set(mutants.sample(["losses"], 0.5, None, 0)[0])


def test_the_known_ones_exist_and_have_a_reason():
    for name, reason in mutants.known().items():
        module = name.split()[0]
        text = (mutants.ROOT / "tfvgan" / module).read_text("utf-8")
        found = [mutant.name for mutant in mutants.mutants(module, text)]
        assert any(mutants.why(each, {name: reason}) for each in found), name


def test_the_table_counts_by_part():
    lived, listed, killed = (mutants.Mutant("a/b.py", name, 1, "") for name in "abc")
    tried = {lived: False, listed: False, killed: True}
    *_, part, every = mutants.table(tried, {"b": "why"}).splitlines()
    assert part.split() == ["a", "3", "1", "2", "1", "33%,", "50%"]
    assert every.split()[1:] == part.split()[1:]


@pytest.mark.slow
def test_a_weak_test_lets_live_what_a_strong_one_kills_and_what_was_found_is_kept(tmp_path):
    for name in ("tfvgan/a", "tests/a"):
        (tmp_path / name).mkdir(parents=True)
    shutil.copy(mutants.__file__, tmp_path / "tests")
    (tmp_path / "tests" / "mutants_known.txt").write_text("")
    module = tmp_path / "tfvgan" / "a" / "b.py"
    module.write_text("def total(x, y):\n    return x + y\n")
    test = tmp_path / "tests" / "a" / "test_b.py"
    for checked, lives in (("total(1, 0) == 1", True), ("total(1, 2) == 3", False)):
        test.write_text(f"from tfvgan.a.b import total\n\ndef test_it():\n    assert {checked}\n")
        for _ in range(2):
            command = [sys.executable, str(tmp_path / "tests" / "mutants.py"), "a"]
            said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
            assert ("lived: tfvgan/a/b.py:2 a/b.py total: x + y -> x - y" in said) == lives
            assert "1 of 1 mutants tried." in said
    assert len((tmp_path / ".mutants" / "found.jsonl").read_text().splitlines()) == 2
    assert module.read_text() == "def total(x, y):\n    return x + y\n"
    assert not list(Path(tmp_path).glob("tfvgan/**/*.pyc"))
