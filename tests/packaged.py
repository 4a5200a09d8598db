"""Small codecs, and a package that has them in place of its own."""

import keras
import numpy as np

from tfvgan.networks import RestorerGenerator
from tfvgan.runs import shipped
from tfvgan.streaming import Source
from tfvgan.tasks import Restorer


def model(seed=0):
    """Returns a `Restorer` that mends a base layer, another one by each seed."""
    keras.utils.set_random_seed(seed)
    network = RestorerGenerator(1, 8, 1, folds=2, leveled=True)
    network.build()
    network.head.kernel.assign(keras.random.normal(network.head.kernel.shape, 0, 0.01, seed=seed))
    return Restorer(network)


def package_of(models, tmp_path, monkeypatch):
    """Makes the models, `{name: Restorer}`, those of the package; returns their folder."""
    place = tmp_path / "package"
    for name, each in models.items():
        (place / "saved_models" / name).mkdir(parents=True)
        each.save(place / "saved_models" / name / "generator.keras")
    (place / "tfvgan" / "runs").mkdir(parents=True)
    monkeypatch.setattr(shipped, "__file__", str(place / "tfvgan" / "runs" / "shipped.py"))
    return place / "saved_models"


def frames(path):
    """Returns the frames of a file, float `(t, h, w, 3)`."""
    return np.stack([frame.rgb for frame in Source(path).frames()]).astype(float)
