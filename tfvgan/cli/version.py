"""`tfvgan --version`: the version of the package, which is not imported for it."""

import argparse


class ShowVersion(argparse.Action):
    """Prints the version and leaves, as `--help` does."""

    def __init__(self, option_strings, dest, **options):
        super().__init__(option_strings, dest, nargs=0, default=argparse.SUPPRESS, **options)

    def __call__(self, parser, namespace, values, option_string=None):
        """Prints, and exits with 0."""
        print(f"tfvgan {version()}")
        parser.exit()


def version():
    """Returns the version of the `tfvgan` that a verb would import, as text."""
    import importlib.util
    import os
    import runpy

    folder = importlib.util.find_spec("tfvgan").submodule_search_locations[0]
    return runpy.run_path(os.path.join(folder, "version.py"))["__version__"]
