"""What there is to choose among is in the package, and does what it says."""

import keras
import numpy as np
import pytest

from tfvgan.networks import RestorerGenerator
from tfvgan.runs import choices as module
from tfvgan.runs.choices import Choice, choices, chosen_stepper
from tfvgan.tasks import Restorer
from tfvgan.tasks.restoration.halved import Halved, Shrunk
from tfvgan.tasks.restoration.resizer import Resizer


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package with three models, one of them told how strong noise is."""
    for name, told in (("x2", {}), ("old", {}), ("denoise", {"leveled": True})):
        keras.utils.set_random_seed(0)
        network = RestorerGenerator(1 if told else 2, 8, 1, **told)
        network.build()
        (tmp_path / f"restore_{name}").mkdir()
        Restorer(network).save(tmp_path / f"restore_{name}" / "generator.keras")
    monkeypatch.setattr(module, "shipped_folders", lambda: sorted(tmp_path.iterdir()))


def test_none_comes_first_and_only_what_is_there(package):
    assert choices(2) == [
        Choice(),
        *[Choice(name, False, share) for name in ("x2", "old") for share in (1.0, 0.5)],
    ]
    assert choices(1) == [
        Choice(),
        Choice("denoise"),
        Choice("denoise", False, 0.5),
        Choice("x2", True),
        Choice("old"),
        Choice("old", False, 0.5),
    ]
    assert choices(4) == [Choice()]


def test_names_say_all():
    names = [Choice().name, Choice("x2", True).name, Choice("old", strength=0.5).name]
    assert names == ["no model", "x2 on halved frames", "old at strength 0.5"]


def test_what_was_chosen_is_done(package):
    assert (
        isinstance(chosen_stepper(Choice(), 2), Resizer) and chosen_stepper(Choice(), 2).factor == 2
    )
    found = chosen_stepper(Choice("x2", strength=0.5), 2)
    assert (found.factor, found.strength, found.level) == (2, 0.5, None)
    assert isinstance(chosen_stepper(Choice("x2", True), 1), Halved)
    smaller = chosen_stepper(Choice("x2", strength=0.5), 1)
    assert isinstance(smaller, Shrunk) and (smaller.factor, smaller.strength) == (1, 0.5)
    levels = [chosen_stepper(Choice("denoise"), 1, noise).level for noise in (0.0, 10.0, 80.0)]
    assert levels == [0, 0.2, 1]
    with pytest.raises(ValueError, match="no model in the package that is called 'x4'"):
        chosen_stepper(Choice("x4"), 4)
    frame = np.zeros((8, 8, 3), "uint8")
    assert chosen_stepper(Choice(), 2).step([frame] * 3, None)[0].shape == (16, 16, 3)
