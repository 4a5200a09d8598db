"""A server is asked again where that may help."""

import pytest

from tfvgan.serving.asking import Unanswered, is_near, patiently


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
