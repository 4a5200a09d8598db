"""The stylizer's network: nothing at a strength of 0, in between in between, and saved."""

import keras
import numpy as np

from tfvgan.networks import StylizerGenerator

RNG = np.random.default_rng(0)
VIDEO = RNG.uniform(-1, 1, (2, 3, 8, 8, 3)).astype("float32")


def learnt():
    network = StylizerGenerator(8, 1)
    network.build()
    network.head.kernel.assign(RNG.normal(0.0, 0.1, network.head.kernel.shape))
    return network


def test_a_strength_of_0_is_the_video_and_each_clip_has_its_own():
    made = np.asarray(learnt()({"video": VIDEO, "level": np.array([0.0, 1.0], "float32")}))
    np.testing.assert_array_equal(made[0], VIDEO[0])
    assert np.abs(made[1] - VIDEO[1]).max() > 0.1


def test_its_config_makes_it_again(tmp_path):
    network = learnt()
    network.save(tmp_path / "x.keras")
    again = keras.models.load_model(tmp_path / "x.keras")
    given = {"video": VIDEO, "level": np.ones(2, "float32")}
    np.testing.assert_array_equal(again(given), network(given))
    assert (again.width, again.depth, again.folds, again.factor) == (8, 1, 2, 1)
    assert again.neighbours is False


def test_a_config_of_before_that_choice_reads_neighbours():
    config = StylizerGenerator(8, 1).get_config()
    del config["neighbours"]
    assert StylizerGenerator.from_config(config).neighbours is True


def test_a_frame_is_painted_as_it_comes():
    """Frames that follow change nothing, those before do."""
    network = learnt()
    strength = {"level": np.ones(2, "float32")}
    first = np.asarray(network({"video": VIDEO, **strength}))
    for at, same in ((2, [0, 1]), (0, [])):
        other = VIDEO.copy()
        other[:, at] = 0.0
        made = np.asarray(network({"video": other, **strength}))
        assert [n for n in range(3) if np.array_equal(made[:, n], first[:, n])] == same
