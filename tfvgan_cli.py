"""The folder tfvgan/cli as a package of its own, which is imported without importing tfvgan."""

import sys
from pathlib import Path

__path__ = [str(Path(__file__).parent / "tfvgan" / "cli")]  # What has a `__path__` is a package.

if __name__ == "__main__":  # As `python -m tfvgan_cli`.
    from tfvgan_cli.main import main

    sys.exit(main())
