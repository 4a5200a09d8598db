"""What a card tells one to type is what the network reads."""

import re

import numpy as np
from litert import in_place_of_litert

from tfvgan.networks import SegmenterGenerator
from tfvgan.tasks import Segmenter
from tfvgan.tasks.segmentation.uses import segmenter_uses


def test_the_camera_of_a_segmenter_runs(monkeypatch, eagerly):
    """The edge block, with a function in place of LiteRT's file."""
    network = SegmenterGenerator(3, 8, 1)
    network.build()
    segmenter = Segmenter(network, edge=(8, 12))
    text = "\n".join(segmenter_uses("models/x", segmenter))
    assert "tfvgan segment in.mp4 -o mask.mkv --model models/x" in text
    loop = re.findall(r"```python\n(.*?)```", text, re.S)[1]
    in_place_of_litert(monkeypatch, "segment_frame", segmenter)
    video = np.random.default_rng(0).integers(0, 256, (2, 8, 12, 3), "uint8")
    shown = []
    exec(loop, {"camera": video[:, None], "show": shown.append})
    np.testing.assert_allclose(255 * np.stack(shown), segmenter.masks(video), atol=1)
