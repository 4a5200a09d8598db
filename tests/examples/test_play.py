"""examples/edge/play.py: what it makes, where there is neither TensorFlow nor tfvgan."""

import importlib.metadata
import importlib.util
import re
import shlex
import subprocess
import sys
import time
from pathlib import Path

import av
import numpy as np
import pytest
from moving import texture

from tfvgan.data import write_video

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "examples" / "edge" / "play.py"
README = PROGRAM.with_name("README.md").read_text(encoding="utf-8")
MODELS = ROOT / "saved_models"
INK = MODELS / "style_ink" / "1" / "stylize_frame-float16.tflite"
WITHOUT = f"""
import runpy, sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("tensorflow", "keras", "tfvgan", "cv2"):
            raise ImportError(f"An edge device has no {{name}}.")

sys.meta_path.insert(0, Missing())
sys.argv[0] = {str(PROGRAM)!r}
runpy.run_path(sys.argv[0], run_name="__main__")
"""
spec = importlib.util.spec_from_file_location("play", PROGRAM)
play = importlib.util.module_from_spec(spec)
spec.loader.exec_module(play)


def on_device(*words, code=0):
    """Returns what the program prints where there is neither TensorFlow nor tfvgan."""
    words = [sys.executable, "-c", WITHOUT, *map(str, words)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=120)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout if code == 0 else done.stderr


def read(path):
    with av.open(str(path)) as container:
        frames = list(container.decode(video=0))
    pictures = np.stack([frame.to_ndarray(format="rgb24") for frame in frames])
    return pictures, [float(frame.time) for frame in frames]


def moving(count=6, height=90, width=160):
    """Returns smooth things that move, uint8 `(count, height, width, 3)`."""
    video = texture(count, 96, (1.0, 0.5))[0]
    rows, columns = -(-height // 96), -(-width // 96)
    return np.tile(video, (1, rows, columns, 1))[:, :height, :width]


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "in.mp4"
    write_video(path, moving(), fps=25)
    return path


def test_a_file_is_painted_and_keeps_its_shape_and_its_times(source, tmp_path):
    out = tmp_path / "out.mp4"
    told = on_device(INK, source, "-o", out, "--threads", 1)
    assert "reads frames of 320x180" in told and re.search(
        r"\b6 frames of 160x90, .* 0 dropped", told
    )
    before, after = read(source), read(out)
    assert after[0].shape == before[0].shape and sorted(tmp_path.iterdir()) == [source, out]
    np.testing.assert_allclose(after[1], before[1], atol=1e-4)
    changed = np.abs(after[0].astype(int) - before[0].astype(int)).mean()
    assert changed > 20


def test_strength_nought_gives_the_video_back(source, tmp_path):
    out = tmp_path / "out.mp4"
    on_device(INK, source, "-o", out, "--set", "strength=0")
    before, after = read(source)[0], read(out)[0]
    assert np.abs(before.astype(int) - after.astype(int)).mean() < 5, "what H.264 loses"


def test_a_restorer_doubles_and_a_segmenter_cuts_out(source, tmp_path):
    restorer = MODELS / "restore_x2_fast" / "1" / "restore_frame-dynamic.tflite"
    on_device(restorer, source, "-o", tmp_path / "large.mp4", "--frames", 2)
    assert read(tmp_path / "large.mp4")[0].shape == (2, 180, 320, 3)
    segmenter = MODELS / "segment_people" / "1" / "segment_frame-dynamic.tflite"
    on_device(segmenter, source, "-o", tmp_path / "cut.mp4", "--background", 255, 0, 0)
    red = read(tmp_path / "cut.mp4")[0].reshape(-1, 3)
    assert red.shape[0] == 6 * 90 * 160 and np.median(red, 0) @ [1, -1, -1] > 200


def test_a_generator_makes_the_same_of_a_seed_and_goes_on_where_a_clip_ends():
    model = play.Model(MODELS / "generate_people" / "1" / "moment-dynamic.tflite", 1)
    one = [outputs["frame"] for _, _, outputs in play.generated(model, 3, 20)]
    two = [outputs["frame"] for _, _, outputs in play.generated(model, 3, 18)]
    assert np.shape(one) == (20, 1, 64, 64, 3)
    np.testing.assert_array_equal(one[:18], two)
    steps = np.abs(np.diff(one, axis=0)).mean((1, 2, 3, 4))
    assert steps[15] < 3 * np.median(steps), "no jump from one clip to the next"


def test_clips_of_a_generator_follow_each_other():
    model = play.Model(MODELS / "generate_shapes" / "1" / "generate-dynamic.tflite", 2)
    shots = list(play.generated(model, 0, 20))
    assert len(shots) == 20 and len(model.milliseconds) == 2
    assert [round(25 * seconds) for seconds, _, _ in shots] == list(range(20))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([INK, "none.mp4", "-o", "x.mp4"], "none.mp4"),
        (["none.tflite", "in.mp4", "-o", "x.mp4"], "There is no file none.tflite"),
        (
            [INK.parents[1], "in.mp4", "-o", "x.mp4"],
            f"file, such as {INK.parent}/stylize_frame-dyn",
        ),
        ([INK.with_name("saved_model.pb"), "in.mp4", "-o", "x.mp4"], "pb is no .tflite file"),
        ([INK, "in.mp4", "-o", "none/x.mp4"], "There is no folder none"),
        ([INK, "in.mp4", "-o", "x.png"], "x.png is no video: give one that ends in .mp4"),
        ([INK, "in.mp4", "-o", "x.mp4", "--set", "strength=two"], "expected NAME=NUMBER, not"),
        ([INK, "-o", "x.mp4"], "needs a video or --camera"),
        ([INK, "in.mp4"], "give -o FILE, or --window"),
        ([INK, "in.mp4", "-o", PROGRAM], "is there already"),
        ([INK, "in.mp4", "-o", "x.mp4", "--set", "label=2"], "--set label=... is for other"),
        ([INK, "--camera", 0, "-o", "x.mp4"], "A camera needs OpenCV"),
        ([INK, PROGRAM, "-o", "x.mp4"], "play.py"),
        ([MODELS / "embed_videos/1/embed-dynamic.tflite", "in.mp4", "-o", "x.mp4"], "windows"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(words, said):
    told = on_device(*words, code=2)
    assert said in told and "Traceback" not in told


def test_what_was_made_until_ctrl_c_is_a_whole_video_and_timed(
    source, tmp_path, monkeypatch, capsys
):
    calls = []

    def stopped(picture, *more):
        calls.append(picture)
        if len(calls) > 2:
            raise KeyboardInterrupt
        return plainly(picture, *more)

    plainly = play.shown
    monkeypatch.setattr(play, "shown", stopped)
    assert play.main([str(INK), str(source), "-o", str(tmp_path / "out.mp4")]) == 0
    assert re.search(r"2 frames of 160x90, \d+\.\d a second", capsys.readouterr().out)
    assert len(read(tmp_path / "out.mp4")[0]) == 2


def test_the_oldest_frame_is_dropped_when_frames_come_too_fast():
    queue = play.Queue(iter(range(100)), live=True)
    while not queue._ended:
        time.sleep(0.01)
    assert list(queue) == [98, 99] and queue.dropped == 98


def test_nothing_is_dropped_of_a_file():
    queue = play.Queue(iter(range(100)), live=False)
    time.sleep(0.05)
    assert list(queue) == list(range(100)) and queue.dropped == 0


def test_what_goes_wrong_while_reading_is_raised_where_frames_are_taken():
    def frames():
        yield 1
        raise ValueError("torn")

    taken = iter(play.Queue(frames(), live=False))
    assert next(taken) == 1
    with pytest.raises(ValueError, match="torn"):
        next(taken)


def test_a_live_file_comes_no_sooner_than_a_camera(source):
    began = time.monotonic()
    assert len(list(play.from_file(source, (180, 320), live=True))) == 6
    assert 0.19 < time.monotonic() - began < 2


def test_a_camera_gives_what_opencv_reads_of_it_in_the_order_of_rgb(source):
    """OpenCV takes a file for a camera."""
    taken = [picture for _, picture in play.from_camera(str(source), (45, 320))]
    expected = [picture for _, picture in play.from_file(source, (45, 320))]
    assert np.shape(taken) == (6, 45, 80, 3)
    assert np.abs(np.subtract(taken, expected, dtype=int)).mean() < 12
    with pytest.raises(play.Refused, match="no camera nowhere.mp4"):
        next(play.from_camera("nowhere.mp4", (45, 320)))


def test_a_window_of_opencv_shows_blue_first_and_ends_with_q(monkeypatch):
    import cv2

    pictures, keys = [], iter([255, ord("q")])
    monkeypatch.setattr(cv2, "namedWindow", lambda *how: None)
    monkeypatch.setattr(cv2, "destroyAllWindows", lambda: pictures.append("closed"))
    monkeypatch.setattr(cv2, "imshow", lambda name, picture: pictures.append(picture))
    monkeypatch.setattr(cv2, "waitKey", lambda wait: next(keys))
    window, red = play.Window(), np.full((90, 160, 3), (200, 0, 0), "uint8")
    shots = [(0, red, None), (0.1, red, None), (0.2, red, None)]
    count = play.play(shots, [window], lambda made, now: now, lambda: 0)
    window.close(True)
    assert count == 2 and len(pictures) == 3 and pictures[-1] == "closed"
    assert pictures[0][50, 100].tolist() == [0, 0, 200]


def test_ffplay_is_given_pictures_where_opencv_has_no_window(tmp_path, monkeypatch):
    player = tmp_path / "ffplay"
    player.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/words\nexec cat > {tmp_path}/bytes\n')
    player.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setitem(sys.modules, "cv2", None)
    monkeypatch.delenv("DISPLAY", raising=False)
    with pytest.raises(play.Refused, match="A window needs a display"):
        play.Window()
    monkeypatch.setenv("DISPLAY", ":9")
    window, picture = play.Window(), np.full((90, 160, 3), 7, "uint8")
    assert window(0, picture, 9.5) and window(1, picture, 9.5)
    window._player.stdin.close()
    window._player.wait(10)
    assert "-video_size 160x90 -" in (tmp_path / "words").read_text()
    assert (tmp_path / "bytes").read_bytes() == 2 * play.with_number(picture, 9.5).tobytes()
    window.close(True)


def test_a_cut_ends_a_scene():
    light, dark = np.full((8, 8, 3), 250, "uint8"), np.full((8, 8, 3), 5, "uint8")
    shots = list(play.scenes([(0, light), (1, light), (2, dark), (3, dark)]))
    assert [seconds for seconds, *_ in shots] == [0, 1, 2, 3]
    assert [before is None for _, before, _, _ in shots] == [True, False, True, False]
    assert [after is None for *_, after in shots] == [False, True, False, True]


@pytest.mark.parametrize(
    ("sides", "fitted"),
    [((180, 320), [180, 320]), ((90, 160), [90, 160]), ((1080, 1080), [180, 180])],
)
def test_larger_frames_are_shrunk_in_proportion_and_smaller_ones_stay(sides, fitted):
    assert play.fitting(sides, (180, 320)) == fitted


def test_frames_a_second_are_drawn_in_figures():
    picture = np.full((90, 160, 3), 100, "uint8")
    one, other = play.with_number(picture, 11.1), play.with_number(picture, 88.8)
    assert (picture == 100).all() and (one[10:] == 100).all() and one.shape == picture.shape
    assert (other == 255).sum() > 1.5 * (one == 255).sum() > 0


def test_commands_of_the_page_parse_and_name_files_that_are_there(monkeypatch):
    commands = re.findall(r"python examples/edge/play\.py ([^`\n]+)", README)
    assert len(commands) > 10
    for command in commands:
        given = play.parser().parse_args(shlex.split(command, comments=True))
        assert (ROOT / given.model).is_file()
        model = play.Model(ROOT / given.model, 1, dict(given.set))
        assert (given.video is None and given.camera is None) == (model.size is None)
    for name in re.findall(r"`((?:style|restore|segment|generate|codec|embed|find)_\w+)`", README):
        assert (MODELS / name).is_dir(), name


@pytest.mark.slow
def test_it_makes_what_tfvgan_makes(tmp_path):
    from tfvgan import runs

    video = moving(5, 180, 320)
    given = [(number / 25, frame) for number, frame in enumerate(video)]
    shots = list(play.stepped(play.Model(INK, 1), given))
    made = [play.shown(outputs, now, (180, 320), (0, 0, 0)) for _, now, outputs in shots]
    expected = runs.load_stylizer(str(MODELS / "style_ink")).stylize(video)
    assert np.abs(np.stack(made).astype(int) - expected.astype(int)).max() <= 1
    path = MODELS / "restore_x2_fast" / "1" / "restore_frame-float16.tflite"
    shots = list(play.stepped(play.Model(path, 1), given))
    made = [play.shown(outputs, now, (180, 320), (0, 0, 0)) for _, now, outputs in shots]
    expected = runs.load_restorer(str(MODELS / "restore_x2_fast")).restore(video)
    assert np.abs(np.stack(made).astype(int) - expected.astype(int)).max() <= 1


@pytest.mark.slow
def test_it_runs_in_an_environment_without_tensorflow(source, tmp_path):
    """Which holds links to numpy, PyAV, LiteRT, and what these import, and nothing else."""
    place = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", place], check=True)
    (site,) = place.glob("lib/python*/site-packages")
    wanted = ["numpy", "av", "ai-edge-litert", "flatbuffers", "typing_extensions", "tqdm"]
    for name in [*wanted, "backports.strenum"]:
        try:
            files = importlib.metadata.files(name)
        except importlib.metadata.PackageNotFoundError:
            continue
        for top in {file.parts[0] for file in files} - {"..", "bin"}:
            (site / top).symlink_to(importlib.metadata.distribution(name).locate_file(top))
    python = place / "bin" / "python"
    gone = subprocess.run([python, "-c", "import tensorflow"], capture_output=True)
    assert gone.returncode != 0
    words = [python, PROGRAM, INK, source, "-o", tmp_path / "out.mp4"]
    done = subprocess.run(words, capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert len(read(tmp_path / "out.mp4")[0]) == 6
