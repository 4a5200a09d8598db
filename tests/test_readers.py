"""Whoever reads a file sees the same colours: those that it means, said or not."""

import av
import numpy as np
import pytest
from av.video.reformatter import Colorspace

from tfvgan.data.decode import probe, read_video
from tfvgan.data.errors import UnreadableVideo
from tfvgan.data.worker import POOL, Unavailable
from tfvgan.evaluation.pairing import find_pairs, windows
from tfvgan.streaming import Source
from tfvgan.tasks.compression.file_encoding import groups

PATCHES = [(200, 40, 40), (40, 160, 60), (50, 60, 190), (120, 120, 120)]
SD, HD = (64, 64), (720, 64)


def tensorflow_io(path):
    try:
        POOL.ffmpeg()
        return read_video(path, decoder="tensorflow-io")[0]
    except Unavailable as error:
        pytest.skip(str(error))
    except UnreadableVideo as error:
        assert "mjpeg" in probe(path).codec and "colours are not 4:2:0" in str(error)
        pytest.skip("PyAV decodes what has its colours amid the pixels")


READERS = {
    "tensorflow-io": tensorflow_io,
    "pyav": lambda path: read_video(path, decoder="pyav")[0],
    "pyav, scaled": lambda path: read_video(path, size=32, crop="none", decoder="pyav")[0],
    "restore": lambda path: next(Source(path).frames()).rgb,
    "compress": lambda path: next(groups(Source(path), 2))[0][0],
    "evaluate": lambda path: next(windows(find_pairs(path, path)[0], 0)).output[0],
}


def film(path, size, matrix, said, codec="libx264"):
    """Writes two frames of four patches by a matrix, which the file says or not."""
    picture = np.repeat([PATCHES], size[1] // 4, 1).reshape(1, size[1], 3).repeat(size[0], 0)
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=25)
        stream.height, stream.width = size
        stream.pix_fmt = "yuvj420p" if codec == "mjpeg" else "yuv420p"
        stream.options = {"crf": "4", "flags": "+qscale", "global_quality": "118"}
        if said:
            stream.codec_context.colorspace = {Colorspace.ITU709: 1, Colorspace.ITU601: 6}[matrix]
        for _ in range(2):
            frame = av.VideoFrame.from_ndarray(picture.astype("uint8"), format="rgb24")
            frame = frame.reformat(format=stream.pix_fmt, dst_colorspace=matrix)
            frame.colorspace = stream.codec_context.colorspace
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return str(path)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    ("size", "matrix", "said", "codec"),
    [
        (SD, Colorspace.ITU601, False, "libx264"),
        (SD, Colorspace.ITU601, True, "libx264"),
        (SD, Colorspace.ITU709, True, "libx264"),
        (HD, Colorspace.ITU709, False, "libx264"),
        (HD, Colorspace.ITU709, True, "libx264"),
        (HD, Colorspace.ITU601, True, "libx264"),
        (HD, Colorspace.ITU709, False, "mpeg4"),
        (SD, Colorspace.ITU601, False, "mjpeg"),
        (HD, Colorspace.ITU601, False, "mjpeg"),
    ],
)
def test_all_readers_see_the_colours_that_are_meant(tmp_path, reader, size, matrix, said, codec):
    picture = READERS[reader](film(tmp_path / "x.mkv", size, matrix, said, codec))
    width = picture.shape[1] // 4
    for number, colour in enumerate(PATCHES):
        inside = picture[8:-8, number * width + 2 : (number + 1) * width - 2]
        np.testing.assert_allclose(inside.mean((0, 1)), colour, atol=6)
