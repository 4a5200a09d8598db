"""tfvgan.data.files: folders, globs, lists, files and folders of images become videos."""

import pytest

from tfvgan.data.files import VideoFile, image_files, is_image_folder, list_videos, say_gaps


def touch(root, *names):
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def names(found, root):
    return [str(video.path)[len(str(root)) + 1 :] for video in found]


def test_folder_without_sub_folders_is_one_class_in_the_order_of_numbers(tmp_path):
    touch(tmp_path, "clip10.mp4", "clip2.MP4", "clip1.webm", "notes.txt", ".hidden.mp4")
    found = list_videos(tmp_path)
    assert names(found, tmp_path) == ["clip1.webm", "clip2.MP4", "clip10.mp4"]
    assert {(video.label, video.class_name) for video in found} == {(0, "")}
    assert found == list_videos(str(tmp_path))


def test_sub_folders_are_classes_in_alphabetical_order(tmp_path):
    touch(tmp_path, "run/a.mp4", "jump/deep/er/b.mkv", "jump/c.mp4")
    found = list_videos(tmp_path)
    assert [(video.label, video.class_name) for video in found] == [
        (0, "jump"),
        (0, "jump"),
        (1, "run"),
    ]


def test_folder_of_numbered_images_is_one_video(tmp_path):
    touch(tmp_path, "a/0.png", "a/1.png", "b/0.jpg", "c.mp4", "c.png")
    found = list_videos(tmp_path)
    assert names(found, tmp_path) == ["a", "b", "c.mp4"]
    assert {video.class_name for video in found} == {""}
    assert list_videos(tmp_path / "a") == [VideoFile(str(tmp_path / "a"))]
    assert is_image_folder(tmp_path / "a") and not is_image_folder(tmp_path)


def test_image_folders_in_sub_folders_have_classes(tmp_path):
    touch(tmp_path, "run/one/0.png", "run/two/0.png", "jump/one/0.png")
    assert [video.class_name for video in list_videos(tmp_path)] == ["jump", "run", "run"]


def test_images_come_in_the_order_of_their_numbers(tmp_path):
    touch(tmp_path, "f10.png", "f9.png", "f1.png", "index.txt")
    assert [path[-7:] for path in image_files(tmp_path)] == ["/f1.png", "/f9.png", "f10.png"]


def test_one_file_may_have_any_name(tmp_path):
    touch(tmp_path, "film.bin")
    assert list_videos(tmp_path / "film.bin") == [VideoFile(str(tmp_path / "film.bin"), 0, "")]


def test_glob_matches_videos_and_folders(tmp_path):
    touch(tmp_path, "run/a.mp4", "jump/b.mp4", "jump/c.txt")
    for pattern in ("*/*", "**/*.mp4", "*"):
        found = list_videos(f"{tmp_path}/{pattern}")
        assert names(found, tmp_path) == ["jump/b.mp4", "run/a.mp4"]
        assert [video.class_name for video in found] == ["jump", "run"]


def test_list_keeps_its_order(tmp_path):
    touch(tmp_path, "b.mp4", "a.mp4", "more/c.mp4")
    wanted = [tmp_path / "b.mp4", str(tmp_path / "a.mp4")]
    assert names(list_videos(wanted), tmp_path) == ["b.mp4", "a.mp4"]
    found = list_videos([*wanted, tmp_path / "more"])
    assert [video.label for video in found] == [0, 0, 1]
    assert found[2].class_name == "more"


def test_folders_of_equal_name_stay_different_classes(tmp_path):
    touch(tmp_path, "x/run/a.mp4", "y/run/b.mp4")
    found = list_videos([tmp_path / "x" / "run", tmp_path / "y" / "run"])
    assert [video.label for video in found] == [0, 1]
    assert len({video.class_name for video in found}) == 2


def test_names_with_brackets_are_found(tmp_path):
    touch(tmp_path, "clip [1].mp4")
    assert len(list_videos(tmp_path / "clip [1].mp4")) == 1


@pytest.mark.parametrize("path", ["missing", "missing/*.mp4", "empty"])
def test_nothing_there_says_what_to_give(tmp_path, path):
    touch(tmp_path, "empty/readme.txt")
    with pytest.raises(ValueError, match=r"give a folder, a glob"):
        list_videos(tmp_path / path)


def test_empty_list_is_an_error():
    with pytest.raises(ValueError, match="list of videos is empty"):
        list_videos([])


def test_links_lead_to_every_video_once(tmp_path):
    """Loops of links, and folders that can be reached in two ways, give no video twice."""
    touch(tmp_path / "videos", "a/1.mp4", "b/2.mp4", "b/deep/3.mp4", "z/4.mp4")
    touch(tmp_path / "elsewhere", "5.mp4", "more/6.mp4")
    for link, target in (
        ("videos/a/up", "videos"),
        ("videos/a/across", "videos/b"),
        ("videos/b/deep/self", "videos/b/deep"),
        ("videos/b/back", "videos/a"),
        ("videos/c", "elsewhere"),
        ("videos/d", "elsewhere/more"),
        ("elsewhere/more/loop", "elsewhere"),
        ("elsewhere/home", "."),
    ):
        (tmp_path / link).symlink_to(tmp_path / target, target_is_directory=True)
    (tmp_path / "videos" / "z" / "5.mp4").symlink_to(tmp_path / "elsewhere" / "5.mp4")
    found = list_videos(tmp_path / "videos")
    assert names(found, tmp_path / "videos") == [
        "a/1.mp4", "b/2.mp4", "b/deep/3.mp4", "c/5.mp4", "c/more/6.mp4", "z/4.mp4", "z/5.mp4",
    ]  # fmt: skip
    assert [video.class_name for video in found] == list("abbcczz")
    (tmp_path / "link").symlink_to(tmp_path / "videos", target_is_directory=True)
    assert len(list_videos(tmp_path / "link")) == len(found)


def test_a_cover_hides_no_folders_of_videos(tmp_path, caplog):
    touch(tmp_path, "cover.jpg", "run/a.mp4", "run/poster1.png", "jump/0/0.png", "jump/0/1.png")
    found = list_videos(tmp_path)
    assert names(found, tmp_path) == ["jump/0", "run/a.mp4"]
    assert [video.class_name for video in found] == ["jump", "run"]
    assert f"pictures such as `cover.jpg` in `{tmp_path}` are left out" in caplog.text


def test_numbered_images_are_a_video_whatever_lies_below(tmp_path, caplog):
    touch(tmp_path, "a/0.png", "a/1.png", "a/small/0.png", "b/0.png", "b/.cache/0.png", "b/x/y.txt")
    assert names(list_videos(tmp_path), tmp_path) == ["a", "b"]
    assert "folders such as `small`" in caplog.text and caplog.text.count("left out") == 1


@pytest.mark.parametrize(
    "names, said",
    [
        (["1", "2", "5", "6", "9"], "in 2 places, such as between f2.png and f5.png"),
        (["0", "10", "20"], ""),
        (["7", "8"], ""),
        (["a", "1", "5"], ""),
        (["1", "01", "9"], ""),
    ],
)
def test_missing_numbers_are_said(names, said, tmp_path, caplog):
    files = [str(tmp_path / f"f{name}.png") for name in names]
    say_gaps(tmp_path, files)
    assert (said in caplog.text) if said else not caplog.text
