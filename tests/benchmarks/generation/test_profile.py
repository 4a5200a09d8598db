"""The profile of a step: operations are told apart by their names."""

import keras
import pytest

from benchmarks.generation import profile

LAYERS = {"generator": {"conv_6": "convs", "conv_2": "backdrop.convs[2]"}, "discriminator": {}}
CALL = "StatefulPartitionedCall/"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("continuous_generator_1/conv_6_1/convolution:Conv2D", ("generator", "convs", "forth")),
        (
            "gradient_tape/continuous_generator_1/backdrop_1/conv_2_1/convolution/Back:Conv2D",
            ("generator", "backdrop.convs[2]", "back"),
        ),
        ("continuous_discriminator_3/stem_1/add:AddV2", ("discriminator", "stem", "forth")),
        ("Adam/Sqrt:Sqrt", ("neither", "Sqrt", "forth")),
    ],
)
def test_operations_belong_to_a_player_a_layer_and_a_direction(name, expected):
    assert profile.part(CALL + name, LAYERS) == expected


def test_layers_are_called_as_their_class_calls_them():
    network = keras.Model()
    network.stem = keras.layers.Dense(1, name="dense_4")
    network.downs = [keras.layers.Dense(1, name="dense_5"), keras.layers.Dense(1, name="dense_6")]
    found = profile.called(network, "x.")
    assert found == {"dense_4": "x.stem", "dense_5": "x.downs[0]", "dense_6": "x.downs[1]"}
