"""Films that change all the time, no two alike, and an embedder that needs no network."""

import numpy as np

from tfvgan.data.resize import resize
from tfvgan.data.write import write_video
from tfvgan.library.embedding import Vectors
from tfvgan.library.entry import Facts, VideoEntry
from tfvgan.library.windows import LENGTH

FACTS = Facts("toy", 4000, 100, 12.5, 48, 64, 8.0, "h264")


class Thumbnails:
    """An embedder: 8x8 grey pixels of the mean of a window, less their mean.

    Args:
        name: str, of the embedder.
    """

    def __init__(self, name="thumbnails"):
        self.name = name
        self.seen = 0  # Windows, so far.

    def embed(self, windows):
        self.seen += len(windows)
        grey = windows.mean(axis=(1, 4)).reshape(-1, 8, 12, 8, 12).mean(axis=(2, 4)).reshape(-1, 64)
        return whole_numbers(grey - grey.mean(axis=1, keepdims=True))


def whole_numbers(vectors):
    """Returns vectors of about the promised length, int8."""
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.round(LENGTH * vectors / np.maximum(length, 1e-6)).astype(np.int8)


def drift(seconds, seed=0, fps=10, size=(24, 32)):
    """Returns a film of clouds that others take the place of every second, uint8 (t, h, w, 3)."""
    draws = np.random.default_rng(seed)
    keys = draws.integers(0, 256, (int(seconds) + 2, 5, 5, 3), dtype=np.uint8)
    keys = resize(keys, size, "bicubic").astype(np.float32)
    times = np.arange(round(seconds * fps)) / fps
    share = (times % 1)[:, None, None, None]
    first = times.astype(int)
    return ((1 - share) * keys[first] + share * keys[first + 1]).round().astype(np.uint8)


def drifting(path, seconds, seed=0, fps=10, **options):
    """Writes such a film, and returns its path as a string."""
    return str(write_video(path, drift(seconds, seed, fps, **options), fps=fps))


def entry(count=3):
    """Returns an entry of a library, with so many vectors."""
    numbers = np.arange(count * 64).reshape(count, 64).astype(np.int8)
    return VideoEntry(FACTS, Vectors(np.arange(count, dtype=np.float32) / 2, numbers))


def walk(seconds, seed):
    """Returns a function of seconds to vectors that change within a second, however noisy."""
    draws = np.random.default_rng(seed)
    keys = draws.normal(size=(seconds + 2, 64))

    def at(times, noise=0.0):
        times = np.asarray(times)
        first, share = times.astype(int), (times % 1)[:, None]
        made = (1 - share) * keys[first] + share * keys[first + 1]
        return whole_numbers(made + draws.normal(0, noise, made.shape))

    return at
