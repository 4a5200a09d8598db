"""What goes together in a game, and what is said of what does not."""

import keras
import pytest
import toy

from tfvgan import losses
from tfvgan.engine.agreement import NORMALISED
from tfvgan.tasks import VideoGAN


@keras.saving.register_keras_serializable(package="tests")
class Bound(toy.Toy):
    """Its videos belong to what they are made of."""

    augmentable = False


def test_videos_that_belong_to_something_are_not_augmented():
    bound = Bound(toy.generator(), toy.discriminator())
    bound.compile()
    for augment in ("color", "adaptive"):
        with pytest.raises(ValueError, match="`augment` would move the videos of a Bound away"):
            bound.compile(augment=augment)


def test_an_adaptive_augmentation_needs_a_boundary():
    toy.model(adversarial_loss="wasserstein", augment="color")
    with pytest.raises(ValueError, match="logits of Wasserstein have none: name a policy"):
        toy.model(adversarial_loss="wasserstein", augment="adaptive")


def test_a_model_that_was_augmented_before_is_loaded_without(caplog):
    model = toy.model(augment="adaptive")
    config = model.get_compile_config()
    wasserstein = keras.saving.serialize_keras_object(losses.Wasserstein())
    model.compile_from_config({**config, "adversarial_loss": wasserstein})
    assert model.augment is None and "The model is loaded without it." in caplog.text
    model.compile_from_config(config)
    assert model.augment.adaptive


@pytest.mark.parametrize(
    ("name", "game", "said"),
    [
        ("dcgan", {"adversarial_loss": "wasserstein"}, True),
        ("vgan", {"penalty": [losses.R1(), losses.GradientPenalty()]}, True),
        ("vgan", {"penalty": losses.R1()}, False),
        ("continuous", {"adversarial_loss": "wasserstein"}, False),
    ],
)
def test_a_critic_that_normalises_over_the_batch_is_told(name, game, said, caplog):
    model = VideoGAN.from_preset(name, frames=2, size=16, width=4, compile=False)
    model.compile(**game)
    assert (NORMALISED in caplog.text) == said
