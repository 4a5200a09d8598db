"""Sharpened samplers: the same videos in clearer colours, saved and served like any other."""

import numpy as np
import pytest

from tfvgan import Sampler
from tfvgan.networks import ContinuousGenerator, DcganGenerator
from tfvgan.tasks import sharpened


def sampler(network=ContinuousGenerator):
    generator = network(8, frames=4, size=8, width=8, num_classes=2)
    generator.build()
    return Sampler(generator, ["a", "b"], fps=5.0, draws=1)


def test_one_changes_nothing_and_more_adds_up(tmp_path):
    plain = sampler()
    assert sharpened(plain) is plain
    once, twice = sharpened(plain, 4.0), sharpened(sharpened(plain, 2.0), 2.0)
    np.testing.assert_array_equal(once.generate(2), twice.generate(2))
    assert np.abs(once.generate(2).astype(int) - plain.generate(2)).max() > 0
    assert (once.class_names, once.fps, once.draws) == (["a", "b"], 5.0, 1)
    loaded = Sampler.load(once.save(tmp_path / "x.keras"))
    assert loaded.generator.sharpness == 4.0
    np.testing.assert_array_equal(loaded.generate(2), once.generate(2))


def test_what_does_not_mix_colours_can_not_be_sharpened():
    with pytest.raises(ValueError, match="is of networks that mix colours"):
        sharpened(sampler(DcganGenerator), 2.0)
