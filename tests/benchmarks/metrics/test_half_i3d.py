"""I3D on small frames: the same layers, averaged over whatever maps there are."""

import keras
import numpy as np
import pytest

from benchmarks.metrics import half_i3d
from tfvgan import weights
from tfvgan.networks.frozen import I3D


@pytest.mark.slow
def test_of_frames_as_published_it_is_i3d(monkeypatch):
    keras.utils.set_random_seed(0)
    network = I3D(num_classes=400)
    network.build()
    monkeypatch.setattr(weights, "network", lambda name: network)
    extractor = half_i3d.HalfI3D()
    assert extractor.resize == "112bilinear"
    seen = np.random.default_rng(0).uniform(-1, 1, (1, 16, 224, 224, 3)).astype(np.float32)
    np.testing.assert_allclose(extractor.features(seen), network(seen), rtol=1e-3, atol=1e-5)
    videos = np.random.default_rng(1).integers(0, 256, (2, 16, 16, 16, 3), np.uint8)
    assert extractor(videos).shape == (2, 400)
