"""Frames are halved, and made large again by a restorer."""

import keras
import numpy as np
import pytest

from tfvgan.data.degrade import resize
from tfvgan.networks import RestorerGenerator
from tfvgan.streaming import Recurrence
from tfvgan.tasks import Restorer
from tfvgan.tasks.restoration.halved import Halved, Shrunk, halved

pytestmark = pytest.mark.usefixtures("eagerly")


def restorer(factor=2):
    keras.utils.set_random_seed(0)
    network = RestorerGenerator(factor, 8, 1)
    network.build()
    draws = np.random.default_rng(0)
    network.head.kernel.assign(0.05 * draws.normal(size=network.head.kernel.shape))
    return Restorer(network)


def film(count=3, height=24, width=32):
    draws = np.random.default_rng(0)
    return draws.integers(0, 256, (count, height, width, 3)).astype("uint8")


def made(stepper, frames):
    return np.stack([each.picture for each in Recurrence(stepper, cuts=False)(frames)])


def test_halving_is_bicubic_without_aliasing():
    frame = film()[0]
    expected = resize(frame[None], (12, 16), "bicubic")[0].astype(int)
    # Beyond the border the one repeats pixels and the other leaves them out.
    inner = np.s_[2:-2, 2:-2]
    assert np.abs(halved(frame).astype(int) - expected)[inner].max() <= 1
    flat = np.full((8, 8, 3), 40000, "uint16")
    np.testing.assert_array_equal(halved(flat), flat[:4, :4])


def test_the_restorer_sees_small_frames_and_goes_on_from_its_state():
    small = np.stack([halved(frame) for frame in film()])
    np.testing.assert_array_equal(made(Halved(restorer()), film()), restorer().scene(small))


def test_or_what_it_made_is_halved():
    large = restorer().scene(film())
    wanted = np.stack([halved(frame) for frame in large])
    np.testing.assert_array_equal(made(Shrunk(restorer()), film()), wanted)
    assert made(Shrunk(restorer(4)), film(2)).shape == (2, 48, 64, 3)
    assert Shrunk(restorer()).identity not in (Halved(restorer()).identity, restorer().identity)
    assert Shrunk(restorer()).multiple == restorer().multiple


@pytest.mark.parametrize("kind", [Halved, Shrunk])
def test_a_faster_one_is_of_the_same_kind(kind, monkeypatch):
    faster = restorer()
    monkeypatch.setattr(Restorer, "fast", lambda self: faster)
    found = kind(restorer(), 0.5).fast()
    assert (type(found), found.restorer, found.strength) == (kind, faster, 0.5)


@pytest.mark.parametrize("kind", [Halved, Shrunk])
def test_a_share_of_the_change_is_taken(kind):
    whole, part = made(kind(restorer()), film()), made(kind(restorer(), 0.25), film())
    expected = film() + 0.25 * (whole.astype("float32") - film())
    np.testing.assert_allclose(part, np.rint(expected), atol=1)


def test_odd_sides_and_four_times_are_taken():
    assert made(Halved(restorer()), film(2, 23, 29)).shape == (2, 23, 29, 3)
    assert made(Halved(restorer(4)), film(2)).shape == (2, 48, 64, 3)


def test_what_does_not_fit_is_an_error():
    with pytest.raises(ValueError, match="must enlarge by 2 or 4"):
        Halved(restorer(1))
    with pytest.raises(ValueError, match="from 0 to 1, but is 2"):
        Halved(restorer(), 2)
    with pytest.raises(ValueError, match="leave `strength` 1"):
        made(Halved(restorer(4), 0.5), film(2))
    names = {Halved(restorer(), share).identity for share in (1, 0.5)}
    assert len(names) == 2 and restorer().identity not in names
