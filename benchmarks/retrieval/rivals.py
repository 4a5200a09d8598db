"""What copies are found by beside our vectors: three others, each with its likeness.

They see a video twice a second. `pHash` is Zauner 2010's, of the frame's lowest frequencies, as
imagehash computes it; `PDQ` is Meta's own code (`pip install pdqhash`), left out where it is
missing; the histogram has 8x8x8 colours, of which what two have in common is their likeness.
"""

import importlib.util

import numpy as np

from tfvgan.data.decode import read_frames

RATE = 2  # Frames a second.
SHORTER = 256  # Pixels of the shorter side that rivals see.
PHASH, PDQ, COLOURS = "pHash", "PDQ", "colour histogram"


def rivals():
    """Returns `{name: (function of a frame to numbers, function of two arrays of these)}`."""
    found = {PHASH: (phash, agreement), COLOURS: (histogram, in_common)}
    if importlib.util.find_spec("pdqhash") is None:
        print(f"left out, for want of pdqhash: {PDQ}", flush=True)
    else:
        found[PDQ] = (pdq, agreement)
    return found


def of_file(path, functions):
    """Returns what functions say of each frame of a video, by their names: `(n, d)` each."""
    chunks = read_frames(path, size=SHORTER, crop="none", fps=RATE, decoder="pyav")
    said = [[say(frame) for say in functions.values()] for chunk in chunks for frame in chunk]
    return {name: np.stack(column) for name, column in zip(functions, zip(*said), strict=True)}


def score(query, other, likeness):
    """Returns how alike two videos are: of each moment of the one the most alike of the other.

    The mean over the one's moments; -1 where one of them shows nothing.
    """
    if not len(query) or not len(other):
        return -1.0
    return float(likeness(query, other).max(axis=1).mean())


def phash(frame):
    """Returns 64 bits of a frame: which of its lowest frequencies are above their median."""
    import cv2

    grey = cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY)
    small = cv2.resize(grey, (32, 32), interpolation=cv2.INTER_AREA)
    low = cv2.dct(small.astype("float32"))[:8, :8].ravel()
    return low > np.median(low)


def pdq(frame):
    """Returns the 256 bits of a frame that PDQ makes."""
    import pdqhash

    return pdqhash.compute(np.ascontiguousarray(frame))[0].astype(bool)


def histogram(frame):
    """Returns the shares of 512 colours in a frame."""
    bins = (frame.reshape(-1, 3) // 32).astype(int) @ (64, 8, 1)
    return np.bincount(bins, minlength=512) / len(bins)


def agreement(one, other):
    """Returns the share of bits that are equal, `(n, m)`."""
    return 1.0 - (one[:, None] != other[None]).mean(-1)


def in_common(one, other):
    """Returns the share of colours that two have in common, `(n, m)`."""
    return np.minimum(one[:, None], other[None]).sum(-1)
