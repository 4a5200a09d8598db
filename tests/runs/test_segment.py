"""Segmenting by a run or a model: which is taken, what is written."""

import media
import numpy as np
import pytest

from tfvgan.networks import RestorerGenerator, SegmenterGenerator
from tfvgan.runs import load_restorer, load_segmenter, segment, shipped
from tfvgan.streaming import Source
from tfvgan.tasks import Restorer, Segmenter


@pytest.fixture(scope="module")
def segmenter():
    network = SegmenterGenerator(2, 8, 1)
    network.build()
    network.head.kernel.assign(np.random.default_rng(0).normal(0, 0.3, network.head.kernel.shape))
    return Segmenter(network)


def test_images_become_masks_or_have_another_background(segmenter, tmp_path, eagerly):
    frames = media.frames(3, 32, 40)
    given, out = media.images(tmp_path / "in", frames), tmp_path / "out"
    assert segment(given, out, segmenter, cuts=False) == [str(out)]
    made = np.stack([frame.rgb for frame in Source(out).frames()])
    np.testing.assert_array_equal(made, segmenter.segment(frames))
    segment(given, tmp_path / "red", segmenter, view="red", shrink=2, cuts=False)
    made = np.stack([frame.rgb for frame in Source(tmp_path / "red").frames()])
    wanted = load_segmenter(segmenter, "red", 2).segment(frames)
    np.testing.assert_array_equal(made, wanted)
    grounds = media.images(tmp_path / "grounds", 255 - frames[:1])
    segment(given, tmp_path / "behind", segmenter, view=grounds, cuts=False)
    share = segmenter.masks(frames)[..., 1:] / 255
    made = np.stack([frame.rgb for frame in Source(tmp_path / "behind").frames()])
    wanted = share * frames + (1 - share) * (255 - frames[0])
    np.testing.assert_allclose(made, wanted, atol=1.6)
    with pytest.raises(ValueError, match="`view` must be mask, overlay, cutout, blur, a c"):
        segment(given, tmp_path / "x", segmenter, view="blue-ish")
    assert not (tmp_path / "x").exists()


def test_a_name_is_that_of_a_segmenter_in_the_package(segmenter, tmp_path, monkeypatch):
    folder = tmp_path / "saved_models" / "segment_toy"
    folder.mkdir(parents=True)
    segmenter.save(folder / "generator.keras")
    monkeypatch.setattr(shipped, "__file__", str(tmp_path / "tfvgan" / "runs" / "shipped.py"))
    for name in ("toy", "segment_toy"):
        assert load_segmenter(name, "blur").identity == load_segmenter(segmenter, "blur").identity
    with pytest.raises(ValueError, match="no segmenter .* 'segment_people', .*: choose among toy,"):
        segment("in.mp4", tmp_path / "x.mkv", "segment_people")


def test_who_restores_does_not_segment_and_who_segments_does_not_restore(segmenter):
    with pytest.raises(ValueError, match="is no restorer: give it to `tfvgan segment`"):
        load_restorer(segmenter)
    network = RestorerGenerator(1, 8, 1)
    network.build()
    with pytest.raises(ValueError, match="is no segmenter: give it to `tfvgan restore`"):
        load_segmenter(Restorer(network))
    assert load_segmenter(segmenter, edge=(8, 8)).edge == (8, 8)
