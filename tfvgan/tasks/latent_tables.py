"""Tables for latents, counted on videos: how likely each whole number is, in each context.

What was seen seldom in a context leans on what all channels did in it, and that on Laplace's
distribution. A table is kept as small floats, a byte an entry, which are whole numbers: two
machines that read one file code alike.
"""

import itertools
import zipfile

import numpy as np

from tfvgan.coding import SymbolTables
from tfvgan.coding.laplace import laplace_frequencies
from tfvgan.tasks.latents import WAYS, Latents, table_count
from tfvgan.whole import write_whole

REACH = 15  # The largest latent in a table; larger ones are escaped.
LEANING = 16  # Latents that the table which one leans on counts for.
LARGEST = 15 << 31  # What the last of the small floats stands for.


def counted(clips, channels, reach=REACH):
    """Returns how often each latent came, int64 `(tables, 2 * reach + 2)`, by tables of `Latents`.

    Entry j counts `j - reach`, and the last one all that are larger. Counts of several sets of
    clips can be added.

    Args:
        clips: iterable of int `(t, h, w, channels)`, whose first frames are first ones.
        channels: int, a multiple of 4.
        reach: int, at least 0.

    Raises:
        ValueError: when a clip has another number of channels.
    """
    width = 2 * reach + 2
    counts = np.zeros(table_count(channels) * width, np.int64)
    for clip in clips:
        clip = np.asarray(clip, np.int32)
        if clip.ndim != 4 or clip.shape[-1] != channels:
            raise ValueError(
                f"Clips should be whole numbers (t, h, w, {channels}), but one is {clip.shape}: "
                "give the latents of this network."
            )
        latents = Latents(*clip.shape[1:])
        codes = np.where(np.abs(clip) > reach, width - 1, clip + reach)
        for before, frame, code in zip(itertools.chain([None], clip), clip, codes):
            places = latents.tables(before, frame) * width + code
            counts += np.bincount(places.ravel(), minlength=len(counts))
    return counts.reshape(-1, width)


def smoothed(counts):
    """Returns small floats, uint8 in the shape of the counts, in proportion to how likely it is.

    The tables which one leans on pool all channels of a kind of frame, a pass and a context.

    Args:
        counts: of `counted`.
    """
    channels, width = len(counts) // (4 * WAYS), counts.shape[1]
    counts = np.asarray(counts, np.float64).reshape(4, channels, WAYS, width)
    pooled = counts.sum(axis=1, keepdims=True)
    likely = _leaned(counts, _leaned(pooled, _laplace(pooled)))
    return small_floats(likely.reshape(-1, width))


def _leaned(counts, likely):
    """Returns how likely each entry is after so many, where it was so likely before."""
    counts = counts + LEANING * likely
    return counts / counts.sum(axis=-1, keepdims=True)


def _laplace(counts):
    """Returns Laplace's distribution that makes counts most likely, of any shape `(..., m)`."""
    rows = laplace_frequencies(reach=counts.shape[-1] // 2 - 1)
    rows = rows / rows.sum(axis=1, keepdims=True)
    usual = rows[len(rows) // 2]  # Of scale 1: what never came is taken for one such latent.
    return rows[np.argmax((counts + usual) @ np.log(rows).T, axis=-1)]


def small_floats(numbers):
    """Returns positive numbers as uint8, each row in proportion to its largest, which is 255.

    A byte b stands for `(8 + b % 8) << b // 8`; what is too small for that becomes 0.

    Args:
        numbers: float `(n, m)`.
    """
    wanted = numbers / numbers.max(axis=1, keepdims=True) * LARGEST
    known = _large(np.arange(256)).astype(np.float64)
    return np.searchsorted((known[1:] + known[:-1]) / 2, wanted).astype(np.uint8)


def tables_of(floats):
    """Returns the `SymbolTables` of small floats, uint8 `(tables, 2 * reach + 2)`.

    Raises:
        ValueError: when they are none.
    """
    floats = np.asarray(floats)
    if floats.dtype != np.uint8 or floats.ndim != 2 or floats.shape[1] % 2:
        raise ValueError(
            "Tables of latents should be uint8 (tables, 2 * reach + 2), but are "
            f"{floats.dtype} {floats.shape}: make them by `tfvgan.tasks.latent_tables.smoothed`."
        )
    return SymbolTables.weighted(_large(floats), 1 - floats.shape[1] // 2)


def _large(floats):
    """Returns what small floats stand for, int64."""
    floats = np.asarray(floats, np.int64)
    return (8 + floats % 8) << floats // 8


def save_tables(path, floats):
    """Returns `path`, an .npz file where the small floats now are."""
    return write_whole(path, lambda file: np.savez_compressed(file, floats=floats))


def load_tables(path):
    """Returns the `SymbolTables` of what `save_tables` wrote.

    Raises:
        ValueError: when there are none.
    """
    try:
        with np.load(path, allow_pickle=False) as arrays:
            floats = arrays["floats"]
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise ValueError(
            f"`{path}` holds no tables of latents: they belong beside a codec's network."
        ) from error
    return tables_of(floats)
