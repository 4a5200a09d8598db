import pytest

from tfvgan.streaming.unfinished import Unfinished, unfinished


def test_what_is_whole_is_found_again_in_order(tmp_path):
    out, settings = tmp_path / "out.mp4", {"codec": "x"}
    begun = Unfinished(out, settings, resume=False)
    assert begun.folder == unfinished(out) == tmp_path / ".out.mp4.unfinished"
    for number in (1, 0):
        (begun.folder / "part.video").write_text(str(number))
        begun.keep(begun.folder / "part.video", number)
    found = Unfinished(out, settings, resume=True).parts()
    assert [part.read_text() for part in found] == ["0", "1"]
    begun.remove()
    assert not begun.folder.exists()


def test_what_does_not_fit_is_an_error(tmp_path):
    out = tmp_path / "out.mp4"
    with pytest.raises(ValueError, match="There is no unfinished"):
        Unfinished(out, {}, resume=True)
    Unfinished(out, {"crf": 1}, resume=False)
    with pytest.raises(ValueError, match="was begun and not finished"):
        Unfinished(out, {"crf": 1}, resume=False)
    with pytest.raises(ValueError, match="with other settings"):
        Unfinished(out, {"crf": 2}, resume=True)


def test_what_is_left_of_one_that_was_removed_is_none(tmp_path):
    out = tmp_path / "out.mp4"
    unfinished(out).mkdir()
    (unfinished(out) / "part-00000.done").touch()
    assert Unfinished(out, {}, resume=False).parts() == []
