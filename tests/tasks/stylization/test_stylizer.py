"""A stylizer on its own: arrays and files, the strength, what is served."""

import films
import numpy as np
import pytest
import tensorflow as tf

from tfvgan.networks import RestorerGenerator, StylizerGenerator
from tfvgan.streaming import Source
from tfvgan.tasks import Stylizer

RNG = np.random.default_rng(0)
VIDEO = RNG.integers(0, 256, (3, 10, 14, 3)).astype("uint8")


def network():
    made = StylizerGenerator(8, 1)
    made.build()
    made.head.kernel.assign(np.random.default_rng(1).normal(0.0, 0.1, made.head.kernel.shape))
    return made


def test_the_strength_is_how_much_changes(tmp_path):
    painter = network()
    made = [Stylizer(painter, strength).stylize(VIDEO) for strength in (0.0, 0.5, 1.0)]
    np.testing.assert_array_equal(made[0], VIDEO)
    far = [np.abs(each.astype(int) - VIDEO).mean() for each in made]
    assert 0 < far[1] < far[2]
    path = films.film(tmp_path / "in.mp4", frames=3, size=(16, 16))
    assert Stylizer(network()).stylize(path, str(tmp_path / "out.mkv")) == str(tmp_path / "out.mkv")
    assert Source(tmp_path / "out.mkv").count == 3


def test_another_strength_is_not_gone_on_with():
    one = Stylizer(network())
    other = Stylizer(one.generator, 0.5)
    assert one.identity != other.identity and one.resized((8, 8)).edge == (8, 8)
    assert one.resized((8, 8)).strength == 1.0


def test_clips_and_frames_are_served_alike():
    stylizer = Stylizer(network(), edge=(8, 12))
    served = stylizer.endpoints()
    more = ["stylize_frame_12x8", "stylize_part", "stylize_encoded", "stylize_part_encoded"]
    assert list(served) == ["stylize", "stylize_frame", *more]
    whole = served["stylize"].function(tf.constant(VIDEO[None]), tf.constant([0.7]))["video"]
    wanted = Stylizer(stylizer.generator, 0.7).stylize(VIDEO)
    np.testing.assert_allclose(whole[0].numpy().astype(int), wanted, atol=1)
    names = [spec.name for spec in served["stylize_frame"].signature]
    assert names == ["frame", "state", "strength"]
    seeing = StylizerGenerator(8, 1, neighbours=True)
    seeing.build()
    names = [spec.name for spec in Stylizer(seeing).endpoints()["stylize_frame"].signature]
    assert names == ["before", "frame", "after", "state", "strength"]


def test_who_may_paint():
    with pytest.raises(ValueError, match="must be a .*StylizerGenerator, but is a RestorerGen"):
        Stylizer(RestorerGenerator(1, 8, 1))
    with pytest.raises(ValueError, match="`strength` must be from 0 to 1, but is 2"):
        Stylizer(network(), 2)
