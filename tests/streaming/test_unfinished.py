import os
import threading

import av
import pytest
import tensorflow as tf
from media import frames, images

from tfvgan.locks import Busy
from tfvgan.streaming.unfinished import Unfinished, can_go_on, identity, unfinished


def begun(out, record, parts=()):
    """Leaves an unfinished job with such parts, as a killed process does."""
    made = Unfinished(out, record)
    for number in parts:
        (made.folder / "part.video").write_text(str(number))
        made.keep(made.folder / "part.video", number)
    made._lock.close()
    return made


@pytest.mark.parametrize("numbers", [(1, 0), (99999, 100001, 7)])
def test_what_is_whole_is_found_again_in_order(tmp_path, numbers):
    out, record = tmp_path / "out.mp4", {"codec": "x"}
    folder = begun(out, record, numbers).folder
    assert folder == unfinished(out) == tmp_path / ".out.mp4.unfinished"
    assert can_go_on(out)
    with Unfinished(out, record, resume=True) as made:
        assert not can_go_on(out)
        assert [int(part.read_text()) for part in made.parts()] == sorted(numbers)
        (made.folder / "whole").write_text("all")
        made.put(made.folder / "whole")
    assert os.listdir(tmp_path) == ["out.mp4"] and out.read_text() == "all"


def test_what_does_not_fit_is_an_error(tmp_path):
    out = tmp_path / "out.mp4"
    with pytest.raises(ValueError, match="There is no unfinished"):
        Unfinished(out, {}, resume=True)
    assert os.listdir(tmp_path) == []
    begun(out, {"crf": 1, "source": "0" * 64})
    with pytest.raises(ValueError, match="was begun and not finished"):
        Unfinished(out, {"crf": 1, "source": "0" * 64})
    other = r"with other settings \(crf was 1 and is 2, another source, tiles was None and is 3\)"
    with pytest.raises(ValueError, match=other):
        Unfinished(out, {"crf": 2, "source": "1" * 64, "tiles": 3}, resume=True)


@pytest.mark.parametrize("text", ["", "[]", '"job"', '{"record": 7}', "{}"])
def test_a_record_that_says_nothing_is_of_another_job(tmp_path, text):
    made = begun(tmp_path / "out.mp4", {"crf": 1})
    (made.folder / "job.json").write_text(text)
    with pytest.raises(ValueError, match="or with other settings"):
        Unfinished(tmp_path / "out.mp4", {"crf": 1}, resume=True)


def test_one_at_a_time_and_nobody_is_advised_to_resume_what_runs(tmp_path):
    out = tmp_path / "out.mp4"
    with Unfinished(out, {"crf": 1}) as made:
        for resume in (False, True):
            with pytest.raises(Busy, match="out.mp4` is being written by process") as said:
                Unfinished(out, {"crf": 1}, resume)
            assert "resume" not in str(said.value)
        assert (made.folder / "job.json").is_file()
    Unfinished(out, {"crf": 1}, resume=True).remove()
    assert os.listdir(tmp_path) == []


def test_many_at_once_never_meet(tmp_path):
    """Begin, make, finish, over and over: whoever is in the folder is there alone."""
    inside, met, done = [], [], []

    def work():
        while len(done) < 20:
            try:
                with Unfinished(tmp_path / "out", {"crf": 1}, overwrite=True) as made:
                    inside.append(1)
                    met.append(len(inside))
                    (made.folder / "whole").write_text("all")
                    inside.pop()
                    made.put(made.folder / "whole")
                    done.append(1)
            except Busy:
                continue

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(met) == {1} and os.listdir(tmp_path) == ["out"]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, OSError])
@pytest.mark.parametrize("parts", [0, 1])
def test_what_a_wrong_input_stops_is_kept_where_something_is_whole(tmp_path, error, parts):
    with pytest.raises(error), Unfinished(tmp_path / "out.mp4", {"crf": 1}) as made:
        (made.folder / "part.video").touch()
        if parts:
            made.keep(made.folder / "part.video", 0)
        raise error
    assert can_go_on(tmp_path / "out.mp4") == bool(parts or error is not ValueError)
    assert made.folder.exists() == can_go_on(tmp_path / "out.mp4")


def test_what_can_not_be_resumed_leaves_nothing(tmp_path):
    with pytest.raises(KeyboardInterrupt), Unfinished(tmp_path / "out.mp4", None) as made:
        (made.folder / "part.video").touch()
        raise KeyboardInterrupt
    assert os.listdir(tmp_path) == []
    made = begun(tmp_path / "out.mp4", None, parts=[0])
    assert not can_go_on(tmp_path / "out.mp4"), "it was killed"
    with Unfinished(tmp_path / "out.mp4", None) as made:
        assert made.parts() == []


def test_what_is_left_of_one_that_was_removed_is_none(tmp_path):
    out = tmp_path / "out.mp4"
    unfinished(out).mkdir()
    (unfinished(out) / "part-00000.done").touch()
    with Unfinished(out, {}) as made:
        assert made.parts() == []


def test_what_was_begun_by_versions_before_is_told(tmp_path):
    unfinished(tmp_path / "out.tvg").touch()
    with pytest.raises(ValueError, match="did not note of what: remove"):
        Unfinished(tmp_path / "out.tvg", {})


def test_what_came_there_meanwhile_is_not_replaced_unless_it_may_be(tmp_path):
    out = tmp_path / "out.mp4"
    with pytest.raises(ValueError, match="is there already"), Unfinished(out, {}) as made:
        (made.folder / "part.video").touch()
        made.keep(made.folder / "part.video", 0)
        out.write_text("mine")
        made.put(made.parts()[0])
    assert out.read_text() == "mine" and len(made.parts()) == 1
    out.unlink()
    made.remove()
    begun(out, {})
    out.write_text("mine")
    with Unfinished(out, {}, resume=True, overwrite=True) as made:
        (made.folder / "whole").touch()
        made.put(made.folder / "whole")
    assert out.read_text() == ""


def test_missing_folders_are_made(tmp_path):
    with Unfinished(tmp_path / "a" / "b" / "out.mp4", {}) as made:
        (made.folder / "whole").touch()
        made.put(made.folder / "whole")
    assert os.listdir(tmp_path / "a" / "b") == ["out.mp4"]


def test_sources_are_told_by_all_their_files(tmp_path):
    assert identity(None) is None
    images(tmp_path / "in", frames(3))
    told = [identity(tmp_path / "in")]
    first, second = sorted((tmp_path / "in").iterdir())[:2]
    assert identity(tmp_path / "in") == told[0]
    state = first.stat()
    os.utime(second, ns=(state.st_atime_ns, state.st_mtime_ns + 1000))
    told.append(identity(tmp_path / "in"))
    second.rename(tmp_path / "in" / "9.png")
    told.append(identity(tmp_path / "in"))
    told += [identity(first), identity(tmp_path / "in" / "9.png")]
    assert len(set(told)) == 5


def test_other_encoders_and_other_arithmetic_do_not_go_on(tmp_path, monkeypatch):
    begun(tmp_path / "out.mp4", {"crf": 1})
    for module in (av, tf):
        with monkeypatch.context() as patch:
            patch.setattr(module, "__version__", "0.1")
            with pytest.raises(ValueError, match=rf"{module.__name__} was .* and is 0\.1"):
                Unfinished(tmp_path / "out.mp4", {"crf": 1}, resume=True)
