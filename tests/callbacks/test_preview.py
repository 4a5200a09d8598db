"""Preview: a strip and a video when it is their turn, from the same latents."""

import keras
import numpy as np
import pytest

from tfvgan.callbacks import Preview


class Model(keras.Model):
    """Generates noise, and remembers what it was asked for."""

    def __init__(self, num_classes):
        super().__init__()
        self.generator = keras.Model()
        self.generator.num_classes = num_classes
        self.asked = []

    def generate(self, count, seed, labels):
        self.asked.append((count, seed, None if labels is None else list(labels)))
        return np.random.default_rng(seed).integers(0, 256, (count, 3, 8, 8, 3), np.uint8)


@pytest.mark.parametrize("num_classes, labels", [(0, None), (2, [0, 1, 0])])
def test_writes_both_files_when_it_is_their_turn(tmp_path, num_classes, labels):
    preview = Preview(tmp_path / "previews", every=2, count=3, seed=5)
    preview.set_model(Model(num_classes))
    for epoch in range(4):
        preview.on_epoch_end(epoch)
    assert sorted(path.name for path in (tmp_path / "previews").iterdir()) == [
        f"epoch-000{epoch}.{ending}" for epoch in (2, 4) for ending in ("mp4", "png")
    ]
    assert preview.model.asked == [(3, 5, labels)] * 2
