"""A script that was stopped goes on with the next video, unless what it measures has changed."""

import json

import pytest

from benchmarks import begun


@pytest.fixture(autouse=True)
def results(monkeypatch, tmp_path):
    """An empty folder of results."""
    monkeypatch.setattr(begun, "RESULTS", tmp_path)
    return tmp_path


def measure(seen, fails=()):
    """Returns what measures a video, and takes down its name."""

    def of(path):
        if path.name in fails:
            raise KeyboardInterrupt
        seen.append(path.name)
        return [{"video": path.name, "x": len(seen)}]

    return of


def test_it_goes_on_where_it_was_stopped_and_then_forgets(results):
    seen = []
    with pytest.raises(KeyboardInterrupt):
        list(begun.Begun("n", frames=2).of(["d/a", "d/b", "d/c"], measure(seen, ["b"])))
    again = begun.Begun("n", frames=2)
    assert "a" in again and "b" not in again
    rows = list(again.of(["d/a", "d/b", "d/c"], measure(seen)))
    assert seen == ["a", "b", "c"]
    assert rows == [{"video": name, "x": n + 1} for n, name in enumerate("abc")]
    again.end()
    assert not list(results.iterdir())


def test_other_settings_and_other_files_begin_anew(results, tmp_path):
    model = tmp_path / "model"
    model.mkdir()
    (model / "weights").write_bytes(b"1")
    seen = []
    for settings in ({"model": model}, {"model": model}, {"frames": 3, "model": model}):
        list(begun.Begun("n", **settings).of(["a"], measure(seen)))
    assert len(seen) == 2
    (model / "weights").write_bytes(b"2")
    list(begun.Begun("n", frames=3, model=model).of(["a"], measure(seen)))
    assert len(seen) == 3


def test_what_is_kept_is_no_result(results):
    list(begun.Begun("n").of(["a"], measure([])))
    (path,) = results.iterdir()
    assert path.suffix == ".begun" and json.loads(path.read_text())["rows"]["a"]
