import numpy as np
import pytest
import toy

from tfvgan.engine.habits import check_compile


@pytest.mark.parametrize(
    ("argument", "message"),
    [
        ({"optimizer": "adam"}, "`generator_optimizer` and `discriminator_optimizer`"),
        ({"loss": "mse"}, "`adversarial_loss`"),
        ({"weighted_metrics": ["mse"]}, "give `metrics`"),
        ({"auto_scale_loss": True}, "mixed_float16"),
    ],
)
def test_what_other_models_compile_with_is_refused(argument, message):
    with pytest.raises(ValueError, match=f"takes no `{next(iter(argument))}`; .*{message}"):
        toy.model(**argument)


def test_what_says_nothing_passes_and_the_rest_is_handed_on():
    assert check_compile({"loss": None, "run_eagerly": True}) == {"run_eagerly": True}
    with pytest.raises(TypeError, match="colour"):
        toy.model(colour="red")


@pytest.mark.parametrize("verb", ["fit", "train_on_batch"])
@pytest.mark.parametrize("weights", [{"class_weight": {0: 1.0}}, {"sample_weight": np.ones(2)}])
def test_weights_are_refused(verb, weights):
    with pytest.raises(ValueError, match=f"`{verb}` of a game takes no `{next(iter(weights))}`"):
        getattr(toy.model(), verb)({"video": toy.videos(2)}, **weights)
