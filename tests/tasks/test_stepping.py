"""What applications of steppers answer: of their own networks and models, and of others'."""

import types

import pytest

from tfvgan.networks import SegmenterGenerator, SteadierGenerator
from tfvgan.tasks import Segmenter, Steadier, VideoSteadier
from tfvgan.tasks.stepping import Stepping


@pytest.fixture
def steadying():
    class Ours(Stepping):
        network, stepper = SteadierGenerator, Steadier
        published = type(
            "Published", (), {"holds": "steadier", "__init__": lambda self, given: None}
        )

    return Ours()


def test_its_own_are_known_and_others_are_not(steadying):
    model = VideoSteadier.from_preset(16, compile=False, width=8, depth=1)
    other = SegmenterGenerator(2, 8, 1)
    assert isinstance(steadying.alone(model.average), Steadier)
    assert steadying.alone(other) is None
    for ours in (model, model.steadier):
        assert steadying.for_edge(ours, (8, 12), None).edge == (8, 12)
        assert steadying.for_edge(ours, None, None) is ours
        assert steadying.card(types.SimpleNamespace(model=ours))
    assert steadying.for_edge(Segmenter(other), (8, 12), None) is None
    assert steadying.card(types.SimpleNamespace(model=Segmenter(other))) is None
    assert steadying.cool_down("steadier") == 0.5
