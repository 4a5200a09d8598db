"""A model to sample from: a run, a `.keras` file, a SavedModel or a `VideoGAN` in memory."""

import os
from pathlib import Path

import numpy as np
import tensorflow as tf

from tfvgan.runs import Settings, load_run
from tfvgan.runs.newest import CHECKPOINTS, GENERATOR, MODEL
from tfvgan.runs.settings import FILE
from tfvgan.runs.shipped import model_at
from tfvgan.sums import check_sums

BATCH = 8
SAVED_MODEL = "saved_model.pb"


class ModelVideos:
    """Makes videos in batches; the n-th depends on the seed and n alone.

    Args:
        place: where the model is from, for people.
        sample: function `(count, seed)` -> uint8 `(count, t, h, w, 3)`.
        trained_on: dict of the `stride` and `fps` of the files that it has learned from.
    """

    def __init__(self, place, sample, trained_on=()):
        self.place = place
        self.trained_on = dict(trained_on)
        self._sample = sample
        self.shape = sample(1, 0).shape[1:]

    def videos(self, count, seed):
        """Yields `count` videos, uint8 `(t, h, w, 3)`."""
        for first in range(0, count, BATCH):
            drawn = int(np.random.SeedSequence((seed, first)).generate_state(1)[0] >> 1)
            yield from self._sample(BATCH, drawn)[: count - first]


def find_model_videos(model):
    """Returns the `ModelVideos` of a model, or None when there is none at that place.

    Args:
        model: a `VideoGAN`, or anything; a path may lead to a run's folder, a `.keras` file, a
            published folder, a SavedModel's folder, or the folder of its versions, of which the
            newest is taken; the name of a model in the package is one, too.

    Raises:
        ValueError: when there is a model that can't be sampled from.
    """
    if hasattr(model, "generate"):
        return ModelVideos(f"a {type(model).__name__}", _generate(model))
    if not isinstance(model, (str, os.PathLike)):
        return None
    path = Path(model_at(model))
    if version := _saved_model(path):
        return ModelVideos(f"the model {version}", _sampling_function(version))
    if path.suffix == ".keras" and path.is_file():
        return ModelVideos(f"the model {path}", _generate(load_run(path)))
    if any((path / name).exists() for name in (FILE, MODEL, CHECKPOINTS, GENERATOR)):
        trained_on = {}
        if (path / FILE).is_file():
            settings = Settings.load(path)
            trained_on = {"stride": settings.stride, "fps": settings.fps}
        return ModelVideos(f"the run {path}", _generate(load_run(path)), trained_on)
    return None


def _generate(model):
    return lambda count, seed: model.generate(count, seed=seed, batch_size=BATCH)


def _saved_model(path):
    """Returns the folder of a SavedModel at `path`: itself, or the newest of its versions."""
    if (path / SAVED_MODEL).is_file():
        return path
    versions = [entry for entry in path.glob("*") if entry.name.isdecimal()] * path.is_dir()
    versions = [entry for entry in versions if (entry / SAVED_MODEL).is_file()]
    return max(versions, key=lambda entry: int(entry.name), default=None)


def _sampling_function(folder):
    """Returns the `(count, seed)` function of a SavedModel.

    Raises:
        ValueError: when it is damaged, or has none.
    """
    check_sums(folder)
    try:
        loaded = tf.saved_model.load(str(folder))
    except Exception as error:  # A damaged one raises whatever its bytes lead to.
        reason = str(error).strip().partition("\n")[0] or type(error).__name__
        raise ValueError(
            f"`{folder}` is no SavedModel that can be loaded ({reason}): export it anew."
        ) from error
    signature = loaded.signatures.get("sample")
    read = set() if signature is None else set(signature.structured_input_signature[1])
    if read not in ({"seed"}, {"count", "seed"}):
        raise ValueError(
            f"`{folder}` must have a signature sample(seed) to be sampled from, but has "
            f"{', '.join(sorted(loaded.signatures))}: export it with `tfvgan export`, or write its "
            "videos to files and evaluate those."
        )

    def sample(count, seed):
        if "count" in read:  # As exports once had it.
            asked = {"count": tf.constant(count), "seed": tf.constant(seed)}
        else:
            seeds = np.random.SeedSequence(seed).generate_state(count) >> 1
            asked = {"seed": tf.constant(seeds, tf.int32)}
        return signature(**asked)["video"].numpy()

    sample.model = loaded  # A signature dies with what it was loaded with.
    return sample
