"""A server is asked again where that may help."""

import numpy as np
import pytest

from tfvgan.serving.asking import ToldSignature, Unanswered, as_told, is_near, patiently


def answering(*answers):
    """Returns a function that gives or raises one answer after the other."""
    left = iter(answers)

    def ask():
        answer = next(left)
        if isinstance(answer, Exception):
            raise answer
        return answer

    return ask


def test_waits_double_until_there_is_an_answer():
    waits = []
    ask = answering(*[Unanswered("busy")] * 4, "made")
    assert patiently(ask, "place", first=1.0, longest=5.0, sleep=waits.append) == "made"
    for wait, most in zip(waits, (1, 2, 4, 5), strict=True):
        assert most / 2 <= wait <= most


def test_a_server_may_say_how_long():
    waits = []
    ask = answering(Unanswered("busy", 3.0), Unanswered("busy", 1e6), "made")
    assert patiently(ask, "place", first=0.1, longest=7.0, sleep=waits.append) == "made"
    assert waits == [3.0, 7.0]


def test_it_ends():
    ask = answering(*[Unanswered("busy")] * 3)
    with pytest.raises(ConnectionError, match=r"at place has not answered in 3 tries \(busy\)"):
        patiently(ask, "place", tries=3, sleep=lambda _: None)


def test_what_is_refused_is_not_asked_again():
    with pytest.raises(ValueError, match="wrong"):
        patiently(answering(ValueError("wrong"), "made"), "place", sleep=lambda _: None)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.1.2.3", "::1"])
def test_a_server_on_this_machine_is_near(host):
    assert is_near(host)


@pytest.mark.parametrize("host", ["example.org", "192.168.1.2", "128.0.0.1", "", None])
def test_all_others_are_not(host):
    assert not is_near(host)


TOLD = {
    "f": ToldSignature(
        {"seed": np.dtype("int32"), "level": np.dtype("float32"), "file": np.dtype(object)}, {}
    )
}


def test_lists_become_arrays_of_what_a_signature_reads():
    given = {"seed": [7, 8], "level": [1, 2], "file": [b"a", b"b"]}
    arrays, told = as_told("toy", "f", given, TOLD)
    assert told is TOLD["f"] and arrays["seed"].tolist() == [7, 8]
    assert [arrays[name].dtype for name in told.inputs] == ["int32", "float32", object]
    lossy = as_told("toy", "f", given | {"seed": [7.5]}, TOLD)[0]["seed"]
    assert lossy.tolist() == [7.5]  # Which a server refuses.


def test_what_a_signature_does_not_read_is_told():
    with pytest.raises(ValueError, match="`toy` has no signature g: there are f"):
        as_told("toy", "g", {}, TOLD)
    with pytest.raises(ValueError, match="`f` of `toy` reads file, level, seed, but was given see"):
        as_told("toy", "f", {"seeds": [7]}, TOLD)
    with pytest.raises(ValueError, match="but was given nothing: name them so"):
        as_told("toy", "f", {}, TOLD)
