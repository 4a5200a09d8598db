"""Whatever is wrong with compressed data is a ValueError."""

import pytest

from tfvgan.coding import errors

NAMES = ["NotATvg", "NewerTvg", "OtherModel", "DamagedFile", "DamagedGroup", "DamagedData"]


@pytest.mark.parametrize("name", NAMES)
def test_an_error_is_a_value_error_and_says_its_sentence(name):
    kind = getattr(errors, name)
    assert issubclass(kind, ValueError) and str(kind("So it is.")) == "So it is."


def test_they_can_be_told_apart():
    assert not issubclass(errors.DamagedGroup, errors.DamagedFile)
