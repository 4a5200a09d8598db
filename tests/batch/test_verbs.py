"""What each verb makes of the files of a folder: the same as it makes of one."""

import importlib
from pathlib import Path

import films
import keras
import pytest
import tiny_codec
import toy_verb

from tfvgan import runs, streaming
from tfvgan.batch import run_folder, verbs
from tfvgan.batch.verbs import VERBS, named_for, video_name
from tfvgan.networks import RestorerGenerator
from tfvgan.tasks import Restorer


def saved(path, kind, network):
    keras.utils.set_random_seed(0)
    network.build()
    return kind(network).save(path / "generator.keras")


@pytest.fixture
def videos(tmp_path):
    return films.folder(tmp_path / "in", frames=(3, 4), classes=("walk",))


def test_names_of_outputs():
    assert [video_name(name) for name in ("a.mkv", "w/a.GIF", "shot", "a.Mp4")] == [
        *("a.mkv", "w/a.GIF.mp4", "shot", "a.Mp4")
    ]
    packed, unpacked = (VERBS[verb].named for verb in ("compress", "decompress"))
    names = ("a.mkv", "w/a.gif", "shot")
    assert [packed(name) for name in names] == ["a.mkv.tvg", "w/a.gif.tvg", "shot.tvg"]
    assert [unpacked(packed(name)) for name in names] == ["a.mkv", "w/a.gif.mp4", "shot.mp4"]
    assert named_for("restore", ".webm")("w/a.mkv") == "w/a.webm"


@pytest.mark.parametrize("strength", [1.0, 0.25])
def test_a_file_of_a_folder_is_as_one_alone(strength, videos, tmp_path, eagerly):
    model = saved(tmp_path, Restorer, RestorerGenerator(2, 8, 1))
    settings = {"model": model, "codec": "ffv1", "strength": strength}
    outcome = run_folder("restore", videos, tmp_path / "out", settings, ending=".mkv")
    assert not outcome.failed and outcome.made == ["walk/0.mp4", "walk/1.mp4"]
    alone = tmp_path / "alone.mkv"
    runs.restore(videos / "walk" / "1.mp4", alone, model, codec="ffv1", strength=strength)
    assert (tmp_path / "out" / "walk" / "1.mkv").read_bytes() == alone.read_bytes()


@pytest.mark.parametrize(
    ("verb", "name", "loading"),
    [
        ("stylize", "style", {"strength": 0.5}),
        ("segment", "model", {"view": "cutout", "shrink": 3, "grow": 5}),
    ],
)
def test_the_model_is_loaded_as_it_is_asked_for(verb, name, loading, videos, tmp_path, monkeypatch):
    loads, makes = [], []

    def load(place, *given, **named):
        loads.append((place, *given, *named.values()))
        return "a model"

    def make(video, out, **how):
        makes.append(how)
        films.film(out, 1)

    monkeypatch.setattr(
        verbs, {"stylize": "load_stylizer", "segment": "load_segmenter"}[verb], load
    )
    monkeypatch.setattr(verbs, verb, make)
    assert len(run_folder(verb, videos, tmp_path / "out", {name: "x", **loading}).made) == 2
    assert loads == [("x", *loading.values())]
    assert makes == [{name: "a model", **loading, "resume": False, "overwrite": False}] * 2


def test_a_published_network_stays_a_name(videos, tmp_path, monkeypatch):
    makes = []

    def make(video, out, **how):
        makes.append(how["model"])
        films.film(out, 1)

    monkeypatch.setattr(verbs, "load_restorer", lambda model, strength, level: object())
    monkeypatch.setattr(verbs, "restore", make)
    run_folder("restore", videos, tmp_path / "out", {"model": "span_x2"})
    assert makes == ["span_x2"] * 2


@pytest.mark.parametrize(
    ("verb", "settings", "said"),
    [
        ("restore", {"task": "nothing"}, "no model in the package for the task 'nothing'"),
        ("restore", {"task": "x2", "model": "m"}, "give `task` or `model`, not both"),
        ("restore", {"task": "holes"}, "says is missing"),
        ("stylize", {"style": "nobody"}, "called 'nobody'"),
        ("segment", {"model": "nobody"}, "called 'nobody'"),
        ("compress", {"codec": "learned", "model": "m"}, "give `codec` or `model`"),
        ("compress", {"codec": "none"}, "must be enhanced or learned"),
    ],
)
def test_settings_that_suit_no_file_are_refused_at_once(verb, settings, said, videos, tmp_path):
    with pytest.raises(ValueError, match=said):
        run_folder(verb, videos, tmp_path / "out", settings)
    assert not (tmp_path / "out" / "walk").exists()


def test_the_codec_is_loaded_as_it_is_asked_for(videos, tmp_path, monkeypatch):
    loads, makes = [], []

    def load(model, **how):
        loads.append((model, {name: value for name, value in how.items() if value is not None}))
        return tiny_codec.codec()

    def make(video, out, **how):
        makes.append((type(how.pop("model")).__name__, how))
        Path(out).write_text("small")

    monkeypatch.setattr(verbs, "load_codec", load)
    monkeypatch.setattr(verbs, "shipped_codec", lambda *given: given)
    monkeypatch.setattr(verbs, "compress", make)
    settings = {"codec": "learned", "bits": 0.1, "longest": 9}
    assert len(run_folder("compress", videos, tmp_path / "out", settings).made) == 2
    assert loads == [(("learned", "detail"), {"bits": 0.1})]
    how = {"bits": 0.1, "longest": 9, "resume": False, "overwrite": False}
    assert makes == [("LearnedCodec", how)] * 2


@pytest.mark.parametrize("partial", [False, True])
def test_damage_is_told_unless_a_part_is_to_do(partial, tmp_path, monkeypatch):
    toy_verb.films(tmp_path / "in", "a.mp4.tvg", "b.mp4.tvg")

    def make(video, out, **how):
        assert how == {"crf": 20, "resume": False, "overwrite": False}
        Path(out).write_text("large")
        return ["group 3 is lost"] if video.endswith("b.mp4.tvg") else []

    monkeypatch.setattr(verbs, "decompress", make)
    settings = {"crf": 20, "partial": partial}
    outcome = run_folder("decompress", tmp_path / "in", tmp_path / "out", settings)
    assert outcome.made == ["a.mp4.tvg", "b.mp4.tvg"]
    assert [record["name"] for record in outcome.damaged] == ["b.mp4.tvg"] * (not partial)


@pytest.mark.slow
def test_a_folder_is_compressed_and_decompressed(videos, tmp_path, monkeypatch):
    codec = tiny_codec.codec()
    monkeypatch.setattr(verbs, "load_codec", lambda model, **how: codec)
    monkeypatch.setattr(verbs, "shipped_codec", lambda *given: "shipped")
    decompressing = importlib.import_module("tfvgan.runs.compress")
    monkeypatch.setattr(decompressing, "named", lambda *given: codec)
    outcome = run_folder("compress", videos, tmp_path / "small")
    assert not outcome.failed and len(outcome.made) == 2
    outcome = run_folder("decompress", tmp_path / "small", tmp_path / "back", {"codec": "libx264"})
    assert not outcome.failed and outcome.made == ["walk/0.mp4.tvg", "walk/1.mp4.tvg"]
    back = [tmp_path / "back" / "walk" / f"{number}.mp4" for number in (0, 1)]
    assert [len(list(streaming.Source(path).frames())) for path in back] == [3, 4]
    file = tmp_path / "small" / "walk" / "1.mp4.tvg"
    file.write_bytes(file.read_bytes()[:-40])
    outcome = run_folder("decompress", tmp_path / "small", tmp_path / "back", {"codec": "libx264"})
    assert outcome.damaged or outcome.failed


def test_restore_looks_at_each_file_where_nobody_said_how(monkeypatch):
    asked = []
    monkeypatch.setattr(verbs, "restore", lambda *given, **named: asked.append((given, named)))
    make = verbs.open_restore({"scale": 1, "prefer": "fidelity"})
    assert make("a.mp4", "b.mp4", resume=False, overwrite=True) == []
    how = {"scale": 1, "prefer": "fidelity", "resume": False, "overwrite": True}
    assert asked == [(("a.mp4", "b.mp4"), how)]
    with pytest.raises(ValueError, match="`scale` .--scale. is for the task auto"):
        verbs.open_restore({"scale": 1, "task": "x2"})
    with pytest.raises(ValueError, match="`prefer` must be one of"):
        verbs.open_restore({"prefer": "beauty"})
