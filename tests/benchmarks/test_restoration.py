"""Who takes part in the benchmark of restoration, and what is looked at around a hole."""

import numpy as np
import restoration
from moving import texture
from restoration_sets import TASKS, holed

from tfvgan.networks import RestorerGenerator
from tfvgan.tasks import Restorer

CLIP = texture(4, 64, (1.5, 0.5))[0]


def test_models_of_a_task_join_its_rivals(tmp_path):
    assert restoration.MODELS.keys() == TASKS.keys() == restoration.RIVALS.keys()
    assert set(restoration.contenders("x2", tmp_path)) == {"bicubic", "lanczos"}
    network = RestorerGenerator(2, 8, 1)
    network.build()
    (tmp_path / "restore_x2").mkdir()
    Restorer(network).save(tmp_path / "restore_x2" / "generator.keras")
    found = restoration.contenders("x2", tmp_path)
    assert set(found) == {"bicubic", "lanczos", "restore_x2"}
    given = TASKS["x2"](CLIP)
    made = found["restore_x2"](given)
    far = np.abs(made.astype(int) - found["bicubic"](given))[:, 8:-8, 8:-8]
    assert made.shape == CLIP.shape and far.max() <= 4  # Untrained, it is bicubic.


def test_a_model_is_told_of_holes_and_leaves_the_rest(tmp_path):
    network = RestorerGenerator(1, 8, 1, 2, masked=True)
    network.build()
    network.head.kernel.assign(0.1 * np.ones(network.head.kernel.shape))
    Restorer(network).save(tmp_path / "generator.keras")
    given = holed(CLIP, 16, 4)
    made = restoration.model(tmp_path, "moving 48x48 hole")(given)
    hole = given.mask[..., 0]
    np.testing.assert_array_equal(made[~hole], CLIP[~hole])


def test_around_a_hole_is_the_hole_and_its_border():
    mask = np.zeros((64, 64, 1), bool)
    mask[10:20, 40:44] = True
    frames = CLIP[:1], CLIP[:1]
    for part in restoration._around(*frames, mask):
        np.testing.assert_array_equal(part, CLIP[:1, : 20 + restoration.AROUND, 8:])
