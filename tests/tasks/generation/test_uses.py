"""What a card tells one to type is what the network reads."""

import pytest

from tfvgan.networks import ContinuousGenerator, DcganGenerator
from tfvgan.tasks.generation.uses import sampler_uses


@pytest.mark.parametrize("network", [ContinuousGenerator, DcganGenerator])
def test_the_examples_name_what_the_network_reads(network):
    text = "\n".join(sampler_uses("models/x", network(8, 4, 8, width=8, num_classes=2)))
    assert 'Sampler.load("models/x/generator.keras")' in text and "MODEL_NAME=x" in text
    assert ("moment-float32" in text) == (network is ContinuousGenerator)
    assert "label=np.array([0]" in text and "(1, 8)" in text
