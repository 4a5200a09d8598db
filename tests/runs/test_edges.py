"""Models for frames of another size, where networks take any."""

import pytest
import tiny_codec

from tfvgan.networks import DcganGenerator, RestorerGenerator
from tfvgan.runs import Settings, for_edge
from tfvgan.tasks import Enhancer, Restorer, Sampler, VideoRestorer


def test_restorers_and_codecs_get_another_size_and_keep_the_rest():
    network = RestorerGenerator(1, 8, 1, leveled=True)
    network.build()
    for model in (Restorer(network, 0.5, 0.25), Enhancer(network)):
        found = for_edge(model, (480, 854))
        assert type(found) is type(model) and found.edge == (480, 854)
        assert (found.strength, found.level) == (model.strength, model.level)
        assert for_edge(model) is model
    trained = VideoRestorer.from_preset(16, width=8, depth=1)
    frame = for_edge(trained, [7, 9]).endpoints()["restore_frame"].edge.signature[0]
    assert frame.shape == (1, 7, 9, 3)


def test_a_run_of_a_codec_is_exported_as_it_is_published(tmp_path):
    made = {"network": "restorer", "factor": 1, "recipes": "coded"}
    Settings.make("videos", made).save(tmp_path)
    trained = VideoRestorer.from_preset(16, 1, width=8, depth=1, leveled=True)
    assert list(for_edge(trained).endpoints())[:2] == ["restore", "restore_frame"]
    for edge in (None, (7, 9)):
        found = for_edge(trained, edge, tmp_path)
        sides = edge or (360, 640)
        names = [
            "enhance",
            f"enhance_{sides[1]}x{sides[0]}",
            "enhance_part",
            "enhance_part_encoded",
        ]
        assert list(found.endpoints()) == names and found.edge == sides


def test_a_learned_codec_is_told_what_is_filled_up():
    found = for_edge(tiny_codec.generator(), (30, 41))
    assert found.edge == (32, 48) and list(found.endpoints()) == ["synthesize", "analyze"]
    assert for_edge(tiny_codec.generator()).edge == (368, 640), "it has no endpoints of its own"


def test_who_makes_one_size_alone_is_an_error():
    network = DcganGenerator(frames=2, size=8, width=4)
    network.build()
    with pytest.raises(ValueError, match="is for models that take .* size, but this is a Sampler"):
        for_edge(Sampler(network), (8, 8))
