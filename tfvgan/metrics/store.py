"""What was computed from files is kept by what the files contain, and read again."""

import hashlib
import json
import logging
import os

from tfvgan.weights.home import MOVE, home

STORE_VERSION = 2  # Goes up when the same files come to give other features.
log = logging.getLogger("tfvgan")


def statistics():
    """Returns the folder of what is kept, `<tfvgan's folder in the user's cache>/statistics`."""
    return home() / "statistics"


def content_key(files, extractor, **parts):
    """Returns the name of what is computed from files: 64 hexadecimal digits.

    It is a sha256 of the files' contents in their order (their names and times don't matter), of
    the extractor's name, resizing and weights, and of the parts.

    Args:
        files: paths.
        extractor: object with `name`, `resize` and `fingerprint`, the sha256 of its weights.
        **parts: all else that the result depends on: frames, count, stride, seed, size and the
            like, as JSON can hold it.

    Raises:
        ValueError: when the extractor has no fingerprint.
    """
    fingerprint = getattr(extractor, "fingerprint", None)
    if not fingerprint:
        raise ValueError(
            f"Features are kept by their extractor's weights, but {extractor.name!r} names none: "
            "give it a `fingerprint`, a string that changes when it does, or pass no key."
        )
    described = {
        "format": STORE_VERSION,
        "extractor": [extractor.name, extractor.resize, fingerprint],
        "parts": parts,
        "files": [_sha256(file) for file in files],
    }
    return hashlib.sha256(json.dumps(described, sort_keys=True).encode()).hexdigest()


def cached(key, kind, compute, folder=None):
    """Returns what is kept under the key, or else what `compute` gives, which is kept from now on.

    An entry that can't be read is computed again. A folder that can't be written to is said in
    the log, and costs no result.

    Args:
        key: of `content_key`.
        kind: a class with `load(path)`, which raises ValueError for a file that is none of its
            own, and `save(path)`: `Features` or `Gaussian`.
        compute: function without arguments that returns one.
        folder: where to keep; `statistics()` unless given.
    """
    path = os.path.join(folder or statistics(), f"{key}.npz")
    try:
        return kind.load(path)
    except FileNotFoundError:
        pass
    except (OSError, ValueError) as error:
        log.warning("What was kept can't be read, and is computed again: %s", error)
    result = compute()
    try:
        result.save(path)
    except OSError as error:
        log.warning("The features can't be kept for the next time (%s): %s.", error, MOVE)
    return result


def _sha256(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
