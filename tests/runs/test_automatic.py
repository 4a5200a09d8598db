"""A video is made better as was judged, copied where nothing helps, and a line says so."""

import logging
from pathlib import Path

import media
import numpy as np
import pytest

from tfvgan import streaming
from tfvgan.data.errors import _warn_once
from tfvgan.data.signs import Signs
from tfvgan.networks import RestorerGenerator
from tfvgan.runs import automatic as module
from tfvgan.runs.automatic import automatic
from tfvgan.runs.choices import Choice
from tfvgan.runs.judging import Judgement
from tfvgan.streaming import Source
from tfvgan.tasks import Restorer
from tfvgan.tasks.restoration.resizer import Resizer

SIGNS = Signs(
    codec="h264", height=360, width=640, bits=0.1, coarse=3.0, noise=0.5, grain=0.5, blocks=0.1,
    rings=0.2, detail=0.8, hard=0.0, spread=50.0, grey=False, woven=False, flagged=False,
    moves=True,
)  # fmt: skip


@pytest.fixture
def judge(monkeypatch, caplog):
    """Says what is judged of every video; what is asked for and said is kept."""
    caplog.set_level(logging.WARNING, "tfvgan")
    _warn_once.cache_clear()
    asked = []

    def say(scale, choice, **signs):
        found = Judgement(SIGNS._replace(**signs), scale, choice, signs.get("woven", False))
        monkeypatch.setattr(module, "judge_video", lambda *given: asked.append(given) or found)
        return asked

    def stepper(choice, scale, noise=0.0):
        asked.append((choice, scale, noise))
        return Resizer(scale)

    monkeypatch.setattr(module, "chosen_stepper", stepper)
    return say


def film(tmp_path, form="h264.mp4"):
    return media.video(tmp_path / "in", form, media.frames(3))


def test_what_was_judged_is_done_and_said(tmp_path, judge, caplog):
    path, out = film(tmp_path), tmp_path / "out.mkv"
    asked = judge(2, Choice("x2"), noise=5.0)
    assert automatic(path, out, scale=2, prefer="fidelity")() == str(out)
    assert asked == [(path, 2, "fidelity", False), (Choice("x2"), 2, 5.0)]
    assert next(Source(out).frames()).rgb.shape == (96, 128, 3)
    assert caplog.messages == [
        f"{path}: H.264 of 640x360, 0.10 bits a pixel, noise of 5 levels, 80 % of the detail that "
        "its pixels can show; takes x2, twice as large (--task and --scale choose otherwise)."
    ]


def test_what_is_asked_for_comes_first(tmp_path, judge):
    asked = judge(1, Choice("denoise"), noise=5.0)
    automatic(film(tmp_path), tmp_path / "out.mp4", strength=0.3, level=0.5)()
    assert asked[1] == (Choice("denoise", False, 0.3), 1, 25.0)


@pytest.mark.parametrize("fast", [True, False])
def test_fast_is_what_is_taken(tmp_path, judge, monkeypatch, fast):
    judge(2, Choice("x2"))
    handed = []
    monkeypatch.setattr(module, "faster", lambda stepper: handed.append(stepper) or Resizer(4))
    out = automatic(film(tmp_path), tmp_path / "out.mkv", fast=fast)()
    assert [stepper.factor for stepper in handed] == [2] * fast
    assert next(Source(out).frames()).rgb.shape == (192 if fast else 96, 256 if fast else 128, 3)


def test_only_restorers_of_this_package_get_faster(monkeypatch):
    monkeypatch.setattr(Restorer, "fast", lambda self: "fast")
    network = RestorerGenerator(1, 8, 1)
    network.build()
    assert module.faster(Restorer(network)) == "fast"
    resizer = Resizer(2)
    assert module.faster(resizer) is resizer


@pytest.mark.parametrize("native", [True, False])
def test_where_fast_changes_nothing_a_line_says_so(monkeypatch, native):
    said = []
    monkeypatch.setattr(module, "has_bfloat16", lambda: native)
    monkeypatch.setattr(module, "say_once", said.append)
    module.tell_of_fast()
    assert len(said) == (not native) and all("does not compute in bfloat16" in s for s in said)
    module.faster(Resizer(2))
    assert "is no network of tfvgan" in said[-1]


def test_where_nothing_helps_the_file_is_copied(tmp_path, judge, caplog):
    path, out = film(tmp_path), tmp_path / "out.MP4"
    judge(1, Choice())
    write = automatic(path, out)
    assert write(progress=print) == str(out)
    assert out.read_bytes() == Path(path).read_bytes()
    assert "no model helps, so it is copied as it is" in caplog.text
    with pytest.raises(ValueError, match="out.MP4` is there already"):
        write()
    assert write(overwrite=True) == str(out)
    with pytest.raises(ValueError, match="is the video itself"):
        automatic(path, path)(overwrite=True)


@pytest.mark.parametrize(
    "how, signs, more",
    [
        ({"encoded": True}, {}, {"crf": 5}),
        ({"partial": True}, {}, {}),
        ({}, {"flagged": True}, {}),
        ({}, {"woven": True}, {}),
        ({}, {}, {"deinterlace": "yes"}),
    ],
)
def test_what_changes_something_is_no_copy(tmp_path, judge, monkeypatch, caplog, how, signs, more):
    judge(1, Choice(), **signs)
    done = []
    monkeypatch.setattr(streaming, "process", lambda *given, **named: done.append(named))
    path = film(tmp_path)
    asked = {"deinterlace": "auto", **more}
    automatic(path, tmp_path / "out.mp4", **how)(**asked)
    assert done[0]["deinterlace"] == ("yes" if signs.get("woven") else asked["deinterlace"])
    deinterlaced = bool(signs) or asked["deinterlace"] == "yes"
    assert ("so it is deinterlaced and no more" in caplog.text) == deinterlaced
    assert "copied" not in caplog.text
    automatic(path, tmp_path / "out.mkv")(deinterlace="no")  # Another format.
    assert [each["deinterlace"] for each in done[1:]] == ["no"]


@pytest.mark.parametrize("signs", [{"woven": True}, {"flagged": True}])
def test_what_is_to_stay_woven_is_copied(tmp_path, judge, caplog, signs):
    path, out = film(tmp_path), tmp_path / "out.mp4"
    judge(1, Choice(), **signs)
    automatic(path, out)(deinterlace="no")
    assert out.read_bytes() == Path(path).read_bytes() and "copied" in caplog.text


def test_a_pipe_is_not_looked_at(tmp_path, judge, monkeypatch, caplog):
    asked = judge(1, Choice())
    done = []
    monkeypatch.setattr(streaming, "process", lambda *given, **named: done.append(given))
    for scale, prefer in ((None, "detail"), (1, "fidelity"), (4, "detail")):
        automatic("-", "out.mkv", scale=scale, prefer=prefer)()
    expected = [("deblock_x2_detail", 2), ("deblock", 1), ("x4_detail", 4)]
    assert asked == [(Choice(name), scale, 0.0) for name, scale in expected]
    assert [given[1:] for given in done] == [("-", "out.mkv")] * 3
    assert "takes deblock_x2_detail, twice as large" in caplog.text


def test_a_folder_of_images_becomes_one(tmp_path, judge):
    media.images(tmp_path / "in", media.frames(2))
    judge(1, Choice())
    automatic(tmp_path / "in", tmp_path / "out")()
    made = [frame.rgb for frame in Source(tmp_path / "out").frames()]
    np.testing.assert_array_equal(made, media.frames(2))


def test_other_scales_are_errors():
    with pytest.raises(ValueError, match="`scale` \\(--scale\\) must be 1, 2 or 4, but is 3"):
        automatic("-", "out.mkv", scale=3)
