import os
from types import SimpleNamespace

import av
import numpy as np
import pytest

from tfvgan.data.synthetic import moving_shapes
from tfvgan.data.write import write_video, write_videos

VIDEO = moving_shapes(1, frames=5, size=16, seed=3)["video"][0]


def read(path):
    with av.open(path) as container:
        stream = container.streams.video[0]
        frames = np.stack([f.to_ndarray(format="rgb24") for f in container.decode(stream)])
        codec = stream.codec_context
        # A closed container takes its streams' memory with it.
        facts = SimpleNamespace(rate=stream.average_rate, codec=codec.name, pix_fmt=codec.pix_fmt)
        return frames, facts


def test_mp4_plays_everywhere_and_reads_back_nearly(tmp_path):
    frames, stream = read(write_video(tmp_path / "a.mp4", VIDEO, fps=10))
    assert (stream.codec, stream.pix_fmt, stream.rate) == ("h264", "yuv420p", 10)
    assert frames.shape == VIDEO.shape
    assert np.abs(frames.astype(int) - VIDEO).mean() < 8


@pytest.mark.parametrize("level", [0, 100, 255])
def test_mp4_keeps_an_even_grey(tmp_path, level):
    video = np.full((3, 16, 16, 3), level, np.uint8)
    frames, _ = read(write_video(tmp_path / "a.mp4", video))
    assert np.abs(frames.astype(int) - level).max() <= 3


def test_mp4_pads_odd_sides(tmp_path):
    frames, _ = read(write_video(tmp_path / "a.mp4", VIDEO[:, :15, :9]))
    assert frames.shape == (5, 16, 10, 3)


def test_gif_of_few_colours_is_exact(tmp_path):
    frames, stream = read(write_video(tmp_path / "a.gif", VIDEO[:, :15, :9], fps=10))
    np.testing.assert_array_equal(frames, VIDEO[:, :15, :9])
    assert stream.rate == 10
    assert b"NETSCAPE2.0" in (tmp_path / "a.gif").read_bytes()


def test_gif_of_many_colours_is_near(tmp_path):
    x, y = np.meshgrid(np.arange(32) * 8, np.arange(32) * 8)
    video = np.stack([x, y, 255 - x], -1)[None].astype(np.uint8).repeat(3, 0)
    frames, _ = read(write_video(tmp_path / "a.gif", video))
    assert np.abs(frames.astype(int) - video).mean() < 8


def test_one_frame_is_a_video(tmp_path):
    for ending in ("mp4", "gif"):
        assert len(read(write_video(tmp_path / f"a.{ending}", VIDEO[:1]))[0]) == 1


def test_nothing_half_written_is_left(tmp_path, monkeypatch):
    write_video(tmp_path / "a.mp4", VIDEO)
    before = (tmp_path / "a.mp4").read_bytes()

    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        write_video(tmp_path / "a.mp4", VIDEO[:2])
    assert os.listdir(tmp_path) == ["a.mp4"]
    assert (tmp_path / "a.mp4").read_bytes() == before


def test_a_batch_is_written_in_each_format(tmp_path):
    paths = write_videos(tmp_path / "new", np.stack([VIDEO, VIDEO]), fps=8, prefix="x")
    assert [os.path.basename(path) for path in paths] == [
        "x-000.mp4", "x-000.gif", "x-001.mp4", "x-001.gif",
    ]  # fmt: skip
    assert all(len(read(path)[0]) == 5 for path in paths)


@pytest.mark.parametrize(
    ("name", "video", "fps", "message"),
    [
        ("a.webm", VIDEO, 25, ".mp4 or .gif"),
        ("a.mp4", VIDEO / 255.0, 25, "to_uint8"),
        ("a.mp4", VIDEO[0], 25, "shape"),
        ("a.mp4", VIDEO[:0], 25, "hold a frame"),
        ("a.mp4", VIDEO, 0, "fps"),
    ],
)
def test_what_cannot_be_written_is_refused(tmp_path, name, video, fps, message):
    with pytest.raises(ValueError, match=message):
        write_video(tmp_path / name, video, fps)
    assert not os.listdir(tmp_path)


def test_fewer_bytes_or_no_loss_can_be_asked_for(tmp_path):
    sizes = [
        os.path.getsize(write_video(tmp_path / "a.mp4", VIDEO, crf=crf)) for crf in (0, 17, 51)
    ]
    assert sizes[0] > sizes[1] > sizes[2]
    for crf in (-1, 52):
        with pytest.raises(ValueError, match="`crf` must be from 0"):
            write_video(tmp_path / "b.mp4", VIDEO, crf=crf)
    with pytest.raises(ValueError, match="`crf` is of .mp4, but `path` is"):
        write_video(tmp_path / "b.gif", VIDEO, crf=20)
    assert not list(tmp_path.glob("b.*"))
    assert os.listdir(tmp_path) == ["a.mp4"]
