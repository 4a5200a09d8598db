"""Writes the checksums of published folders anew: SHA256SUMS in each, and in each of its versions.

`tfvgan publish` and `serve_again.py` write them, too: this is for folders from before, and for what
was changed since, such as a network that was trained for longer.

    python benchmarks/making/sum_again.py saved_models/restore_x2 [FOLDER ...]
"""

import argparse
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from tfvgan.sums import write_sums


def sum_again(folder):
    """Writes the lists of a published folder, of its versions first: what has one is left out."""
    for version in sorted(Path(folder).glob("*/saved_model.pb")):
        write_sums(version.parent)
    write_sums(folder)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", help="what `tfvgan publish` wrote")
    for folder in parser.parse_args().folders:
        sum_again(folder)


if __name__ == "__main__":
    main()
