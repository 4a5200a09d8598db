"""The streams of an open file: the picture, not its cover; packets that are whole."""

import av
import media
import pytest

from tfvgan.data import UnreadableVideo
from tfvgan.data.opening import opened
from tfvgan.data.streams import packets, video_stream


@pytest.mark.parametrize("make", [media.audio, media.covered])
def test_a_cover_is_no_video(make, tmp_path):
    path = make(tmp_path / "x.mp4")
    with opened(path) as container, pytest.raises(UnreadableVideo, match="it holds sound only"):
        video_stream(path, container)


def test_a_packet_that_the_end_of_a_file_cuts_short_is_none(tmp_path):
    """FFmpeg gives what there is of it, from which a decoder would make half a picture."""
    path = tmp_path / "x.mov"
    with av.open(str(path), "w", options={"movflags": "+faststart"}) as container:
        stream = container.add_stream("mjpeg", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuvj420p"
        for picture in media.frames(4):
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            container.mux(stream.encode(frame.reformat(format="yuvj420p")))
        container.mux(stream.encode())
    with opened(path) as container:
        found = [packet for packet in container.demux(video=0) if packet.size]
        sizes, last = [packet.size for packet in found], found[-1].pos
    path.write_bytes(path.read_bytes()[: last + 100])
    with opened(path) as container:
        assert [packet.size for packet in container.demux(video=0)] == [*sizes[:3], 100, 0]
    with opened(path) as container:
        found = packets(container, container.streams.video[0])
        assert [packet.size for packet in found] == [*sizes[:3], 0]
