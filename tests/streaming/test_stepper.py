"""What is handed to `process` answers all that the protocol asks for."""

import inspect

import pytest

from tfvgan.streaming import Stepper
from tfvgan.tasks import Enhancer, Restorer


@pytest.mark.parametrize("kind", [Restorer, Enhancer])
def test_what_the_package_has_is_one(kind):
    asked = {name for name in vars(Stepper) if not name.startswith("_")}
    assert asked == {"bytes_per_pixel", "identity", "step"}
    assert asked | {"alpha", "found"} <= set(dir(kind))
    wanted, own = (list(inspect.signature(each.step).parameters) for each in (Stepper, kind))
    assert own == wanted
