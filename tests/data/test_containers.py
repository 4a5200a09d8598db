"""tfvgan.data.containers: bytes that a header promises and the file lacks."""

import media
import pytest

from tfvgan.data.containers import missing_bytes

FORMS = ["h264.mp4", "h264.mov", "h264.mkv", "vp9.webm", "mjpeg.avi", "gif"]


@pytest.mark.parametrize("form", FORMS)
def test_whole_files_miss_nothing_and_cut_ones_do(tmp_path, form):
    path = media.video(tmp_path / "a", form)
    assert missing_bytes(path) == 0
    with open(path, "r+b") as file:
        size = file.seek(0, 2)
        file.truncate(size // 2)
    assert 0 < missing_bytes(path) <= size - size // 2


@pytest.mark.parametrize("form", FORMS)
def test_what_stands_behind_the_end_is_no_matter(tmp_path, form):
    path = media.video(tmp_path / "a", form)
    with open(path, "ab") as file:
        file.write(b"\0" * 40)
    assert missing_bytes(path) == 0


def test_unknown_files_promise_nothing(tmp_path):
    assert missing_bytes(media.text(tmp_path / "a.mp4")) == 0
    assert missing_bytes(media.empty(tmp_path / "b.mp4")) == 0
    assert missing_bytes(media.no_frames(tmp_path / "c.mkv")) == 0


def test_a_riff_file_that_went_through_a_pipe_leaves_its_length_open(tmp_path):
    path = media.video(tmp_path / "a", "mjpeg.avi")
    with open(path, "r+b") as file:
        file.seek(4)
        file.write(b"\xff" * 4)
    assert missing_bytes(path) == 0
