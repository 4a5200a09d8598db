"""The folder tfvgan/cli as a package of its own, which is imported without importing tfvgan."""

from pathlib import Path

__path__ = [str(Path(__file__).parent / "tfvgan" / "cli")]  # What has a `__path__` is a package.
