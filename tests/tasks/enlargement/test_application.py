"""Enlargement, as runs ask it."""

from tfvgan.networks import DcganGenerator, EnlargerGenerator
from tfvgan.runs import Settings
from tfvgan.tasks import Enlarger, VideoEnlarger
from tfvgan.tasks.enlargement.application import Enlargement


def test_the_numbers_are_those_of_the_settings():
    given = {"network": "enlarger", "frames": 3, "size": 16, "width": 8, "factor": 2}
    model = Enlargement().make(Settings.make("videos", given), 0, None)
    assert isinstance(model, VideoEnlarger)
    config = model.generator.get_config()
    assert (config["size"], config["factor"], config["width"]) == (8, 2, 8)


def test_its_network_is_an_enlarger():
    assert type(Enlargement().alone(EnlargerGenerator(2, 8, width=8, depth=1))) is Enlarger
    assert Enlargement().alone(DcganGenerator(frames=2, size=8, width=4)) is None
