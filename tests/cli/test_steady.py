"""tfvgan steady: a thin call, and what is said of it."""

import subprocess
import sys
import time

import media
import pytest
from sounding import film, heard
from tfvgan_cli.main import main

from tfvgan import runs


def record(monkeypatch, result=None):
    asked = []

    def steady(*arguments, **settings):
        asked.append((arguments, settings))
        if result is not None:
            raise result
        return [arguments[2]]

    monkeypatch.setattr(runs, "steady", steady)
    return asked


def test_what_was_typed_arrives(monkeypatch, capsys):
    asked = record(monkeypatch)
    assert main(["steady", "a.mp4", "painted/", "-o", "b.mp4"]) == 0
    assert capsys.readouterr().out == "Wrote b.mp4.\n"
    line = "steady in/ painted/ --out out/ --model runs/x --crf 20 --codec libx265 --fps 24"
    more = "--compare --memory 500 --resume --overwrite --partial --deinterlace no"
    assert main([*line.split(), *more.split()]) == 0
    expected = {"model": "runs/x", "crf": 20.0, "codec": "libx265", "fps": 24.0, "memory": 500.0}
    expected |= dict.fromkeys(("compare", "resume", "overwrite", "partial"), True)
    assert asked == [
        (("a.mp4", "painted/", "b.mp4"), {"show": False}),
        (("in/", "painted/", "out/"), {"show": False, "deinterlace": "no", **expected}),
    ]


def test_a_stop_says_how_to_go_on(monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".out.mp4.unfinished").mkdir()
    (tmp_path / ".out.mp4.unfinished" / "job.json").touch()
    record(monkeypatch, KeyboardInterrupt())
    for processed, goes_on in (("p.mp4", True), ("-", False)):
        words = ["steady", "in.mp4", processed, "-o", "out.mp4"]
        monkeypatch.setattr("sys.argv", ["tfvgan", *words])
        assert main(words) == 130
        assert ("in.mp4 p.mp4 -o out.mp4 --resume" in capsys.readouterr().err) == goes_on


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    from tfvgan.networks import SteadierGenerator
    from tfvgan.tasks import Steadier

    network = SteadierGenerator(8, 1)
    network.build()
    return Steadier(network).save(tmp_path_factory.mktemp("model") / "x.keras")


HOSTILE = {
    "a missing original": ("none.mp4", "p.mp4", "none.mp4 can't be read as a video"),
    "a missing processed video": ("o.mp4", "none.mp4", "none.mp4 can't be read as a video"),
    "one video": ("o.mp4", "o.mp4", "is given as the original and as what was made of it"),
    "noise": ("noise.mp4", "p.mp4", "noise.mp4 can't be read as a video"),
    "nothing": ("o.mp4", "nothing.mp4", "the file is empty"),
    "a folder without images": ("o.mp4", "empty", "without numbered images"),
    "more frames": ("o.mp4", "long.mp4", "has 8 frames and"),
    "other sides": ("o.mp4", "turned.mp4", "must be of the processed video's 48x64 pixels"),
    "two pipes": ("-", "-", "One pipe can't bring two videos"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_what_does_not_go_together_is_one_sentence(case, tmp_path, capsys, monkeypatch, model):
    monkeypatch.chdir(tmp_path)
    for name, count in (("o", 5), ("p", 5), ("long", 8)):
        media.video(tmp_path / f"{name}.mp4", "h264.mp4", media.frames(count))
    media.video(tmp_path / "turned.mp4", "h264.mp4", media.frames(5), rotation=90)
    (tmp_path / "noise.mp4").write_bytes(b"no video" * 99)
    (tmp_path / "nothing.mp4").touch()
    (tmp_path / "empty").mkdir()
    original, processed, said = HOSTILE[case]
    before = sorted(path.name for path in tmp_path.iterdir())
    assert main(["steady", original, processed, "-o", "out.mp4", "--model", model]) == 2
    error = capsys.readouterr().err
    assert error.startswith("tfvgan: error: ") and error.count("\n") == 1 and said in error
    assert sorted(path.name for path in tmp_path.iterdir()) == before


@pytest.mark.slow
def test_what_was_killed_goes_on_and_ends_the_same(tmp_path, model):
    """SIGKILL in the middle of a file, whose sound is the original's: the same bytes."""
    original = film(tmp_path / "o.mkv", media.frames(300), subtitles=False)
    processed = media.video(tmp_path / "p", "h264.mkv", 255 - media.frames(300))
    out, done = tmp_path / "out.mkv", tmp_path / ".out.mkv.unfinished" / "part-00000.done"

    def command(path, *more):
        words = ["steady", original, processed, "-o", str(path), "--model", model, *more]
        code = f"import sys; from tfvgan_cli.main import main; sys.exit(main({words}))"
        return [sys.executable, "-c", code]

    with subprocess.Popen(command(out)) as process:
        while not done.is_file() and process.poll() is None:
            time.sleep(0.05)
        process.kill()
    assert done.is_file() and not out.exists()
    refused = subprocess.run(command(out), capture_output=True, text=True)
    assert refused.returncode == 2 and "--resume" in refused.stderr
    assert subprocess.run(command(out, "--resume")).returncode == 0
    assert subprocess.run(command(tmp_path / "whole.mkv")).returncode == 0
    assert out.read_bytes() == (tmp_path / "whole.mkv").read_bytes()
    assert heard(out)[1] == heard(original)[1] and not done.parent.exists()
