"""What composites may have is in its range."""

import pytest

from tfvgan.data.composites import Staging


@pytest.mark.parametrize(
    "wrong", [{"things": (2, 1)}, {"camera": "drunk"}, {"light": 1.5}, {"kind": -1}]
)
def test_stagings_out_of_range_are_refused(wrong):
    with pytest.raises(ValueError, match=f"`{next(iter(wrong))}` must be"):
        Staging(**wrong)
