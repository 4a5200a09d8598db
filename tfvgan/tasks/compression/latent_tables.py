"""Tables for latents, counted on videos: how likely each whole number is, in each context.

What was seen seldom in a context leans on what all channels did in it, and that on Laplace's
distribution. Contexts where much the same is likely share a table, so that a decoder reads many
latents at once. A table is kept as small floats, a byte an entry, which are whole numbers: two
machines that read one file code alike.
"""

import functools
import hashlib
import itertools

import numpy as np

from tfvgan.coding import SymbolTables
from tfvgan.coding.laplace import laplace_frequencies
from tfvgan.sealed import check_seal, write_sealed
from tfvgan.sums import check_sums
from tfvgan.tasks.compression.latents import CHANNEL_GROUPS, KINDS, WAYS, Latents, table_count

REACH = 127  # The largest latent in a table; larger ones are escaped.
LEANING = 16  # Latents that the table which one leans on counts for.
LARGEST = 15 << 31  # What the last of the small floats stands for.
SHARED = 64  # Tables at most, of all contexts.
MOST = 1 << 24  # Entries of all tables: more are a stranger's.
ROUNDS = 30  # Of assigning contexts to tables.


class LatentTables:
    """The tables of all contexts of `tfvgan.tasks.compression.latents`, some of which share one.

    Args:
        floats: of `small_floats`, uint8 `(tables, 2 * reach + 2)`.
        rows: whole numbers `(contexts,)`, the table of each context; None for those of old codecs,
            where each has its own and there are no flags.

    Attributes:
        symbols: `tfvgan.coding.SymbolTables`.
        rows: int32 `(contexts,)`.
        channels: int, of the latents.
        flagged: bool, as of `Latents`.

    Raises:
        ValueError: when these are no tables.
    """

    def __init__(self, floats, rows=None):
        floats = np.asarray(floats)
        whole = floats.dtype == np.uint8 and floats.ndim == 2 and 0 < floats.size <= MOST
        if not whole or floats.shape[1] % 2:
            raise ValueError(
                "Tables of latents should be uint8 (tables, 2 * reach + 2), but are "
                f"{floats.dtype} {floats.shape}: make them by `latent_tables.shared`."
            )
        own, self.flagged = np.arange(len(floats)), rows is not None
        rows = np.asarray(rows) if self.flagged else own
        if rows.dtype.kind not in "iu" or rows.ndim != 1 or not np.isin(rows, own).all():
            raise ValueError(
                f"`rows` should be numbers of {len(floats)} tables, one for each context, but are "
                f"{rows.dtype} {rows.shape}: make them by `latent_tables.shared`."
            )
        self.channels = len(rows) // table_count(1, False) - CHANNEL_GROUPS * self.flagged
        if self.channels < 1 or len(rows) != table_count(self.channels, self.flagged):
            raise ValueError(
                f"Tables of latents should be those of all contexts, but there are {len(rows)} "
                "contexts: make them by `latent_tables.shared`."
            )
        self.floats, self.rows = floats, rows.astype(np.int32)
        self.symbols = SymbolTables.weighted(_large(floats), 1 - floats.shape[1] // 2)

    def __len__(self):
        """Returns the number of contexts."""
        return len(self.rows)

    @functools.cached_property
    def identity(self):
        """Returns the sha256 of the numbers, in hexadecimal: equal tables code alike."""
        if not self.flagged:
            return self.symbols.identity
        digest = hashlib.sha256(bytes.fromhex(self.symbols.identity))
        digest.update(self.rows.astype("<i4").tobytes())
        return digest.hexdigest()

    def save(self, path):
        """Returns `path`, an .npz file where they now are; see `load_tables`."""
        arrays = {"floats": self.floats, "rows": self.rows.astype(np.uint16)}
        return write_sealed(path, lambda file: np.savez_compressed(file, **arrays))


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
        for before, frame in zip(itertools.chain([None], clip), clip):
            for numbers, tables in latents.symbols(before, frame):
                codes = np.where(np.abs(numbers) > reach, width - 1, numbers + reach)
                np.add.at(counts, tables * width + codes, 1)
    return counts.reshape(-1, width)


def shared(counts, most=SHARED):
    """Returns the `LatentTables` of counts, by which those latents take few bits.

    The tables which one leans on pool all channels of a kind of frame, a pass and a context. Which
    contexts share a table is found as means of clusters are (k-means, from the farthest points),
    where the distance is in bits: what those latents take more than by a table of their own.

    Args:
        counts: of `counted`.
        most: int, tables at most.
    """
    counts = np.asarray(counts, np.float64)
    flags = KINDS * CHANNEL_GROUPS * WAYS
    smoothed = np.concatenate([_leaning(counts[:-flags]), _leaning(counts[-flags:])])
    rows = _farthest(smoothed, most)
    for _ in range(ROUNDS):
        rows = np.unique(rows, return_inverse=True)[1]
        tables = np.stack([np.bincount(rows, column) for column in smoothed.T], axis=1)
        tables /= tables.sum(axis=1, keepdims=True)
        nearest = np.argmax(smoothed @ np.log(tables).T, axis=1)
        if np.array_equal(nearest, rows):
            break
        rows = nearest
    kept, rows = np.unique(rows, return_inverse=True)
    return LatentTables(small_floats(tables[kept]), rows)


def _leaning(counts):
    """Returns the counts smoothed by those of all channels in the same context: never 0."""
    width = counts.shape[1]
    counts = counts.reshape(KINDS, -1, WAYS, width)
    pooled = counts.sum(axis=1, keepdims=True)
    return (counts + LEANING * _leaned(pooled, _laplace(pooled))).reshape(-1, width)


def _farthest(counts, most):
    """Returns the nearest centre of each row of counts; centres are rows far from one another.

    Args:
        counts: float `(n, m)`, above 0.
        most: int, how many are chosen.
    """
    own = np.log(counts / counts.sum(axis=1, keepdims=True))
    alone, rows = (counts * own).sum(axis=1), np.zeros(len(counts), np.int64)
    pooled = counts.sum(axis=0)
    nearest = counts @ np.log(pooled / pooled.sum())
    for number in range(1, most):
        fit = counts @ own[np.argmax(alone - nearest)]
        rows[fit > nearest] = number
        nearest = np.maximum(nearest, fit)
    return rows


def _leaned(counts, likely):
    """Returns the probability of each entry after these counts, of the prior `likely`."""
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
    values = _large(np.arange(256)).astype(np.float64)
    return np.searchsorted((values[1:] + values[:-1]) / 2, wanted).astype(np.uint8)


def _large(floats):
    """Returns the integers that small floats stand for, int64."""
    floats = np.asarray(floats, np.int64)
    return (8 + floats % 8) << floats // 8


def load_tables(path):
    """Returns the `LatentTables` of what `LatentTables.save` wrote.

    Raises:
        ValueError: when there are none, or the file is damaged.
    """
    check_sums(path)
    check_seal(path)
    try:
        with np.load(path, allow_pickle=False) as arrays:
            floats, rows = arrays["floats"], arrays.get("rows")  # Old files have no rows.
    except Exception as error:  # a damaged archive raises whatever its bytes lead to
        raise ValueError(
            f"`{path}` holds no tables of latents: they belong beside a codec's network."
        ) from error
    return LatentTables(floats, rows)
