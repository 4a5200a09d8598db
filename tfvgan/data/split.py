"""Training and validation halves of a set of files, told apart by the files' names."""

import hashlib
import os

SUBSETS = (None, "training", "validation")


def split(files, fraction, subset):
    """Returns the files of one half, in their order.

    A file's half is decided by a hash of its class and name, so it stays where it is when other
    files come and go, and every clip of a file is in the same half. With two files or more neither
    half is empty: the file nearest to the border changes sides.

    Args:
        files: list of `VideoFile`.
        fraction: expected share of the validation half, 0 <= fraction < 1.
        subset: None (all files), "training" or "validation".

    Raises:
        ValueError: for a fraction or subset out of range, or when one file is to be split.
    """
    if subset not in SUBSETS:
        raise ValueError(f"`subset` must be one of {SUBSETS}, but is {subset!r}.")
    if not 0 <= fraction < 1:
        raise ValueError(f"`validation_split` must be in [0, 1), but is {fraction!r}.")
    if (subset is None) != (fraction == 0):
        raise ValueError(
            f"`validation_split` and `subset` go together, but are {fraction!r} and {subset!r}: "
            "give both, say validation_split=0.1 and subset='training', or neither."
        )
    if subset is None:
        return list(files)
    places = [_place(file) for file in files]
    if len(set(places)) < 2:
        raise ValueError(
            f"A validation split needs two or more video files, but there is {len(files)}: "
            "a file is never split, cut it in two or leave `validation_split` out."
        )
    border = min(max(fraction, _above(min(places))), max(places))
    held_out = subset == "validation"
    return [file for file, place in zip(files, places) if (place < border) == held_out]


def _place(file):
    """Returns where in [0, 1) the hash of its class and name puts a file."""
    name = f"{os.path.basename(file.class_name)}/{os.path.basename(file.path)}"
    digest = hashlib.sha256(name.encode("utf-8", "surrogateescape")).digest()
    return int.from_bytes(digest[:6], "big") / 2**48


def _above(place):
    return place + 2.0**-48
