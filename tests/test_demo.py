"""The demo, shortened: all that it promises is there, twice, with one decoding."""

import functools
import json

import films
import golden_tvg
import pytest

from tfvgan import demo, runs
from tfvgan.tasks import Restorer

PROMISED = (
    "better.mp4",
    "better-compared.png",
    "small.tvg",
    "small-compared.png",
    "back.mp4",
    "base.mp4",
    "film_strip.png",
    "time_slice.png",
    "curves.png",
    "samples/grid.mp4",
    "samples/sample-000.mp4",
    "samples/sample-005.gif",
    "long.mp4",
    "run/model.keras",
    "saved_models/demo/1/saved_model.pb",
    "saved_models/demo/1/parity.json",
)


@pytest.mark.slow
def test_writes_all_that_it_promises_and_decodes_once(tmp_path, monkeypatch, capsys):
    monkeypatch.setitem(demo.SETTINGS, "width", 8)
    out = tmp_path / "demo"
    version = demo.demo(out, minutes=0.1)
    assert version == str(out / "saved_models" / "demo" / "1")
    for name in PROMISED:
        assert (out / name).is_file(), name
    table = json.loads((out / "saved_models" / "demo" / "1" / "parity.json").read_text())
    exact = {row["endpoint"]: row for row in table["rows"] if row["target"] == "float32"}
    assert set(exact) == {"generate", "moment"}
    assert all(row["max_difference"] <= 1e-3 for row in exact.values())
    found = {row["target"] for row in table["rows"]}
    assert {"keras", "saved_model", "float32"} <= found  # A quantised one may be too far off.
    said = capsys.readouterr().out
    assert f"tfvgan train --out {out}/run --resume" in said and f"{out}:" in said
    assert "Left out" not in said and "show little yet" in said
    assert said.index(" minutes in all ") < said.index("Restoring")

    shards = {path: path.stat().st_mtime_ns for path in (out / "cache").glob("*.tfrecord")}
    again = demo.demo(out, minutes=0.01)
    assert again.endswith("/2") and (out / "run-2" / "model.keras").is_file()
    assert {path: path.stat().st_mtime_ns for path in shards} == shards
    assert f"tfvgan train --out {out}/run-2 --resume" in capsys.readouterr().out


def test_what_is_compressed_is_said(tmp_path, monkeypatch, capsys):
    path = films.film(tmp_path / "x.mp4", frames=4, size=(96, 96))
    for name in ("compress", "decompress"):
        job = functools.partial(getattr(runs, name), model=Restorer(golden_tvg.network()))
        monkeypatch.setattr(demo, name, job)
    captions = []
    draw = demo.picture_of
    monkeypatch.setattr(demo, "picture_of", lambda shown: captions.extend(shown) or draw(shown))
    demo._compress(path, tmp_path)
    said = capsys.readouterr().out
    small, large = ((tmp_path / name).stat().st_size for name in ("small.tvg", "x.mp4"))
    pixels = 4 * 96 * 96
    assert f"takes {small:,} bytes, {8 * small / pixels:.3f} bits per pixel" in said
    assert f"and its original {large:,}." in said and "PSNR" not in said
    assert all((tmp_path / name).is_file() for name in PROMISED[2:6])
    assert captions == [
        f"base layer of {8 * small / pixels:.3f} bits per pixel",
        "the same, improved by the network",
        f"original, {8 * large / pixels:.3f} bits per pixel",
    ]


def test_scenes_are_classes(tmp_path, monkeypatch):
    films = [tmp_path / f"{name}.mp4" for name in (*demo.SCENES, "bikes")]
    for film in films:
        film.write_bytes(b"video")
    monkeypatch.setattr(demo, "sample_videos", lambda: [str(film) for film in films])
    folder = demo._collect(tmp_path / "videos")
    found = sorted(str(path.relative_to(folder)) for path in folder.rglob("*.mp4"))
    assert found == ["bunny/bigbuckbunny.mp4", "phone/carphone_pristine.mp4"]


def test_runs_are_never_overwritten(tmp_path):
    assert demo._unused(tmp_path / "run") == tmp_path / "run"
    (tmp_path / "run").mkdir()
    (tmp_path / "run-2").mkdir()
    assert demo._unused(tmp_path / "run") == tmp_path / "run-3"


@pytest.mark.parametrize(
    ("steps", "minutes", "more"),
    [(1000, 4.5, 30), (999, 4.5, 30), (201, 4.5, 30), (50, 4.5, 86), (1, 4, 3996), (0, 2, 2000)],
)
def test_a_machine_that_was_too_slow_is_told_and_how_long_to_go_on(steps, minutes, more):
    """So that there are steps enough after as many minutes again as those took."""
    said, typed = demo._verdict(steps, minutes)
    assert said.endswith("Continue with") and f"{steps:,} steps" in said and typed == more
    assert ("show little yet" in said) == (steps < demo.ENOUGH)
