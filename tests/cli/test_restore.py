"""tfvgan restore: a thin call, and what is said of it."""

import signal
import subprocess
import sys
import time

import media
import numpy as np
import pytest
from tfvgan_cli.main import main

from tfvgan import runs
from tfvgan.streaming import Source


def record(monkeypatch, result=None):
    asked = []

    def restore(*arguments, **settings):
        asked.append((arguments, settings))
        if result is not None:
            raise result
        return [arguments[1]]

    monkeypatch.setattr(runs, "restore", restore)
    return asked


def test_what_was_typed_arrives(monkeypatch, capsys):
    asked = record(monkeypatch)
    assert main(["restore", "old.mp4", "-o", "new.mp4"]) == 0
    assert capsys.readouterr().out == "Wrote new.mp4.\n"
    line = "restore in/ --out out/ --task x4 --scale 4 --prefer fidelity --strength 0.5 --level 0.2"
    more = "--crf 20 --mask m.png --codec libx265 --memory 500"
    more += " --resume --overwrite --compare --partial --fast"
    assert main([*line.split(), *more.split()]) == 0
    assert main(["restore", "a.mp4", "-o", "b.mp4", "--model", "runs/x", "--crf", "0"]) == 0
    expected = {
        "task": "x4",
        "scale": 4,
        "prefer": "fidelity",
        "strength": 0.5,
        "level": 0.2,
        "fast": True,
        "crf": 20.0,
    }
    expected |= {"mask": "m.png", "codec": "libx265", "memory": 500.0}
    expected |= {"resume": True, "overwrite": True, "compare": True, "partial": True}
    assert asked == [
        (("old.mp4", "new.mp4", None), {"show": False}),
        (("in/", "out/", None), {"show": False, **expected}),
        (("a.mp4", "b.mp4", "runs/x"), {"show": False, "crf": 0.0}),
    ]


def test_nothing_is_printed_where_the_video_goes(monkeypatch, capsys):
    record(monkeypatch)
    assert main(["restore", "-", "-o", "-"]) == 0
    assert capsys.readouterr().out == ""


def stopped(monkeypatch, capsys, *words):
    """Returns what is said when these words are stopped."""
    record(monkeypatch, KeyboardInterrupt())
    monkeypatch.setattr("sys.argv", ["tfvgan", "restore", *words])
    assert main(["restore", *words]) == 130
    return capsys.readouterr().err


def test_a_stop_says_how_to_go_on(monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(tmp_path)
    words = ["my old.mp4", "-o", "new.mp4", "--task", "x2"]
    assert "To continue" not in stopped(monkeypatch, capsys, *words), "nothing was begun"
    (tmp_path / ".new.mp4.unfinished").mkdir()
    (tmp_path / ".new.mp4.unfinished" / "job.json").touch()
    again = "To continue: tfvgan restore 'my old.mp4' -o new.mp4 --task x2 --resume\n"
    assert again in stopped(monkeypatch, capsys, *words)
    assert again in stopped(monkeypatch, capsys, *words, "--resume")
    for words in (("-", "-o", "-"), ("-", "-o", "new.mp4")):
        assert "To continue" not in stopped(monkeypatch, capsys, *words)


def test_a_comparison_that_is_stopped_goes_on(monkeypatch, capsys, tmp_path):
    (tmp_path / "new.mp4").touch()
    words = ["old.mp4", "-o", str(tmp_path / "new.mp4")]
    assert "--compare --resume\n" in stopped(monkeypatch, capsys, *words, "--compare")
    assert "To continue" not in stopped(monkeypatch, capsys, *words)
    more = ("--compare", "--overwrite")
    assert "To continue" not in stopped(monkeypatch, capsys, *words, *more)


@pytest.mark.parametrize("wrong", ["2", "-0.1", "much"])
def test_a_share_is_from_0_to_1(wrong, capsys):
    with pytest.raises(SystemExit) as stop:
        main(["restore", "a.mp4", "-o", "b.mp4", f"--strength={wrong}"])
    assert stop.value.code == 2
    assert "expected a number from 0 to 1" in capsys.readouterr().err


def test_no_video_is_one_sentence(tmp_path, capsys):
    from tfvgan.networks import RestorerGenerator
    from tfvgan.tasks import Restorer

    network = RestorerGenerator(2, 8, 1)
    network.build()
    model = Restorer(network).save(tmp_path / "x.keras")
    line = ["restore", str(tmp_path / "none.mp4"), "-o", str(tmp_path / "new.mp4")]
    assert main([*line, "--model", model]) == 2
    error = capsys.readouterr().err
    assert error.startswith("tfvgan: error: ") and error.count("\n") == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x.keras"]


@pytest.mark.slow
def test_what_was_killed_goes_on_and_ends_the_same(tmp_path):
    """SIGKILL in the middle of a file: nothing under the final name, and a job that is resumed."""
    from tfvgan.networks import RestorerGenerator
    from tfvgan.tasks import Restorer

    network = RestorerGenerator(2, 8, 1)
    network.build()
    draws = np.random.default_rng(0)
    network.head.kernel.assign(0.02 * draws.normal(size=network.head.kernel.shape))
    model = Restorer(network).save(tmp_path / "x.keras")
    video = media.video(tmp_path / "in", "h264.mkv", media.frames(900))
    out, done = tmp_path / "out.mkv", tmp_path / ".out.mkv.unfinished" / "part-00000.done"

    def command(path, *more):
        words = ["restore", video, "-o", str(path), "--model", model, "--codec", "ffv1", *more]
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
    pairs = zip(Source(out).frames(), Source(tmp_path / "whole.mkv").frames(), strict=True)
    assert all(np.array_equal(a.rgb, b.rgb) and a.time == b.time for a, b in pairs)
    assert not done.parent.exists()


@pytest.mark.slow
def test_two_processes_at_one_output_write_one_video(tmp_path):
    """The second is refused in a sentence, with --resume or not; the first writes as if alone."""
    from tfvgan.networks import RestorerGenerator
    from tfvgan.tasks import Restorer

    network = RestorerGenerator(2, 8, 1)
    network.build()
    model = Restorer(network).save(tmp_path / "x.keras")
    video = media.video(tmp_path / "in", "h264.mkv", media.frames(400))
    out = tmp_path / "out.mkv"

    def command(path, *more):
        words = ["restore", video, "-o", str(path), "--model", model, "--codec", "ffv1", *more]
        code = f"import sys; from tfvgan_cli.main import main; sys.exit(main({words}))"
        return [sys.executable, "-c", code]

    with subprocess.Popen(command(out)) as first:
        while not (tmp_path / ".out.mkv.unfinished" / "part.video").is_file():
            assert first.poll() is None
            time.sleep(0.02)
        first.send_signal(signal.SIGSTOP)  # It stays in the middle.
        for more in ([], ["--resume"], ["--overwrite"]):
            second = subprocess.run(command(out, *more), capture_output=True, text=True)
            assert second.returncode == 2 and second.stderr.count("\n") == 1
            assert f"is being written by process {first.pid} on" in second.stderr
            assert "resume" not in second.stderr
        first.send_signal(signal.SIGCONT)
        assert first.wait() == 0
    assert subprocess.run(command(tmp_path / "whole.mkv")).returncode == 0
    pairs = zip(Source(out).frames(), Source(tmp_path / "whole.mkv").frames(), strict=True)
    assert all(np.array_equal(a.rgb, b.rgb) for a, b in pairs)
