"""Clips degraded ahead of training, in a few versions each: encoders take longer than steps do.

They lie in the folder of the clips themselves, so that every run that has these has them, too.
"""

import dataclasses
import json
import os
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import tensorflow as tf

from tfvgan.claims import read_claims
from tfvgan.data.begun import Begun
from tfvgan.data.cache import READING, ClipCache, read_cache_index, write_index
from tfvgan.data.degrade import RECIPES, degrade
from tfvgan.data.degrade.recipes import TELLING
from tfvgan.data.leaving import expect_iterators, unless_leaving
from tfvgan.data.order import generator, permutation
from tfvgan.data.prepare import write_shards
from tfvgan.locks import Lock
from tfvgan.video import from_uint8
from tfvgan.whole import write_whole

FOLDER = "degraded"  # In that of the clips.
FACTS = "degraded.json"
MAKING = 1  # Goes up when the same clips and draws come to give other versions.


class MadeOf(NamedTuple):
    """What versions of clips are a function of."""

    recipes: list[str]
    factor: int
    versions: int
    seed: int
    clips: str
    making: int
    reading: int  # Encoders' films are read as all are.


def check_versions(recipes, versions):
    """Raises ValueError where no versions can be made ahead by these recipes.

    Args:
        recipes: list of str.
        versions: int, of each clip.
    """
    if unknown := sorted(set(recipes) - set(RECIPES)):
        raise ValueError(f"`recipes` may name {', '.join(RECIPES)}, but names {unknown[0]!r}.")
    if told := sorted(set(recipes) & set(TELLING)):
        raise ValueError(
            f"`versions` are frames alone, but of {told[0]} a network is told more: leave "
            "`versions` out, so that clips are degraded anew for each step."
        )
    if versions < 1:
        raise ValueError(f"`versions` must be 1 or more, but is {versions}.")


def prepare_degraded(
    cache: ClipCache,
    recipes: Sequence[str] = ("footage",),
    factor: int = 1,
    versions: int = 4,
    seed: int = 0,
    progress: bool = True,
) -> ClipCache:
    """Returns the degraded clips of a cache, `versions` of the first, then of the second, and on.

    They lie below the cache's own folder. What was interrupted goes on when called again; what is
    there is taken. Each version is a function of (seed, clip, version) alone.

    Args:
        cache: `ClipCache`; what it holds is degraded as a whole, before squares are cut out.
        recipes: of `tfvgan.data.degrade.RECIPES`, of which one is drawn for each version; none of
            those that tell a network more than the frames.
        factor: how many times smaller the degraded ones are, 1, 2 or 4.
        versions: int, of each clip.
        seed: whole number >= 0.
        progress: bool, whether to show a bar.

    Raises:
        ValueError: when no versions are made by such a recipe, clips are too small for the factor,
            or the folder holds the versions of other clips.
    """
    recipes = [recipes] if isinstance(recipes, str) else list(recipes)
    check_versions(recipes, versions)
    sides = [side // factor for side in cache.settings.shape[1:3]]
    if not min(sides):
        raise ValueError(f"`factor` must fit the clips of {cache.size} pixels, but is {factor}.")
    name = f"{'+'.join(recipes)}_x{factor}_{versions}_versions_seed{seed}"
    folder = os.path.join(cache.folder, FOLDER, name)
    os.makedirs(folder, exist_ok=True)
    facts = MadeOf(recipes, factor, versions, seed, cache.fingerprint, MAKING, READING)
    settings = dataclasses.replace(cache.settings, size=tuple(sides))
    with Lock(os.path.join(folder, ".lock"), folder, wait=True).sign():
        _check_facts(folder, facts)
        _fill(folder, settings, cache, facts, progress)
    return ClipCache.open(folder)


def _check_facts(folder, facts):
    """Writes what versions are made of, or raises ValueError when others lie there."""
    path = os.path.join(folder, FACTS)
    if not os.path.exists(path):
        text = json.dumps(facts._asdict(), indent=1)
        write_whole(path, lambda file: file.write_text(text, encoding="utf-8"))
    elif read_claims(path, MadeOf, "what degraded clips were made of") != facts:
        raise ValueError(
            f"The degraded clips in `{folder}` were made of other clips, or by another version: "
            "delete that folder, and they are made anew."
        )


def _fill(folder, settings, cache, facts, progress):
    """Makes the versions that are not there yet, a shard at a time, and completes the index."""
    from tqdm import tqdm

    index = read_cache_index(folder)
    held = {file.path: file for file in index.files} if index else {}
    ours = Begun(folder, [file.shard for file in held.values()])
    entries = list(_entries(cache))
    missing = [(n, entry) for n, entry in enumerate(entries) if entry.path not in held]

    def save(complete):
        present = [held[entry.path] for entry in entries if entry.path in held]
        write_index(folder, settings, cache.class_names, present, complete, READING)

    def make(item):
        return _versions(cache.clip(item[0]), item[0], facts)

    def signed(item):
        return item[1], (item[1].bytes, item[1].modified)

    def seen(item, clip, error):
        if error is not None:
            raise error
        if clip is not None:
            bar.update(1)

    count = len(entries) * facts.versions
    done = count - len(missing) * facts.versions
    hidden = not (progress and missing)
    with tqdm(total=count, initial=done, desc="degrade", unit="clip", disable=hidden) as bar:
        for shard in write_shards(ours, missing, make, signed, seen):
            held.update(shard)
            save(complete=False)
    save(complete=True)
    ours.clear(file.shard for file in held.values())


def _entries(cache):
    """Yields a `CachedFile` for each clip, whose path tells the clips of a file apart."""
    for file in cache.files:
        for own in range(file.clips):
            yield file._replace(path=f"{file.path}#{own}")


def _versions(clip, number, facts):
    """Yields the versions of a clip, uint8."""
    height, width = (side // facts.factor * facts.factor for side in clip.shape[1:3])
    clip = np.ascontiguousarray(clip[:, :height, :width])
    for version in range(facts.versions):
        draws = generator("versions", facts.seed, number, version)
        recipe = facts.recipes[draws.integers(len(facts.recipes))]
        yield degrade(clip, draws, recipe, facts.factor)["degraded"]


def degraded_pairs(
    cache: ClipCache,
    degraded: ClipCache,
    batch_size: int,
    size: int,
    window: int | None = None,
    flip: bool = False,
    seed: int = 0,
    start: int = 0,
    share: tuple[int, int] = (0, 1),
) -> tf.data.Dataset:
    """Returns an endless `tf.data.Dataset` of squares of clips beside those of their versions.

    Its batches are `{"video": float32 (b, window, size, size, 3) in [-1, 1], "degraded": float32
    (b, window, size / factor, size / factor, 3) in [-1, 1]}`. Which version is shown, where the
    square and the window lie, and whether both are mirrored is drawn for each, a function of
    (seed, batch, place in the batch); an epoch has each clip once. Nothing else is read.

    Args:
        cache, degraded: `ClipCache` that `prepare_degraded` was handed, and that it returned.
        batch_size: int, clips of a batch.
        size: side of the square in pixels, a multiple of the factor.
        window: frames that are cut out of a clip, None for all.
        flip: bool, whether half of them are mirrored left to right.
        seed: whole number >= 0.
        start: int, batches to leave out.
        share: of each batch the rows to make, as of `tfvgan.data.clips`.

    Raises:
        ValueError: when the size or the window does not fit the clips.
    """
    frames, *sides, _ = cache.settings.shape
    factor = sides[0] // degraded.settings.shape[1]
    versions = degraded.count // cache.count
    window = frames if window is None else window
    if size % factor or size > min(sides):
        raise ValueError(
            f"`size` must be a multiple of {factor} and at most {min(sides)}, but is {size}."
        )
    if not 1 <= window <= frames:
        raise ValueError(
            f"`window` must be from 1 to the {frames} frames of the clips, but is {window}."
        )

    def one(batch, place):
        epoch, turn = divmod(batch * batch_size + place, cache.count)
        number = permutation(cache.count, seed, epoch)[turn]
        draws = generator("degrade", seed, batch, place)
        version = degraded.clip(number * versions + draws.integers(versions))
        small = size // factor
        top, left = (draws.integers(side - small + 1) for side in version.shape[1:3])
        first = draws.integers(frames - window + 1)
        mirrored = slice(None, None, -1 if flip and draws.random() < 0.5 else 1)
        return [
            clip[
                first : first + window,
                by * top : by * top + side,
                by * left : by * left + side,
            ][:, :, mirrored]
            for clip, by, side in ((cache.clip(number), factor, size), (version, 1, small))
        ]

    index, count = share
    rows = batch_size // count

    def stacked(batch):
        made = [one(int(batch), place) for place in range(index * rows, (index + 1) * rows)]
        return [np.stack(column) for column in zip(*made, strict=True)]

    def batch_of(batch):
        video, small = tf.numpy_function(unless_leaving(stacked), [batch], [tf.uint8, tf.uint8])
        video.set_shape((rows, window, size, size, 3))
        small.set_shape((rows, window, size // factor, size // factor, 3))
        return {"video": from_uint8(video), "degraded": from_uint8(small)}

    expect_iterators()
    numbers = tf.data.Dataset.counter(start)
    return numbers.map(batch_of, num_parallel_calls=2, deterministic=True).prefetch(2)
