"""What is compared: files alone, once both are there, and nothing in the place of another."""

import functools

import media
import pytest

from tfvgan import streaming
from tfvgan.runs.comparing import with_comparison
from tfvgan.streaming import process
from tfvgan.tasks import Filler

READ = {"deinterlace": "auto", "fps": None, "partial": False}


def compared(video, out, resume=False, load=None):
    """Compares a video with itself, copied without a network."""
    job = {"resume": resume, "overwrite": False}
    load = load or (lambda: functools.partial(process, Filler(), video, out))
    return with_comparison(load, video, out, READ, job, compare=True, show=False)


def stop(*given, **named):
    raise KeyboardInterrupt


def test_a_comparison_alone_is_resumed_and_replaces_nothing(tmp_path, monkeypatch):
    path = media.video(tmp_path / "in", "h264.mkv", media.frames(3))
    out, picture = tmp_path / "out.mkv", tmp_path / "out-compared.png"
    picture.touch()
    with pytest.raises(ValueError, match="out-compared.png` is there already: name another"):
        compared(path, out)
    assert not out.exists()
    picture.unlink()
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(streaming, "compare", stop)
        compared(path, out)
    made = out.read_bytes()
    assert len(compared(path, out, resume=True, load=stop)) == 3  # No model is needed.
    assert out.read_bytes() == made and picture.stat().st_size


def test_pipes_are_not_compared():
    for video, out in (("-", "out.mp4"), ("in.mp4", "-")):
        with pytest.raises(ValueError, match="through a pipe is not kept to compare"):
            compared(video, out, load=stop)
