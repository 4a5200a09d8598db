"""Settings: what was given and what was not, the file, and what may change on resuming."""

import json
import os
import random

import pytest
from mutations import changed

from tfvgan.runs import Settings


def test_make_takes_what_was_given_and_makes_paths_absolute(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    settings = Settings.make("videos", {"frames": 4, "cache": "clips"})
    assert settings.videos == str(tmp_path / "videos")
    assert settings.cache == str(tmp_path / "clips")
    assert (settings.frames, settings.size) == (4, 64)
    assert Settings.make(["a.mp4"], {}).videos == [str(tmp_path / "a.mp4")]
    monkeypatch.setattr("tfvgan.runs.settings.model_at", {"ink": "models/style_ink"}.get)
    begun = Settings.make("videos", {"network": "stylizer", "begin": "ink", "style": "ink"})
    assert begun.begin == str(tmp_path / "models" / "style_ink")
    assert begun.style == str(tmp_path / "ink"), "a picture is none of the package's models"


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


@pytest.mark.parametrize(
    "name, value", [("frames", 0), ("size", -1), ("batch_size", 10**9), ("fps", 0.0), ("seed", -1)]
)
def test_a_number_out_of_its_range_is_named(name, value):
    with pytest.raises(ValueError, match=f"`{name}` must be .* but is {value}"):
        Settings.make("videos", {name: value})


@pytest.mark.parametrize(
    "wrong, said",
    [
        ({"loss": "ls"}, "`loss` must be one of minimax, non_saturating, .*, but is 'ls'"),
        ({"penalty": "r3"}, "`penalty` must be one of none, r1, .*, but is 'r3'"),
        ({"decoder": "cv2"}, "`decoder` must be one of auto, tensorflow-io, pyav, but is 'cv2'"),
        ({"bad": "skip"}, "`bad` must be one of warn, error, but is 'skip'"),
        (
            {"crop": "left"},
            r"`crop` must be one of \('center', 'random', 'squeeze'\), but is 'left'",
        ),
        ({"frames": 4, "overlap": 4}, r"`overlap` must be in \[0, frames\), but is 4"),
        ({"fps": 5.0, "stride": 2}, "`stride` must be 1 when `fps` is given, but is 2"),
        ({"network": "codec", "conditional": True}, 'The network "codec" learns no classes'),
        (
            {"network": "codec", "square": 96},
            "`square` must be at most the `size` .* 64, but is 96",
        ),
        ({"network": "stylizer", "square": 96}, "`square` must be at most the `size` .* 64, bu"),
        ({"network": "restorer", "window": 17}, "`window` must be at most the `frames` .* 16, bu"),
        ({"network": "codec", "perceptual": 1.0}, "`perceptual` is of use with `detail` alone"),
        ({"network": "restorer", "adversarial": 0.0}, "`adversarial` is of use with `detail` al"),
        ({"network": "restorer", "recipes": "rain"}, "`recipes` may be clean, .*, but is 'rain'"),
        ({"network": "restorer", "recipes": ["old", "rain"]}, "old, but is 'rain'"),
    ],
)
def test_what_a_setting_may_not_be_is_said_before_anything_is_made(wrong, said):
    with pytest.raises(ValueError, match=said):
        Settings.make("videos", wrong)


def test_what_is_said_again_on_resuming_goes_with_what_was_said_before():
    codec = Settings.make("videos", {"network": "codec", "detail": "x", "perceptual": 1.0})
    assert codec.resumed(None, {"perceptual": 1.0, "epochs": 50}).epochs == 50
    long = Settings.make("videos", {"frames": 32, "overlap": 24})
    assert long.resumed(None, {"overlap": 24}) == long


def test_settings_of_a_later_version_are_said(tmp_path):
    Settings.make("videos", {}).save(tmp_path)
    said = json.loads((tmp_path / "settings.json").read_text())
    (tmp_path / "settings.json").write_text(json.dumps(said | {"later": 1}))
    with pytest.raises(ValueError, match="'later' is nothing that this version knows, so update"):
        Settings.load(tmp_path)


def test_settings_of_an_application_are_read_by_their_names_and_refused_by_others(tmp_path):
    given = {"network": "restorer", "recipes": "old", "detail": "first", "window": 3}
    settings = Settings.make("videos", given)
    assert (settings.recipes, settings.window, settings.factor) == ("old", 3, None)
    assert os.path.isabs(settings.detail)
    settings.save(tmp_path)
    assert Settings.load(tmp_path) == settings
    assert "factor" not in json.loads((tmp_path / "settings.json").read_text())
    assert settings.resumed(None, {"recipes": "old", "epochs": 3}).window == 3
    with pytest.raises(ValueError, match=r"window=3 \(now 2\)"):
        settings.resumed(None, {"window": 2})
    for wrong, said in (
        (
            {"recipes": "old"},
            '`recipes` is for the network "restorer" alone, but the network',
        ),
        ({"network": "codec", "window": 0}, "`window` must be above 0 and at most 1e"),
    ):
        with pytest.raises(ValueError, match=said):
            Settings.make("videos", wrong)
    with pytest.raises(AttributeError, match="no setting 'framez'"):
        settings.framez  # noqa: B018


def test_what_was_saved_when_all_networks_had_all_settings_is_read(tmp_path):
    old = dict.fromkeys(("factor", "recipes", "square", "detail", "perceptual", "begin"))
    said = {"videos": "/videos", "network": "vgan", **old, "width": None, "epochs": 3}
    (tmp_path / "settings.json").write_text(json.dumps(said))
    assert Settings.load(tmp_path) == Settings.make("/videos", {"epochs": 3})
    (tmp_path / "settings.json").write_text(json.dumps({**said, "recipes": 3}))
    with pytest.raises(ValueError, match="`recipes` should be a text or a list or null, but is 3"):
        Settings.load(tmp_path)


def tried(folder, count):
    """Returns how many of so many changed files of settings were refused."""
    Settings.make(
        "videos", {"network": "restorer", "recipes": ["clean", "noisy"], "fps": 12.5}
    ).save(folder)
    path, draw, refused = folder / "settings.json", random.Random(0), 0
    good = path.read_bytes()
    for _ in range(count):
        path.write_bytes(changed(good, draw))
        try:
            assert Settings.load(folder).resumed(None, {"epochs": 3}).epochs == 3
        except ValueError as error:
            assert str(error).count("\n") == 0
            refused += 1
    return refused


def test_whatever_a_file_says_it_is_settings_or_a_sentence(tmp_path):
    assert 200 < tried(tmp_path, 300) < 300


@pytest.mark.slow
def test_whatever_a_file_says_for_long(tmp_path):
    assert tried(tmp_path, 20_000) > 10_000
