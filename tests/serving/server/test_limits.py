import pytest

from tfvgan.serving.server.limits import MB, Held, Limits
from tfvgan.serving.server.refusal import Refusal


@pytest.mark.parametrize("name", Limits._fields)
def test_each_limit_is_above_zero(name):
    assert Limits().check() == Limits()
    for value in (0, -1, float("nan")):
        with pytest.raises(ValueError, match=f"`{name}` must be above 0, but is {value}"):
            Limits()._replace(**{name: value}).check()


def test_shares_add_up_and_are_given_back():
    held = Held(1)
    with held.share() as one, held.share() as other:
        one.take(MB // 2)
        one.take(MB // 4)
        other.take(MB // 4)
        with pytest.raises(Refusal, match="1 MB are held already") as raised:
            other.take(1)
        assert raised.value.status == 503 and held.now == MB
        one.give_back()
        assert held.now == MB // 4
        other.take(3 * MB // 4)
    assert held.now == 0


def test_a_share_is_given_back_after_an_error():
    held = Held(1)
    with pytest.raises(KeyError), held.share() as share:
        share.take(7)
        raise KeyError
    assert held.now == 0
