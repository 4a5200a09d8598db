"""The table of applications: each is declared once, and found by its networks and options."""

import pytest

from tfvgan import applications
from tfvgan.applications import Option
from tfvgan.tasks.application import Application


def test_each_line_is_an_application_of_other_networks():
    names = applications.networks()
    assert len(names) == len(set(names)) > len(applications.TABLE)
    for application in applications.applications():
        assert isinstance(application, Application)
    assert type(applications.application("codec")).__name__ == "Compression"
    assert applications.who_has("factor") == ["enlarger", "restorer"]
    with pytest.raises(ValueError, match="`network` must be one of continuous, vgan, dcgan, enl"):
        applications.application("biggan")


def test_options_of_one_name_are_one():
    for each in applications.declarations():
        for option in each.options:
            assert option == applications.options()[option.name]
        told = each.next.format(tfvgan="tfvgan", run="runs/x", text="'runs/x'")
        assert bool(told) == bool(each.networks)


def test_an_option_checks_its_number():
    Option("n", "", int, least=0).check(1)
    Option("text", "").check("any")
    for value in (0, 10**7):
        with pytest.raises(ValueError, match=f"`n` must be above 0 .* but is {value}"):
            Option("n", "", int, least=0).check(value)
    kinds = Option("n", "", choices=("a", "b"), listed=True)
    kinds.check("a"), kinds.check(["a", "b"])
    for value in ("c", ["a", "c"]):
        with pytest.raises(ValueError, match="`n` may be a, b, but is 'c'"):
            kinds.check(value)
    assert Option("n", "", int).kind == int | None
    assert Option("n", "", listed=True).kind == str | list[str] | None
