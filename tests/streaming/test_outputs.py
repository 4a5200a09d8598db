import os

import pytest

from tfvgan.streaming.outputs import check_free, check_out, check_resumable, is_images


def test_what_can_be_written_is_let_through(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "in.mp4").touch()
    for name, folder in (
        ("new.mp4", False),
        ("folder", True),
        ("new", True),
        ("no/new.mp4", False),
    ):
        check_out(tmp_path / name, (tmp_path / "in.mp4", None, "-"), folder=folder)
    (tmp_path / "folder" / "1.png").touch()
    check_out(tmp_path / "folder", overwrite=True, folder=True)


@pytest.mark.parametrize(
    ("name", "folder", "said"),
    [
        ("in.mp4", False, "is the video itself"),
        ("link.mp4", False, "is the video itself"),
        ("folder", False, "is a folder, but a file is to be made"),
        ("in", True, "is a file, but a folder of images is to be made"),
        ("fifo.mp4", False, "is a device or a pipe"),
        ("/dev/null", True, "is a device or a pipe"),
        ("-", False, "can't be written to a pipe"),
        ("", False, "has no name"),
    ],
)
def test_what_can_not_is_said_though_it_may_be_replaced(tmp_path, monkeypatch, name, folder, said):
    monkeypatch.chdir(tmp_path)
    for file in ("in.mp4", "in"):
        open(file, "w").close()
    os.link("in.mp4", "link.mp4")
    os.mkdir("folder")
    os.mkfifo("fifo.mp4")
    with pytest.raises(ValueError, match=said):
        check_out(name, ("in.mp4",), overwrite=True, folder=folder)


def test_nothing_is_replaced_unless_it_may_be(tmp_path):
    (tmp_path / "folder").mkdir()
    check_free(tmp_path / "folder")
    (tmp_path / "folder" / "mine.txt").touch()
    for path in (tmp_path / "folder", tmp_path / "folder" / "mine.txt"):
        with pytest.raises(ValueError, match="is there already: name another output"):
            check_out(path, folder=path.is_dir())


def test_an_output_without_an_ending_is_a_folder_of_images(tmp_path):
    (tmp_path / "a.b").mkdir()
    assert is_images(tmp_path / "new") and is_images(tmp_path / "a.b")
    assert not is_images("new.mp4") and not is_images("-")


def test_a_pipe_alone_is_not_resumed():
    for piped, resume in ((True, False), (False, True), (False, False)):
        check_resumable(piped, resume)
    with pytest.raises(ValueError, match="through a pipe can't be resumed: leave `resume` out"):
        check_resumable(True, True)
