"""Generation, as runs ask it."""

from types import SimpleNamespace

from tfvgan.networks import DcganGenerator, EnlargerGenerator
from tfvgan.runs import Settings
from tfvgan.tasks import Sampler, VideoGAN
from tfvgan.tasks.application import Given
from tfvgan.tasks.generation.application import Generation


def test_the_numbers_are_those_of_the_settings():
    given = {"network": "dcgan", "frames": 2, "size": 8, "width": 4}
    model = Generation().make(Settings.make("videos", given), 3, None)
    assert isinstance(model, VideoGAN) and model.generator.num_classes == 3
    config = model.generator.get_config()
    assert (config["frames"], config["size"], config["width"]) == (2, 8, 4)


def test_learning_rates_of_continuous_fall():
    assert [Generation().cool_down(name) for name in ("continuous", "vgan")] == [0.5, 0.0]


def test_a_generator_is_a_sampler_and_nothing_else_is():
    sampler = Generation().alone(DcganGenerator(frames=2, size=8, width=4), fps=5.0, codec=True)
    assert type(sampler) is Sampler and sampler.fps == 5.0
    assert Generation().alone(EnlargerGenerator(2, 8, width=8, depth=1)) is None
    assert Generation().card(Given(SimpleNamespace())) is None
