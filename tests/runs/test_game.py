"""From settings to a compiled model."""

import films
import numpy as np
import pytest

from tfvgan.losses import R1, FiniteDifference, GradientPenalty, LeastSquares
from tfvgan.runs import Settings
from tfvgan.runs.game import class_names, cool_down, make_model, moments, shown
from tfvgan.tasks import VideoCodec, VideoEnlarger, VideoGAN

TINY = {"frames": 2, "size": 8, "width": 4}


@pytest.fixture(scope="module")
def videos(tmp_path_factory):
    return str(films.folder(tmp_path_factory.mktemp("videos")))


def make(videos, **settings):
    return make_model(Settings.make(videos, {**TINY, **settings}))


def test_the_preset_is_what_is_not_asked_for(videos):
    model = make(videos)
    assert (model.generator.frames, model.generator.size, model.generator.width) == (2, 8, 4)
    assert model.generator.num_classes == 0 and model.penalties == () and model.augment is None
    assert learning(model) == learning(VideoGAN.from_preset("vgan", **TINY))


def learning(model):
    """Returns the arguments that the model was compiled with, but for the optimizers' names."""
    config = model.get_compile_config()
    for name in ("generator_optimizer", "discriminator_optimizer"):
        del config[name]["config"]["name"]
    return config


def test_a_network_of_moments_keeps_its_preset_and_says_how_many_it_reads(videos):
    given = {"network": "continuous", "frames": 4}
    preset = learning(VideoGAN.from_preset("continuous", **{**TINY, "frames": 4}))
    model = make(videos, **given)
    assert learning(model) == preset
    assert moments(model) == model.discriminator.samples == 3
    assert moments(make(videos)) is None
    config = learning(make(videos, **given, learning_rate=1e-4, penalty="none", augment="color"))
    for name in ("generator_optimizer", "discriminator_optimizer"):
        rate = config[name]["config"].pop("learning_rate")
        assert rate == pytest.approx(1e-4) != preset[name]["config"].pop("learning_rate")
    assert config["augment"]["config"]["policy"] == "color"
    assert config == {**preset, "penalty": None, "augment": config["augment"]}


def test_the_enlarger_is_a_network_too(videos):
    given = {"network": "enlarger", "size": 16, "frames": 3, "factor": 2, "width": 8}
    model = make(videos, **given, penalty="none", learning_rate=1e-4)
    assert isinstance(model, VideoEnlarger) and moments(model) == 3
    assert (model.generator.size, model.generator.factor, model.generator.width) == (8, 2, 8)
    preset = learning(VideoEnlarger.from_preset(3, 16, 2, width=8))
    config = learning(model)
    assert config["penalty"] is None and config["loss_weights"] == preset["loss_weights"]
    batch = {"video": np.zeros((5, 3, 16, 16, 3), np.float32)}
    assert len(shown(model, batch)(model)["enlarged"]) == 4
    assert shown(make(videos), batch) is None
    with pytest.raises(ValueError, match="learns no classes"):
        make(videos, **given, conditional=True)
    with pytest.raises(ValueError, match='`factor` is for the network "enlarger" or "rest'):
        make(videos, factor=2)


def test_every_setting_of_the_game_arrives(videos):
    model = make(
        videos,
        network="dcgan",
        conditional=True,
        loss="least_squares",
        penalty="r1",
        augment="color",
        learning_rate=1e-3,
        moving_average=0.5,
        seed=3,
    )
    assert type(model.generator).__name__ == "DcganGenerator"
    assert model.generator.num_classes == 2 and model.seed == 3
    assert isinstance(model.adversarial_loss, LeastSquares)
    assert [type(penalty) for penalty in model.penalties] == [R1]
    assert model.augment.policy == "color" and model.moving_average == 0.5
    for optimizer in (model.generator_optimizer, model.discriminator_optimizer):
        assert float(optimizer.learning_rate) == pytest.approx(1e-3)


@pytest.mark.parametrize(
    "name, kind", [("finite_difference", FiniteDifference), ("gradient_penalty", GradientPenalty)]
)
def test_penalties_by_name(videos, name, kind):
    assert isinstance(make(videos, penalty=name).penalty, kind)


def test_a_penalty_may_get_another_weight(videos):
    preset = make(videos, network="continuous", frames=4).penalty
    model = make(videos, network="continuous", frames=4, penalty_weight=3.5)
    assert model.penalty.get_config() == {**preset.get_config(), "weight": 3.5}
    assert make(videos, penalty="finite_difference", penalty_weight=0.1).penalty.weight == 0.1
    with pytest.raises(ValueError, match="there is no penalty: name one"):
        make(videos, penalty_weight=2.0)


def test_class_names_are_in_the_order_of_the_labels(videos):
    assert class_names(videos) == ["run", "walk"]


def test_says_what_is_wrong(videos):
    with pytest.raises(ValueError, match="one of none, r1, finite_difference, gradient_penalty"):
        make(videos, penalty="r3")
    with pytest.raises(ValueError, match="two sub-folders of videos or more"):
        make(f"{videos}/run", conditional=True)
    with pytest.raises(
        ValueError, match="one of continuous, vgan, dcgan, enlarger, codec, stylizer"
    ):
        make(videos, network="biggan")


def test_learning_rates_fall_where_the_preset_or_the_user_says_so():
    shares = [
        cool_down(Settings.make("videos", given))
        for given in ({}, {"network": "continuous"}, {"cool_down": 0.25}, {"cool_down": 0.0})
    ]
    assert shares == [0.0, 0.5, 0.25, 0.0]
    with pytest.raises(ValueError, match="`cool_down` must be from 0 to 1, but is 2"):
        Settings.make("videos", {"cool_down": 2.0})


@pytest.mark.parametrize(
    ("network", "given"),
    [("enlarger", {"size": 32}), ("restorer", {"size": 16, "square": 16, "depth": 1})],
)
def test_what_is_made_of_its_own_videos_is_not_augmented(network, given, videos):
    given = {"network": network, "frames": 3, "width": 8, "augment": "color", **given}
    with pytest.raises(ValueError, match="`augment` would move the videos of a Video.* away from"):
        make(videos, **given)
    assert not VideoCodec.augmentable
