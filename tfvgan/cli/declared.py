"""The table of trainable networks, read without importing tfvgan."""

import importlib.util
import sys
from pathlib import Path

NAME = "tfvgan.applications"


def table():
    """Returns the module `tfvgan.applications`: it imports nothing that takes long."""
    if NAME not in sys.modules:
        package = Path(importlib.util.find_spec("tfvgan").origin).parent
        spec = importlib.util.spec_from_file_location(NAME, package / "applications.py")
        sys.modules[NAME] = module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return sys.modules[NAME]
