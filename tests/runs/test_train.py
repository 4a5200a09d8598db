"""A run: its folder, and that stopping, killing and resuming leave no trace in the weights."""

import importlib
import os
import shutil
import signal
import subprocess
import sys
import time
from types import SimpleNamespace

import films
import keras
import numpy as np
import pytest
import tensorflow as tf
from PIL import Image
from same import assert_same_weights

from tfvgan import weights
from tfvgan.data import prepare
from tfvgan.locks import Busy
from tfvgan.runs import Unhealthy, enlarge, load_model, load_run, train

pytestmark = pytest.mark.usefixtures("without_pictures")  # But for those of `whole`.
TINY = {"frames": 2, "size": 8, "width": 4, "batch_size": 2, "steps_per_epoch": 3}
TINY["decoder"] = "pyav"  # No process to start.
SCRIPT = """
import sys
from tfvgan.runs import train
videos, out, epochs, resume = sys.argv[1:]
train(videos, out, resume=resume == "resume", epochs=int(epochs), **{tiny!r})
"""


@pytest.fixture(scope="module")
def videos(tmp_path_factory):
    return str(films.folder(tmp_path_factory.mktemp("videos"), frames=(6, 5), classes=()))


@pytest.fixture(scope="module")
def whole(videos, tmp_path_factory):
    """A run of three epochs that nothing disturbed."""
    out = tmp_path_factory.mktemp("runs") / "whole"
    train(videos, out, epochs=3, **TINY)
    return out


class Act(keras.callbacks.Callback):
    """Does something after so many steps."""

    def __init__(self, step, action):
        super().__init__()
        self.step, self.action = step, action

    def on_train_batch_end(self, batch, logs=None):
        if int(self.model.step) == self.step:
            self.action(self.model)


def assert_same_runs(first, second):
    assert_same_weights(load_run(first), load_run(second))


def test_a_run_folder_holds_all_there_is_to_know(whole):
    assert sorted(path.name for path in whole.iterdir()) == [
        "cache", "checkpoints", "clips.json", "curves.png", "log.csv", "model.keras", "previews",
        "settings.json", "tensorboard",
    ]  # fmt: skip
    assert len(list((whole / "previews").glob("*.png"))) == 3
    assert len(list((whole / "previews").glob("*.mp4"))) == 3
    assert list((whole / "tensorboard").rglob("events.*"))
    header, *rows = (whole / "log.csv").read_text().splitlines()
    assert {"epoch", "d_loss", "g_loss", "d_real", "d_fake", "diversity"} <= set(header.split(","))
    assert [row.split(",")[0] for row in rows] == ["0", "1", "2"]


@pytest.mark.parametrize(
    "number", [signal.SIGINT, pytest.param(signal.SIGTERM, marks=pytest.mark.slow)]
)
def test_a_signal_within_an_epoch_saves_and_resuming_leaves_no_trace(
    videos, whole, tmp_path, number
):
    stop = Act(4, lambda model: os.kill(os.getpid(), number))
    with pytest.raises(KeyboardInterrupt, match="Stopped after step 4"):
        train(videos, tmp_path / "run", callbacks=[stop], epochs=3, **TINY)
    assert int(load_run(tmp_path / "run").step) == 4
    train(None, tmp_path / "run", resume=True)
    assert_same_runs(whole, tmp_path / "run")
    rows = (tmp_path / "run" / "log.csv").read_text().splitlines()
    assert [row.split(",")[0] for row in rows] == ["epoch", "0", "1", "2"]


@pytest.mark.parametrize(
    ("network", "name", "more"),
    [
        ("stylizer", "lpips-alex", {"filter": "ink"}),
        ("stylizer", "lpips-vgg", {"style": "x.png"}),
        ("steadier", "lpips-alex", {}),
    ],
)
def test_missing_weights_are_told_before_videos_are_read(
    videos, tmp_path, monkeypatch, network, name, more
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TFVGAN_HOME", str(tmp_path / "home"))
    module = importlib.import_module("tfvgan.runs.train")  # Whose name is the function's, too.
    monkeypatch.setattr(module, "prepare_clips", lambda *given: pytest.fail("They were read."))
    Image.new("RGB", (20, 20)).save("x.png")
    given = {"network": network, "frames": 3, "size": 16, "width": 8, "depth": 1, **more}
    with pytest.raises(weights.MissingWeights, match=f"^The .* run `tfvgan weights fetch {name}`"):
        train(videos, tmp_path / "run", **given)
    assert not (tmp_path / "run").exists()


def test_each_of_several_workers_trains_on_its_rows(monkeypatch):
    module = importlib.import_module("tfvgan.runs.train")
    rows = {"video": tf.constant([[2.0], [3.0]]), "place": tf.constant([2, 3])}
    made = tf.data.Dataset.from_tensors(rows)
    monkeypatch.setattr(module, "clips_of", lambda *given: given[-1])
    batches = lambda share, settings, start: made if share == (1, 2) else None  # noqa: E731
    monkeypatch.setattr(module, "application", lambda name: SimpleNamespace(batches=batches))
    settings, model = SimpleNamespace(network="x", batch_size=4), SimpleNamespace(steps_made=0)
    (batch,) = module._batches(model, settings, "out", share=(1, 2))
    assert batch.keys() == {"video"} and batch["video"].numpy().tolist() == [[2], [3]]


SPARSE = {**TINY, "frames": 5, "network": "continuous", "augment": "adaptive"}


def test_a_network_of_moments_is_shown_a_few_of_each_clip(videos, tmp_path, eagerly):
    shapes = []

    class Watch(keras.callbacks.Callback):
        def on_train_begin(self, logs=None):
            inputs = self.model.discriminator_inputs
            self.model.discriminator_inputs = lambda video, batch: (
                shapes.append((video.shape, batch["times"].shape)) or inputs(video, batch)
            )

    train(videos, tmp_path / "run", callbacks=[Watch()], epochs=1, **SPARSE)
    assert set(shapes) == {((2, 3, 8, 8, 3), (2, 3))}
    header, row = (tmp_path / "run" / "log.csv").read_text().splitlines()
    logs = dict(zip(header.split(","), row.split(",")))
    assert 0 <= float(logs["augment_p"]) < 1 and float(logs["diversity"]) >= 0


@pytest.mark.slow
def test_a_network_of_moments_resumes_without_a_trace(videos, tmp_path):
    settings = {**SPARSE, "epochs": 2}
    train(videos, tmp_path / "whole", **settings)
    stop = Act(4, lambda model: os.kill(os.getpid(), signal.SIGINT))
    with pytest.raises(KeyboardInterrupt, match="Stopped after step 4"):
        train(videos, tmp_path / "run", callbacks=[stop], **settings)
    train(None, tmp_path / "run", resume=True)
    assert_same_runs(tmp_path / "whole", tmp_path / "run")


ENLARGING = {**TINY, "network": "enlarger", "frames": 3, "size": 16, "factor": 2, "width": 8}


@pytest.mark.slow
def test_a_second_stage_resumes_without_a_trace_in_the_folder_of_the_first(videos, tmp_path):
    train(videos, tmp_path / "whole", epochs=2, **ENLARGING)
    out = tmp_path / "first" / "enlarger"
    stop = Act(4, lambda model: os.kill(os.getpid(), signal.SIGINT))
    with pytest.raises(KeyboardInterrupt, match="Stopped after step 4"):
        train(videos, out, callbacks=[stop], epochs=2, **ENLARGING)
    train(None, out, resume=True)
    expected, found = load_model(tmp_path / "whole"), load_model(out)
    assert_same_weights(expected, found)
    assert len(list((out / "previews").glob("*.mp4"))) == 2
    header, *rows = (out / "log.csv").read_text().splitlines()
    assert {"consistency", "fidelity"} <= set(header.split(",")) and len(rows) == 2
    small = np.zeros((1, 4, 8, 8, 3), np.uint8)
    assert enlarge(tmp_path / "first", small).shape == (1, 4, 16, 16, 3)


@pytest.mark.slow
def test_a_finished_run_can_be_made_longer(videos, whole, tmp_path):
    train(videos, tmp_path / "run", epochs=1, **TINY)
    with pytest.raises(ValueError, match="has trained all of its 1 epochs"):
        train(videos, tmp_path / "run", resume=True)
    train(videos, tmp_path / "run", resume=True, epochs=3)
    assert_same_runs(whole, tmp_path / "run")


def test_a_damaged_checkpoint_costs_the_steps_since_the_one_before(videos, whole, tmp_path, caplog):
    """The newest is cut off, as by a crash of the machine: the run ends with the same weights."""
    shutil.copytree(whole, tmp_path / "run")
    (tmp_path / "run" / "model.keras").unlink()
    before, newest = sorted((tmp_path / "run" / "checkpoints").iterdir())
    newest.write_bytes(newest.read_bytes()[:1000])
    assert int(load_run(tmp_path / "run").step) == 6, "it is looked at, but not set aside"
    train(None, tmp_path / "run", resume=True)
    assert_same_runs(whole, tmp_path / "run")
    assert "step-00000009.keras` is damaged" in caplog.text and before.name in caplog.text
    assert newest.with_name("step-00000009.keras.damaged").stat().st_size == 1000


def test_a_run_that_was_killed_at_the_last_moment_is_finished(videos, whole, tmp_path):
    """Behind the last checkpoint, and before model.keras is there, or is that of fewer epochs."""
    shutil.copytree(whole, tmp_path / "run")
    (tmp_path / "run" / "model.keras").unlink()
    train(None, tmp_path / "run", resume=True)
    assert (tmp_path / "run" / "model.keras").is_file()
    assert_same_runs(whole, tmp_path / "run" / "model.keras")
    shutil.copy(sorted((whole / "checkpoints").iterdir())[0], tmp_path / "run" / "model.keras")
    train(None, tmp_path / "run", resume=True)
    assert_same_runs(whole, tmp_path / "run" / "model.keras")
    with pytest.raises(ValueError, match="has trained all of its 3 epochs"):
        train(None, tmp_path / "run", resume=True)


def test_what_looks_on_ends_no_training(videos, tmp_path, caplog, monkeypatch):
    spoil = keras.callbacks.LambdaCallback(
        on_epoch_begin=lambda epoch, logs: (tmp_path / "run" / "log.csv").write_bytes(b"\0,\xff")
    )
    saved = []

    def look(*given):
        saved.append(len(list((tmp_path / "run" / "checkpoints").iterdir())))
        raise OSError("No space left on device")

    monkeypatch.setattr("tfvgan.plots.curves", look)
    train(videos, tmp_path / "run", callbacks=[spoil], epochs=2, **TINY)
    assert saved == [1, 2], "an epoch is saved before it is looked at"
    assert "log.csv is damaged" in caplog.text and "goes on without: No space" in caplog.text


def test_one_process_trains_in_a_folder(videos, tmp_path):
    said = []

    def second(model):
        for more in ({"resume": True}, TINY):
            with pytest.raises(Busy, match="is being written by process") as error:
                train(videos, tmp_path / "run", **more)
            said.append(str(error.value))

    train(videos, tmp_path / "run", callbacks=[Act(2, second)], epochs=1, **TINY)
    assert len(said) == 2 and not any("resum" in text for text in said)


def test_a_run_goes_on_with_the_clips_that_it_began_with_alone(videos, whole, tmp_path):
    folder, run = tmp_path / "videos", tmp_path / "run"
    shutil.copytree(videos, folder)
    train(folder, run, epochs=1, **TINY)
    films.film(folder / "new.mp4", 4, seed=8)
    with pytest.raises(ValueError, match=r"other clips .* \(5 clips of 2 videos and 7 clips of 3 "):
        train(None, run, resume=True, epochs=3)
    (folder / "new.mp4").unlink()
    first = folder / "0.mp4"
    kept = first.read_bytes()
    films.film(first, 6, seed=9)
    with pytest.raises(ValueError, match=r"other clips .* \(5 clips of 2 videos\)"):
        train(None, run, resume=True, epochs=3)
    first.write_bytes(kept)
    shutil.rmtree(run / "cache")
    train(None, run, resume=True, epochs=3)
    assert_same_runs(whole, run)


def test_a_full_disk_leaves_a_run_to_resume(videos, whole, tmp_path, monkeypatch):
    def full(*given, **named):
        raise OSError("No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(sys.modules["tfvgan.runs.clips"], "prepare", full)
        with pytest.raises(OSError, match="No space left"):
            train(videos, tmp_path / "run", epochs=3, **TINY)
    train(None, tmp_path / "run", resume=True)
    assert_same_runs(whole, tmp_path / "run")


def test_classes_keep_their_names(tmp_path):
    videos = films.folder(tmp_path / "videos", frames=(4, 4))
    model = train(videos, tmp_path / "run", conditional=True, epochs=1, **TINY)
    assert model.generator.num_classes == 2
    assert (tmp_path / "run" / "classes.json").read_text() == '["run", "walk"]\n'


def test_time_may_end_it(videos, tmp_path):
    model = train(videos, tmp_path / "run", minutes=1e-9, epochs=3, **TINY)
    assert int(model.step) == 1 and (tmp_path / "run" / "model.keras").is_file()


def test_a_folder_in_use_is_left_alone(videos, tmp_path):
    (tmp_path / "note.txt").write_text("mine")
    with pytest.raises(ValueError, match="is not empty"):
        train(videos, tmp_path, **TINY)
    assert os.listdir(tmp_path) == ["note.txt"]


def test_other_settings_are_no_resuming(videos, whole):
    with pytest.raises(ValueError, match=r"batch_size=2 \(now 4\)"):
        train(videos, whole, resume=True, batch_size=4)


@pytest.mark.parametrize("empty", [False, True], ids=["new folder", "empty folder"])
def test_a_wrong_input_leaves_no_run(tmp_path, empty):
    (tmp_path / "videos").mkdir()
    (tmp_path / "videos" / "text.mp4").write_text("no video")
    out = tmp_path / "run"
    if empty:
        out.mkdir()
    with pytest.raises(ValueError):
        train(tmp_path / "videos", out, **TINY)
    assert out.exists() == empty and not (empty and os.listdir(out))
    with pytest.raises(ValueError):
        train(tmp_path / "nowhere", out, **TINY)
    with pytest.raises(ValueError, match="size"):
        train(tmp_path / "videos", out, **{**TINY, "size": 12})
    assert out.exists() == empty


def test_a_training_that_diverges_ends_with_the_last_good_weights(videos, tmp_path):
    def spoil(model):
        for variable in model.generator.trainable_variables:
            variable.assign(variable * np.nan)

    with pytest.raises(Unhealthy, match="is nan after step"):
        train(videos, tmp_path / "run", callbacks=[Act(4, spoil)], epochs=3, **TINY)
    model = load_run(tmp_path / "run")
    assert int(model.step) == 3
    assert all(np.all(np.isfinite(weight)) for weight in model.get_weights())


@pytest.mark.slow
def test_a_killed_process_leaves_no_trace_in_the_weights(videos, tmp_path):
    """SIGKILL at an arbitrary moment, twice; the third process ends as if alone."""
    settings = {**TINY, "steps_per_epoch": 20}
    script = SCRIPT.replace("{tiny!r}", repr(settings))
    train(videos, tmp_path / "whole", epochs=6, **settings)

    def begin(resume):
        command = [sys.executable, "-c", script, videos, str(tmp_path / "run"), "6", resume]
        return subprocess.Popen(command, stdout=subprocess.DEVNULL)

    def saved():
        return sorted((tmp_path / "run" / "checkpoints").glob("step-*.keras"))

    for resume in ("new", "resume"):
        process, before = begin(resume), saved()
        while saved() == before and process.poll() is None:
            time.sleep(0.02)
        time.sleep(0.3)
        process.kill()
        assert process.wait() == -signal.SIGKILL
    assert saved() and not (tmp_path / "run" / "model.keras").exists()
    assert begin("resume").wait() == 0
    assert_same_runs(tmp_path / "whole", tmp_path / "run")


@pytest.mark.slow
def test_a_second_process_is_refused_and_the_first_is_not_disturbed(videos, whole, tmp_path):
    script, out = SCRIPT.replace("{tiny!r}", repr(TINY)), tmp_path / "run"

    def command(resume):
        return [sys.executable, "-c", script, videos, str(out), "3", resume]

    with subprocess.Popen(command("new"), stdout=subprocess.DEVNULL) as first:
        while not (out / "settings.json").is_file():
            assert first.poll() is None
            time.sleep(0.02)
        first.send_signal(signal.SIGSTOP)  # It stays in the middle.
        for resume in ("new", "resume"):
            second = subprocess.run(command(resume), capture_output=True, text=True)
            last = second.stderr.strip().splitlines()[-1]
            assert f"is being written by process {first.pid} on" in last and "resum" not in last
        first.send_signal(signal.SIGCONT)
        assert first.wait() == 0
    assert_same_runs(whole, out)


def test_a_prepared_folder_is_trained_on_without_its_videos(videos, whole, tmp_path):
    folder = tmp_path / "videos"
    shutil.copytree(videos, folder)
    prepare(folder, tmp_path / "cache", frames=2, size=8, decoder="pyav", progress=False)
    shutil.rmtree(folder)
    train(tmp_path / "cache", tmp_path / "run", epochs=3, **TINY)
    assert not (tmp_path / "run" / "cache").exists()
    assert_same_runs(tmp_path / "run", whole)


def test_a_rotten_clip_ends_a_training_in_a_sentence(videos, tmp_path):
    cache = prepare(videos, tmp_path / "cache", frames=2, size=8, decoder="pyav", progress=False)
    with open(tmp_path / "cache" / cache.files[0].shard, "r+b") as shard:
        shard.seek(cache.files[0].first)
        shard.write(b"rotten")
    with pytest.raises(ValueError, match="^Clip 0 of .* is damaged: delete the cache's folder"):
        train(tmp_path / "cache", tmp_path / "run", epochs=3, **TINY)
