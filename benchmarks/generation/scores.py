"""Scores and pictures of the generation benchmark."""

from pathlib import Path

import numpy as np

from benchmarks.generation.one_training import SAMPLES_SEED
from benchmarks.metrics.what_fvd_sees import SPOILT
from benchmarks.sets.generation import STRIDE
from tfvgan import plots
from tfvgan.metrics import Diversity, Features, Motion, collect, scores
from tfvgan.runs import load_sampler
from tfvgan.tasks import sharpened

SHOWN = 3  # videos of each network in the picture: the first ones


class Judge:
    """Scores sets of videos against real ones; features of runs are kept in their folders.

    Args:
        reference: uint8 `(n, 16, 64, 64, 3)`.
        folder: of the set, where the features of real videos are kept.
    """

    def __init__(self, reference, folder):
        self.folder = folder
        self.real = self.features(reference, "reference")

    def __call__(self, videos, title):
        """Returns the columns of the table, and all scores by their whole names."""
        results = scores(self.real, self.features(videos, title))
        by_name = {result.score: result for result in results}
        columns = {
            "FVD": by_name["fvd"].value,
            "FVD +-": by_name["fvd"].high - by_name["fvd"].value,
            "recall": by_name["recall_k3"].value,
            "diversity": mean(Diversity(), videos),
            "motion": mean(Motion(), videos),
        }
        return columns, {r.name: [r.value, r.low, r.high] for r in results}

    def features(self, videos, title):
        """Returns what I3D sees in the videos."""
        path = Path(self.folder) / title / f"i3d-{len(videos)}v.npz"  # A run's title is its folder.
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            collect(videos, "i3d", len(videos), stride=STRIDE, progress=title).save(path)
        return Features.load(path)


def mean(metric, videos):
    """Returns a metric of generated videos over all of them."""
    for start in range(0, len(videos), 32):
        metric.update_state(None, videos[start : start + 32])
    return float(metric.result())


def samples(run):
    """Returns the videos of a run, and their labels or None."""
    with np.load(Path(run["folder"]) / "samples.npz") as file:
        return file["videos"], file.get("labels")


def sharper(run, sharpness):
    """Returns the videos of a run in sharper colours."""
    path = Path(run["folder"]) / f"samples-sharpness{sharpness}.npz"
    if not path.exists():
        sampler = sharpened(load_sampler(Path(run["folder"]) / "model.keras"), sharpness)
        np.savez_compressed(path, videos=sampler.generate(run["videos"], SAMPLES_SEED, frames=16))
    with np.load(path) as file:
        return file["videos"]


def spoilt(videos):
    """Returns real videos as they are and spoilt, by title."""
    random = np.random.default_rng(0)
    kinds = {title: spoil(videos, random) for title, spoil in SPOILT.items() if spoil}
    return {"real": videos, **kinds}


def picture(kinds, path):
    """Draws the first videos of each kind under each other."""
    plots.film_strip({title: videos[:SHOWN] for title, videos in kinds.items()}, path)


def nearest(videos, training):
    """Returns the number of the nearest training clip of each video, and how far it is.

    The distance is the root of the mean squared difference, in levels, float32 `(n,)`.
    """
    flat = np.stack([clip.reshape(-1) for clip in training]).astype(np.float32)
    places, far = [], []
    for video in videos:
        squares = np.mean(np.square(flat - video.reshape(-1).astype(np.float32)), axis=1)
        places.append(int(squares.argmin()))
        far.append(np.sqrt(squares.min()))
    return np.array(places), np.array(far)


def neighbours(videos, labels, training, path, each=2):
    """Draws samples of each class, each above the training clip that is nearest to it."""
    chosen = [n for label in np.unique(labels) for n in np.flatnonzero(labels == label)[:each]]
    places, far = nearest(videos[chosen], training)
    rows, titles = [], []
    for number, place, distance in zip(chosen, places, far):
        rows += [videos[number], training[place]]
        titles += [f"class {labels[number]}", f"nearest, {distance:.0f}"]
    plots.film_strip(np.stack(rows), path, titles=titles)
