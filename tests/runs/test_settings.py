"""Settings: what was given and what was not, the file, and what may change on resuming."""

import json

import pytest

from tfvgan.runs import Settings


def test_make_takes_what_was_given_and_makes_paths_absolute(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    settings = Settings.make("videos", {"frames": 4, "cache": "clips"})
    assert settings.videos == str(tmp_path / "videos")
    assert settings.cache == str(tmp_path / "clips")
    assert (settings.frames, settings.size) == (4, 64)
    assert Settings.make(["a.mp4"], {}).videos == [str(tmp_path / "a.mp4")]


def test_save_and_load_give_the_same_settings(tmp_path):
    settings = Settings.make("videos", {"augment": "color", "minutes": 2.5, "flip": True})
    settings.save(tmp_path)
    assert Settings.load(tmp_path) == settings
    assert [path.name for path in tmp_path.iterdir()] == ["settings.json"]
    assert json.loads((tmp_path / "settings.json").read_text())["augment"] == "color"


def test_only_the_length_may_change():
    settings = Settings.make("videos", {"frames": 4})
    longer = settings.resumed(None, {"epochs": 80, "frames": 4})
    assert (longer.epochs, longer.frames) == (80, 4)
    assert settings.resumed("videos", {}) == settings
    with pytest.raises(ValueError, match=r"size=64 \(now 32\), seed=0 \(now 1\)"):
        settings.resumed(None, {"epochs": 80, "size": 32, "seed": 1})
    with pytest.raises(ValueError, match="videos="):
        settings.resumed("others", {})


def test_says_what_is_wrong(tmp_path):
    with pytest.raises(ValueError, match="no setting 'framez'"):
        Settings.make("videos", {"framez": 4})
    with pytest.raises(ValueError, match="needs `videos`"):
        Settings.make(None, {})
    with pytest.raises(ValueError, match="holds no run"):
        Settings.load(tmp_path)


def test_clip_settings_are_those_of_the_data():
    import inspect

    from tfvgan.data import clips, prepare

    settings = Settings.make("videos", {}).clip_settings()
    for function in (clips, prepare):
        known = inspect.signature(function).parameters
        assert set(settings) <= set(known)
        assert all(known[name].default == value for name, value in settings.items())
