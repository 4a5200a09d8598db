"""Modules that are read without importing tfvgan: the table of trainable networks, and others."""

import importlib.util
import sys
from pathlib import Path

NAME = "tfvgan.applications"


def table():
    """Returns the module `tfvgan.applications`: it imports nothing that takes long."""
    return module(NAME)


def module(name):
    """Returns a module of the package, which imports nothing that takes long.

    Args:
        name: its full name, such as "tfvgan.applications".
    """
    if name not in sys.modules:
        package = Path(importlib.util.find_spec("tfvgan").origin).parent
        path = package.joinpath(*name.split(".")[1:]).with_suffix(".py")
        spec = importlib.util.spec_from_file_location(name, path)
        sys.modules[name] = found = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(found)
    return sys.modules[name]
