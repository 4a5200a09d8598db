"""The page of all verbs is as the functions are, and these agree with each other."""

import sys

import pytest
from pages import ROOT

sys.path.insert(0, str(ROOT / "docs"))
import verbs

FOUND = verbs.verbs()
ORDER = ("out", "model")  # Behind what is read, in this order.


def test_the_page_is_that_of_the_functions():
    told = verbs.PAGE.read_text(encoding="utf-8")
    assert told == verbs.page(), "run `python docs/verbs.py`"


@pytest.mark.parametrize("verb", FOUND)
def test_arguments_come_in_one_order(verb):
    """Behind what is read."""
    names = [p.name for p in FOUND[verb].parameters.values() if p.kind is p.POSITIONAL_OR_KEYWORD]
    known = [name for name in names if name in ORDER]
    assert known == [name for name in ORDER if name in known]


def test_what_is_shared_has_one_default_and_one_place():
    shared = verbs.shared(FOUND)
    places = list(shared)
    for option, names in shared.items():
        defaults = {repr(verbs.options(FOUND[name])[option]) for name in names}
        assert len(defaults) == 1, option
    for verb, signature in FOUND.items():
        mine = [name for name in verbs.options(signature) if verb in shared.get(name, ())]
        assert mine == sorted(mine, key=places.index), verb


def test_a_meaning_is_the_first_clause_of_a_docstring():
    def function(a, b):
        """Does it.

        Args:
            a: how far it
                is; and more.
            b: bool, whether: or not.
        """

    assert verbs.meaning([test_arguments_come_in_one_order, function], "a") == "how far it is"
    assert verbs.meaning([test_arguments_come_in_one_order, function], "b") == "bool, whether"
    with pytest.raises(ValueError, match="function must say what `c` is"):
        verbs.meaning([test_arguments_come_in_one_order, function], "c")
