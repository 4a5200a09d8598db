"""Arrays in a .npz file, written whole; a damaged one raises an error."""

import os

import numpy as np

from tfvgan.whole import write_whole


def save_arrays(path, **arrays):
    """Returns `path`, the .npz file that now holds the arrays; it appears whole, or not at all.

    Args:
        path: where to write; its folder is made if it is missing.
        **arrays: by name.
    """
    path = os.path.abspath(path)
    os.makedirs(os.path.dirname(path), exist_ok=True)

    def write(temporary):
        with open(temporary, "wb") as file:
            np.savez(file, **arrays)

    return write_whole(path, write)


def load_arrays(path, names):
    """Returns the named arrays of a file that `save_arrays` wrote, in the order of the names.

    Args:
        path: the .npz file.
        names: what it must hold.

    Raises:
        FileNotFoundError: when there is none.
        ValueError: when it is damaged (each array has a checksum) or holds other arrays.
    """
    try:
        with np.load(path, allow_pickle=False) as arrays:
            return [arrays[name] for name in names]
    except FileNotFoundError:
        raise
    except Exception as error:  # a damaged archive raises whatever its bytes lead to
        raise ValueError(
            f"`{path}` must hold {', '.join(names)}, but can't be read ({error}): "
            "delete it and compute them again."
        ) from error
