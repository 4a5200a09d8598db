"""What FFmpeg is handed to read: videos and pictures, and nothing that leads to another file."""

import base64
import io
from pathlib import Path

import av
import media
import pytest

from tfvgan.data import UnreadableVideo
from tfvgan.data.opening import open_input, opened

ANOTHER = {  # Files that are made of a file beside them.
    "concat.mp4": "ffconcat version 1.0\nfile other.ts\n",
    "playlist.m3u8": "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:1.2,\nother.ts\n#EXT-X-ENDLIST\n",
}


@pytest.fixture
def other(tmp_path):
    """Returns the path of a video that belongs to someone else."""
    path = tmp_path / "other.ts"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for picture in media.frames():
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode())


@pytest.mark.parametrize("name", ANOTHER)
def test_no_other_file_is_followed(name, other, tmp_path):
    path = tmp_path / name
    path.write_text(ANOTHER[name])
    with av.open(f"file:{path}") as followed:
        assert next(followed.decode(video=0)).width == 64  # It would be.
    kind = "of a kind that is not read, such as a playlist"
    with pytest.raises(UnreadableVideo, match=kind), opened(path):
        pass
    with pytest.raises(UnreadableVideo, match="standard input can't be read"):
        open_input(io.BytesIO(ANOTHER[name].encode()), "standard input")


def test_a_name_is_no_pattern_of_names(tmp_path):
    media.images(tmp_path)
    pattern = tmp_path / "frame_%d.png"
    pattern.touch()
    with av.open(f"file:{pattern}") as followed:
        assert sum(1 for _ in followed.decode(video=0)) == 12
    with pytest.raises(UnreadableVideo), opened(pattern):
        pass


@pytest.mark.parametrize(
    "address", ["data:image/png;base64,{data}", "concat:{path}", "cache:{path}"]
)
def test_nothing_but_files_is_opened(address, tmp_path):
    folder = media.images(tmp_path / "images", media.frames(1))
    path = next(Path(folder).iterdir())
    data = base64.b64encode(path.read_bytes()).decode()
    address = address.format(path=path, data=data)
    with av.open(address) as followed:
        assert followed.streams.video
    with pytest.raises(UnreadableVideo):
        open_input(address, "x")
