"""The version of the package. `setup.py` and the command line run this file, and import nothing."""

__version__ = "0.2.0"
