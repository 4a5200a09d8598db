import json
import shutil
import subprocess
import sys

import keras
import media
import numpy as np
import pytest

from tfvgan.networks import RestorerGenerator, SegmenterGenerator, StylizerGenerator
from tfvgan.serving.server import job_worker
from tfvgan.serving.server.job_worker import (
    Unchanged,
    changed,
    often,
    stepper_of,
    without_place,
)
from tfvgan.streaming import Source
from tfvgan.tasks import Restorer, Segmenter, Stylizer

SIZE = (48, 64)


class Inverted(Unchanged):
    identity = "inverted"

    def step(self, window, state):
        made, state = super().step(window, state)
        return 255 - made, state


@pytest.fixture
def job(tmp_path, monkeypatch):
    """A job's folder with a clip, whose model inverts colours."""
    monkeypatch.setattr(job_worker, "stepper_of", lambda *given: Inverted())
    folder = tmp_path / "job"
    folder.mkdir()

    def told(form="h264.mkv"):
        clip = media.video(tmp_path / "clip", form, media.frames(4, *SIZE))
        shutil.copy(clip, folder / "upload")
        return {"folder": str(folder), "kind": "stylize", "model": "", "options": {}, "memory": 4e3}

    return told


def frames(path):
    return np.stack([frame.rgb for frame in Source(path).frames()]).astype(int)


@pytest.mark.parametrize(
    ("form", "ending"),
    [
        ("mpeg4.avi", ".mp4"),
        ("mjpeg.mov", ".mp4"),
        ("vp9.webm", ".mp4"),
        ("hevc 10 bit.mp4", ".webm"),
    ],
)
def test_any_clip_is_written_as_browsers_play_it_before_and_after(job, tmp_path, form, ending):
    steps, told = [], job(form)
    names = changed(told, lambda done, count: steps.append((done, count)))
    assert names == {"before": f"before{ending}", "after": f"after{ending}"}
    before, after = (frames(tmp_path / "job" / name) for name in names.values())
    given = frames(tmp_path / "job" / "upload")
    assert before.shape == after.shape == given.shape
    assert np.abs(before - given).mean() < 4 and np.abs(255 - after - given).mean() < 4
    assert steps == [(done, 8) for done in range(1, 9)]
    for name in names.values():
        source = Source(tmp_path / "job" / name)
        assert source.info.codec == {".mp4": "h264", ".webm": "vp9"}[ending]


@pytest.mark.slow
def test_the_packages_own_steppers_are_loaded(tmp_path):
    keras.utils.set_random_seed(0)
    for kind, network, alone, options in (
        ("restore", RestorerGenerator(1, 8, 1), Restorer, {"strength": 0.5}),
        ("stylize", StylizerGenerator(8, 1), Stylizer, {"strength": 0.25}),
        ("segment", SegmenterGenerator(2, 8, 1), Segmenter, {"view": "overlay"}),
    ):
        network.build()
        folder = tmp_path / kind
        folder.mkdir()
        alone(network).save(folder / "generator.keras")
        found = stepper_of(kind, str(folder), options)
        assert isinstance(found, alone)
        ((name, value),) = options.items()
        assert getattr(found, name) == value


def test_progress_is_told_now_and_then_and_at_the_end(monkeypatch):
    times, said = iter([1.0, 1.01, 1.3, 1.31]), []
    monkeypatch.setattr(job_worker.time, "monotonic", lambda: next(times))
    progress = often(lambda **head: said.append((head["made"], head["count"])))
    for done in range(1, 5):
        progress(done, 4)
    assert said == [(1, 4), (3, 4), (4, 4)]


def test_errors_do_not_say_where_the_clip_lies():
    assert (
        without_place("`/somewhere/a/upload` is no video.\nmore", "/somewhere/a")
        == "The clip is no video."
    )
    assert (
        without_place("no room in /somewhere/a", "/somewhere/a") == "No room in the clip's folder"
    )
    assert without_place("", "/somewhere/a") == "The clip could not be done."


@pytest.mark.slow
def test_what_is_no_clip_is_told(tmp_path):
    (tmp_path / "upload").write_bytes(b"#EXTM3U\nfile:///etc/passwd\n")
    told = {
        "folder": str(tmp_path),
        "kind": "stylize",
        "model": "style_ink",
        "options": {"strength": 1.0},
        "memory": 4096,
        "file": 100,
    }
    code = "from tfvgan.serving.server.job_worker import run_job; run_job()"
    words = [sys.executable, "-c", code, json.dumps(told)]
    done = subprocess.run(words, capture_output=True, check=True)
    assert b'{"error": "The clip' in done.stdout and str(tmp_path).encode() not in done.stdout
