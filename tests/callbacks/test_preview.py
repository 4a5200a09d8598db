"""Preview: a strip and a video when it is their turn, from the same latents or as is said."""

import keras
import numpy as np
import pytest

from tfvgan.callbacks import Preview
from tfvgan.data.decode import read_video


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


def test_a_model_may_say_what_there_is_to_see(tmp_path):
    levels = {"small": 0, "enlarged": 128, "real": 255}

    def show(model):
        return {name: np.full((2, 3, 16, 16, 3), level, np.uint8) for name, level in levels.items()}

    preview = Preview(tmp_path, show=show)
    preview.set_model(keras.Model())
    preview.on_epoch_end(0)
    assert (tmp_path / "epoch-0001.png").is_file()
    video = read_video(str(tmp_path / "epoch-0001.mp4"), size=(48, 32)).astype(int)
    rows = video.reshape(3, 3, 16, 32, 3)
    assert all(np.abs(rows[:, n] - level).max() < 5 for n, level in enumerate(levels.values()))
