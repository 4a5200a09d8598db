"""What is completed is what `process` takes."""

import inspect
from typing import get_type_hints

from tfvgan.streaming import process
from tfvgan.streaming.settings import ProcessSettings


def test_they_are_the_arguments_of_process_with_their_types():
    arguments = inspect.signature(process).parameters
    hints = {name: one.annotation for name, one in arguments.items()}
    for name in ("stepper", "path", "out", "mask", "beside", "background"):
        hints.pop(name)
    assert get_type_hints(ProcessSettings) == hints
