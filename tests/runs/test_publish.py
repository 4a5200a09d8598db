"""publish: a folder that is there whole or not at all, and whose card tells the truth."""

import os
import re
import sys
from types import SimpleNamespace

import keras
import numpy as np
import pytest
from moving import texture
from PIL import Image

from tfvgan.data import write_video
from tfvgan.locks import Busy
from tfvgan.networks import (
    ContinuousGenerator,
    DcganGenerator,
    EnlargerGenerator,
    RestorerGenerator,
)
from tfvgan.runs import Settings, load_run, publish
from tfvgan.tasks import Enlarger, Restorer, Sampler
from tfvgan.tasks.generation.card import PublishedSampler

MODULE = sys.modules["tfvgan.runs.publish"]
SAID = {"data": "moving shapes", "licence": "CC0"}


def sampler(network=ContinuousGenerator, **arguments):
    generator = network(8, frames=4, size=8, width=8, **arguments)
    generator.build()
    return Sampler(generator, fps=5.0)


@pytest.fixture
def no_exports(exported, monkeypatch):
    """Leaves the exports and the pictures out, which take seconds."""
    monkeypatch.setattr(PublishedSampler, "draw", lambda *arguments: None)
    monkeypatch.setattr(MODULE, "_fewer_colours", lambda path: None)


def test_one_process_publishes_at_a_place(no_exports, monkeypatch, tmp_path):
    out, said = tmp_path / "models" / "shapes", []

    def second(*arguments):
        with pytest.raises(Busy, match="shapes` is being written by process") as error:
            publish("runs/none", out, **SAID)
        said.append(str(error.value))

    monkeypatch.setattr(PublishedSampler, "draw", second)
    publish(sampler(DcganGenerator), out, **SAID)
    assert said and os.listdir(out.parent) == ["shapes"]
    with pytest.raises(ValueError, match="is there already"):
        publish("runs/none", out, **SAID)


def test_a_run_is_published_with_what_is_known_of_it(no_exports, monkeypatch, tmp_path):
    run, out = tmp_path / "run", tmp_path / "models" / "shapes"
    run.mkdir()
    made = sampler(DcganGenerator, num_classes=2)
    model = SimpleNamespace(sampler=made, generate=made.generate, steps_made=1234)
    monkeypatch.setattr(MODULE, "loaded", lambda run: model)
    (run / "classes.json").write_text('["circle", "square"]')
    Settings.make("shapes", {"network": "dcgan", "conditional": True, "fps": 5.0}).save(run)
    read, load = [], Settings.load
    monkeypatch.setattr(Settings, "load", lambda folder: read.append(folder) or load(folder))
    assert publish(run, out, what="Shapes.", notes="## Limits\n\nGrey.", **SAID) == str(out)
    assert len(read) == 1
    written = ["1", "README.md", "SHA256SUMS", "generator.json", "generator.keras"]
    assert sorted(os.listdir(out)) == written
    assert "generator.json" in (out / "SHA256SUMS").read_text()
    assert os.listdir(out.parent) == ["shapes"]
    loaded = load_run(out)
    assert (loaded.class_names, loaded.fps) == (["circle", "square"], 5.0)
    np.testing.assert_array_equal(loaded.generate(1), model.sampler.generate(1))
    card = (out / "README.md").read_text()
    for said in ("# shapes", "| What | Shapes. |", "| Data | moving shapes |", "| Licence | CC0 |"):
        assert said in card
    assert "tfvgan train shapes --out runs/run --network dcgan --conditional --fps 5.0" in card
    assert "| Steps | 1234 |" in card and "| Classes | circle, square |" in card
    assert f"| Parameters | {loaded.generator.count_params():,} |" in card
    assert "Grey." in card and str(tmp_path) not in card


def test_what_is_there_is_left_alone_and_a_failure_leaves_nothing(no_exports, tmp_path):
    (tmp_path / "mine").mkdir()
    with pytest.raises(ValueError, match="is there already"):
        publish(sampler(), tmp_path / "mine", **SAID)
    with pytest.raises(ValueError, match="`example` is for models that take frames of any"):
        publish(sampler(), tmp_path / "new", example="good.mp4", **SAID)
    second = EnlargerGenerator(2, 8, width=8, depth=1)
    second.build()
    with pytest.raises(ValueError, match="holds a Enlarger: give the run of a first stage"):
        publish(Enlarger(second), tmp_path / "new", **SAID)
    with pytest.raises(FileNotFoundError):
        publish(sampler(DcganGenerator), tmp_path / "new", scores="none.jsonl", **SAID)
    assert os.listdir(tmp_path) == ["mine"]


@pytest.mark.slow
def test_an_edge_is_for_frames_of_any_size(tmp_path):
    with pytest.raises(ValueError, match="`edge` is for models that take frames .* this is a gen"):
        publish(sampler(), tmp_path / "x", **SAID, edge=(8, 8))


@pytest.mark.slow
def test_the_cards_examples_run(tmp_path, monkeypatch):
    """The Keras block, and the endless loop on LiteRT, whose frames are those of one video."""
    published = sampler(num_classes=2)
    publish(published, tmp_path / "models" / "x", **SAID)
    assert {"strip.png", "xt.png"} <= set(os.listdir(tmp_path / "models" / "x"))
    assert {
        "generate-float32.tflite",
        "moment-float32.tflite",
        "moment-dynamic.tflite",
        "parity.json",
        "saved_model.pb",
    } <= set(os.listdir(tmp_path / "models" / "x" / "1"))
    card = (tmp_path / "models" / "x" / "README.md").read_text()
    keras_block, loop = re.findall(r"```python\n(.*?)```", card, re.S)
    monkeypatch.chdir(tmp_path)
    known = {}
    exec(keras_block, known)
    expected = published.generate(4, seed=7, labels=0, frames=64)
    assert np.abs(known["videos"].astype(int) - expected).max() <= 1
    frames, noise = [], []

    class Enough(Exception):
        pass

    def show(frame):
        frames.append(frame)
        if len(frames) == 40:
            raise Enough

    known = {"show": show}
    with pytest.raises(Enough):
        exec(loop, known)
    draw = np.random.default_rng(0).standard_normal
    latents, noise = draw((1, 8), "float32"), draw((1, 5, 32), "float32")
    noise = np.concatenate([noise, *(draw((1, 1, 32), "float32") for _ in range(2))], axis=1)
    named = {"latents": latents, "motion": noise, "label": np.zeros(1, "int32")}
    named["times"] = np.arange(40, dtype="float32")[None]
    video = published.generator(named)[0]
    np.testing.assert_allclose(np.stack(frames), keras.ops.convert_to_numpy(video), atol=1e-4)


def test_a_picture_of_fewer_colours_is_smaller_and_looks_the_same(tmp_path):
    path = tmp_path / "x.png"
    wave = np.sin(np.arange(96) / 9)
    picture = np.stack([np.add.outer(wave, n * wave) for n in (1, -1, 0.5)], axis=-1)
    picture = np.uint8(127 + 60 * picture + np.random.default_rng(0).normal(0, 2, picture.shape))
    Image.fromarray(picture).save(path)
    before = path.stat().st_size
    MODULE._fewer_colours(path)
    assert path.stat().st_size < before / 2
    seen = np.int16(Image.open(path).convert("RGB"))
    assert np.abs(seen - picture).max() < 32 and np.abs(seen - picture).mean() < 8


@pytest.mark.slow
def test_a_restorer_has_files_of_whole_numbers_measured_on_real_clips(tmp_path):
    """Untrained it is bicubic resizing, and loses little; what may lose nothing is left out."""
    network = RestorerGenerator(2, 8, 1)
    network.build()
    video = texture(24, 64, (1.0, 0.5))[0]
    write_video(tmp_path / "x.mp4", video, fps=25)
    for name, limit in (("whole", 3.0), ("none", 0.0)):
        said = {**SAID, "example": tmp_path / "x.mp4", "edge": (24, 32)}
        out = publish(Restorer(network), tmp_path / name, **said, allowed={"int8": {"lost": limit}})
        card = (tmp_path / name / "README.md").read_text()
        files = os.listdir(f"{out}/1")
        assert {"restore_frame-float32.tflite", "restore_frame-dynamic.tflite"} <= set(files)
        assert ("restore_frame-int8.tflite" in files) == (name == "whole")
        left_out = "Left out: the int8 export of `restore_frame` may lose 0 dB of PSNR, but loses"
        assert (left_out in card) == (name == "none")
    with pytest.raises(ValueError, match="`clips` is for models that read frames"):
        publish(sampler(), tmp_path / "new", **SAID, clips=["x.mp4"])
