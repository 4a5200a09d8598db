"""examples/web: a page that runs .tflite files in the browser, in a real headless Chromium."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from ai_edge_litert.interpreter import Interpreter
from moving import texture

from benchmarks.browser import Browser, lacking, served
from tfvgan.data import write_video

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "examples" / "web"
SCRIPT = (PAGE / "main.js").read_text(encoding="utf-8")
MODELS = dict(re.findall(r"'([^']+)': '([^']+\.tflite)'", SCRIPT))
PIXELS = """
const canvas = document.getElementById(arguments[0]);
const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
return [canvas.height, canvas.width, Array.from(data)];
"""
TOLD = "return document.getElementById('told').textContent"


def test_models_of_the_page_are_there():
    assert len(MODELS) >= 8
    for path in MODELS.values():
        assert (ROOT / "saved_models" / path).is_file(), path


def test_names_that_scripts_look_up_are_on_the_page():
    html = (PAGE / "index.html").read_text(encoding="utf-8")
    asked = set(re.findall(r"\$\('([\w-]+)'\)", SCRIPT))
    assert asked and asked <= set(re.findall(r'id="([\w-]+)"', html))


def test_what_the_page_says_stands_above_the_picture_and_is_seen_without_scrolling():
    html = (PAGE / "index.html").read_text(encoding="utf-8")
    assert 0 < html.index('id="told"') < html.index('id="stage"')


def test_what_npm_brings_is_pinned_and_is_what_the_page_imports():
    wanted = json.loads((PAGE / "package.json").read_text())["dependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
    html = (PAGE / "index.html").read_text(encoding="utf-8")
    imports = json.loads(re.search(r'type="importmap">(.*?)</script>', html, re.DOTALL)[1])
    assert set(imports["imports"]) == set(wanted)


@pytest.mark.parametrize("name", ["main.js", "model.js"])
def test_scripts_can_be_read(name):
    if shutil.which("node") is None:
        pytest.skip("node must be installed.")
    subprocess.run(["node", "--check", PAGE / name], check=True)


@pytest.fixture(scope="module")
def browser():
    if lacking():
        pytest.skip(lacking())
    if not (PAGE / "node_modules").is_dir():
        pytest.skip("`npm install` in examples/web brings LiteRT for the web.")
    with served(ROOT) as address, Browser() as tab:
        tab.open(f"{address}/examples/web/")
        tab.until(lambda: "Choose a video" in tab.run(TOLD))
        yield tab


def chosen(tab, name):
    """Chooses a model of the page, and waits until it is there."""
    choose = "const m = document.getElementById('model'); m.value = arguments[0];"
    tab.run(choose + "m.onchange()", name)
    tab.until(lambda: re.search("Ready|Choose|takes", tab.run(TOLD)))


def pixels(tab, canvas):
    height, width, values = tab.run(PIXELS, canvas)
    return np.array(values, "uint8").reshape(height, width, 4)[..., :3]


def shown(tab, path):
    """Gives the page a video, and returns its first frame, and what was made of it."""
    before = pixels(tab, "before")
    tab.give("#file", path)
    tab.until(lambda: not tab.run("return document.getElementById('play').disabled"))
    tab.until(lambda: (pixels(tab, "before").shape != before.shape) or pixels(tab, "before").any())
    return pixels(tab, "before"), pixels(tab, "after")


@pytest.fixture
def video(tmp_path):
    path = tmp_path / "in.mp4"
    write_video(path, np.tile(texture(50, 96, (1.0, 0.5))[0], (1, 2, 4, 1))[:, :180, :320], fps=10)
    return path


@pytest.mark.slow
@pytest.mark.parametrize("name", ["Ink", "Twice as large", "People cut out"])
def test_the_page_makes_of_a_frame_what_litert_makes(browser, video, name):
    chosen(browser, name)
    seen, made = shown(browser, video)
    run = Interpreter(str(ROOT / "saved_models" / MODELS[name])).get_signature_runner()
    inputs = {}
    for key, of in run.get_input_details().items():
        shape = [int(side) for side in of["shape"]]
        given = {"state": 0, "strength": 1}
        inputs[key] = np.full(shape, given[key], "float32") if key in given else seen[None]
    outputs = run(**inputs)
    if "mask" in outputs:
        ground = outputs["mask"][0, ..., :1]
        expected = seen * (1 - ground) + np.array([0, 177, 64]) * ground
    else:
        expected = np.clip(127.5 * (outputs["frame"][0] + 1), 0, 255)
    assert made.shape == expected.shape and np.ptp(made) > 100
    assert np.abs(made - expected).mean() < 1


@pytest.mark.slow
def test_a_video_plays_and_the_slider_moves_what_is_shown(browser, video):
    chosen(browser, "Ink")
    first, _ = shown(browser, video)
    browser.run("document.getElementById('play').click()")
    counted = "return Number(document.getElementById('told').dataset.frames)"
    begun = browser.run(counted)
    browser.until(lambda: browser.run(counted) >= begun + 4)
    browser.run("document.getElementById('play').click()")
    later = pixels(browser, "before")
    assert np.abs(later.astype(int) - first.astype(int)).mean() > 3
    browser.run("const s = document.getElementById('slider'); s.value = 20; s.oninput()")
    clip = browser.run("return getComputedStyle(document.getElementById('before')).clipPath")
    assert "20%" in clip or "80%" in clip


@pytest.mark.slow
def test_a_generator_makes_frames_and_what_is_no_video_is_refused(browser, tmp_path):
    (tmp_path / "no.mp4").write_bytes(b"no video")
    chosen(browser, "Ink")
    browser.give("#file", tmp_path / "no.mp4")
    browser.until(lambda: "no.mp4 cannot be opened" in browser.run(TOLD))
    chosen(browser, "New videos of people")
    browser.until(lambda: pixels(browser, "after").shape == (64, 64, 3))
    one = pixels(browser, "after")
    browser.run("document.getElementById('play').click()")
    browser.until(lambda: np.any(pixels(browser, "after") != one))
    assert np.ptp(one) > 50


@pytest.mark.slow
def test_a_camera_is_played(browser):
    """Chromium has one of its own for tests."""
    chosen(browser, "Ink")
    browser.run("document.getElementById('camera').click()")
    browser.until(
        lambda: browser.run("return document.getElementById('play').textContent") == "Pause"
    )
    counted = "return Number(document.getElementById('told').dataset.frames)"
    browser.until(lambda: browser.run(counted) >= 3)
    browser.run("document.getElementById('play').click()")
