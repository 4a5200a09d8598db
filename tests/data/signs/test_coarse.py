"""Quantisers are those that the encoder was told."""

import av
import media
import numpy as np
import pytest

from tfvgan.data.signs import coarseness
from tfvgan.data.signs.coarse import ASKED


def steps(path, asked=ASKED):
    with av.open(path) as container:
        stream = container.streams.video[0]
        stream.codec_context.options = asked
        return [coarseness(frame) for frame in container.decode(stream)]


def film(side=96):
    draws = np.random.default_rng(0)
    return draws.integers(0, 256, (3, side, side, 3)).astype("uint8")


@pytest.mark.parametrize("quantiser", [22, 34])
def test_h264_tells_its_quantiser(tmp_path, quantiser):
    how = {"qp": str(quantiser), "crf": "-1", "x264-params": f"qp={quantiser}:ipratio=1:pbratio=1"}
    path = media.video(tmp_path / "film", "h264.mp4", film(), **how)
    assert steps(path) == pytest.approx([(quantiser - 4) / 6] * 3, abs=0.2)


@pytest.mark.parametrize("quantiser", [4, 16])
def test_mpeg4_tells_its_quantiser(tmp_path, quantiser):
    path = str(tmp_path / "film.avi")
    with av.open(path, "w") as container:
        stream = container.add_stream("mpeg4", rate=25)
        stream.height = stream.width = 96
        stream.codec_context.qmin = stream.codec_context.qmax = quantiser
        for picture in film():
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode())
    assert steps(path)[0] == pytest.approx(np.log2(2 * quantiser))  # Two levels a unit.


def test_who_is_not_asked_or_does_not_know_tells_nothing(tmp_path):
    path = media.video(tmp_path / "film", "h264.mp4", film())
    assert steps(path, {}) == [None] * 3
    assert steps(media.video(tmp_path / "more", "vp9.webm", film()))[0] is None
