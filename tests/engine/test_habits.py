import inspect

import keras
import numpy as np
import pytest
import tensorflow as tf
import toy

from tfvgan.engine.habits import check_compile, ending, in_its_order


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


@pytest.mark.parametrize(
    ("verb", "data", "steps"),
    [
        ("fit", "x", "steps_per_epoch"),
        ("fit", "validation_data", "validation_steps"),
        ("evaluate", "x", "steps"),
        ("predict", "x", "steps"),
    ],
)
def test_data_without_end_needs_a_number_of_steps(verb, data, steps):
    clips, said = toy.dataset(), []
    method = ending(named(verb, lambda self, **given: said.append(given)))
    with pytest.raises(ValueError, match=f"`{data}` repeats without end, .*: give `{steps}`, such"):
        method(None, **{data: clips.repeat()})
    for given in ({data: clips}, {data: clips.repeat(2)}, {data: clips.repeat(), steps: 3}):
        method(None, **given)
    assert len(said) == 3
    with pytest.raises(ValueError, match="without end"):
        getattr(toy.model(), verb)(**({"x": clips} | {data: clips.repeat()}))


def named(name, method):
    """Returns a function of that name, with the arguments of Keras's own."""
    method.__name__, method.__signature__ = name, inspect.signature(getattr(keras.Model, name))
    return method


class Numbered(keras.utils.PyDataset):
    """Batches that are found by number."""


CLIPS = {"video": np.zeros((2, 3)), "label": np.zeros(2)}


@pytest.mark.parametrize(
    ("data", "shuffled"),
    [
        (CLIPS, True),
        (tf.zeros(2), True),
        (Numbered(), True),
        (tf.data.Dataset.from_tensors(CLIPS), False),
        ((batch for batch in [CLIPS]), False),
    ],
)
def test_what_has_an_order_is_not_to_be_shuffled(data, shuffled):
    """And who asks for it is heard, whatever the data."""
    fit = in_its_order(lambda self, x=None, shuffle=True: shuffle)
    assert fit(None, data) is fit(None, x=data) is shuffled
    assert fit(None, data, shuffle=True) is True and fit(None, data, shuffle=False) is False
    assert fit(None, data, True) is True


def test_a_data_set_is_learned_from_without_a_warning(recwarn):
    toy.model().fit(toy.dataset(), verbose=0)
    assert not recwarn.list
