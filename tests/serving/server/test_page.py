"""The page, as it is served, and in a real headless Chromium with a real clip."""

import itertools
import re
import shutil
from pathlib import Path

import numpy as np
import pytest
from light import add_version, light, serving

from benchmarks.browser import Browser, lacking
from tfvgan.data import sample_videos, write_video
from tfvgan.serving.server.page import PATHS, SAFE, page_routes
from tfvgan.streaming import Source

assert light  # A fixture.
ROOT = Path(__file__).resolve().parents[3]
PAGE = ROOT / "tfvgan" / "serving" / "server" / "page"
SHOWN = "return document.getElementById('result').checkVisibility()"
ERROR = "return document.getElementById('error').textContent"
# The middle of each half of the stage, as the video that is seen there says it.
PIXEL = """
const video = document.getElementById(arguments[0]);
const canvas = document.createElement('canvas');
[canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
canvas.getContext('2d').drawImage(video, 0, 0);
const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
return [canvas.height, canvas.width, Array.from(data)];
"""


def test_the_page_is_served_with_its_files_and_nothing_else(light):
    add_version(light)
    with serving(light) as client:
        for path, name in PATHS.items():
            status, content = client.ask("GET", path)
            assert (status, content) == (200, (PAGE / name).read_bytes())
        for path in ("/page/", "/page/../serve.py", "/page/..%2fserve.py", "/page/page.py"):
            assert client.ask("GET", path)[0] == 404


def test_the_page_takes_nothing_from_elsewhere():
    text = "".join(path.read_text(encoding="utf-8") for path in PAGE.iterdir())
    assert not re.findall(r"(?:https?:)?//[a-z]", text)
    assert "default-src 'none'" in SAFE["content-security-policy"]
    assert "unsafe" not in SAFE["content-security-policy"]
    html = (PAGE / "index.html").read_text(encoding="utf-8")
    assert not re.findall(r"\son\w+=|style=", html)
    assert {path.name for path in PAGE.iterdir()} == set(PATHS.values())
    assert len(page_routes()) == len(PATHS)


def test_what_the_script_looks_up_is_on_the_page():
    script = (PAGE / "app.js").read_text(encoding="utf-8")
    html = (PAGE / "index.html").read_text(encoding="utf-8")
    asked = set(re.findall(r'\$\("([\w-]+)"\)', script))
    assert len(asked) > 20 and asked <= set(re.findall(r'id="([\w-]+)"', html))


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    """Models of the package, as few as are tried."""
    folder = tmp_path_factory.mktemp("models")
    for name in ("style_ink", "generate_shapes"):
        shutil.copytree(ROOT / "saved_models" / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def clip(tmp_path_factory):
    """A real clip, short and small, so that it takes seconds."""
    source = Source(next(path for path in sample_videos() if "bikes" in path or path))
    frames = [frame.rgb[::4, ::4] for frame in itertools.islice(source.frames(), 12)]
    path = tmp_path_factory.mktemp("clip") / "real.mkv"
    write_video(path.with_suffix(".mp4"), np.stack(frames), fps=6)
    return path.with_suffix(".mp4")


@pytest.fixture(scope="module")
def browser():
    if lacking():
        pytest.skip(lacking())
    with Browser() as tab:
        yield tab


def choose(tab, name):
    pick = "[...document.querySelectorAll('nav input')].find(e => e.value === arguments[0])"
    tab.until(lambda: tab.run(f"return Boolean({pick})", name))
    tab.run(f"{pick}.click()", name)


def pixels(tab, name):
    height, width, values = tab.run(PIXEL, name)
    return np.array(values, "uint8").reshape(height, width, 4)[..., :3].astype(int)


@pytest.mark.slow
def test_a_real_clip_goes_through_a_model_and_is_compared_with_a_slider(models, clip, browser):
    with serving(models, wait=None, lazy=True) as client:
        browser.open(client.listening.url)
        choose(browser, "style_ink")
        browser.give("#file", clip)
        seen = set()

        def finished():
            seen.add(browser.run("return document.getElementById('doing').textContent"))
            assert not browser.run(ERROR)
            return browser.run(SHOWN)

        browser.until(finished, 240)
        assert any("loaded" in text or "%" in text for text in seen)
        ready = "return ['before', 'after'].every(i => document.getElementById(i).readyState > 2)"
        browser.until(lambda: browser.run(ready))
        browser.until(
            lambda: browser.run("return document.getElementById('after').currentTime > .2")
        )
        browser.run("document.getElementById('after').pause()")
        times = "return ['before', 'after'].map(i => document.getElementById(i).currentTime)"
        browser.until(lambda: abs(np.diff(browser.run(times))[0]) < 0.02)
        before, after = pixels(browser, "before"), pixels(browser, "after")
        assert before.shape == after.shape
        given = np.stack([frame.rgb for frame in Source(clip).frames()]).astype(int)
        assert (
            min(np.abs(given - before).mean((1, 2, 3))) < 6
        )  # The clip itself, one of its frames,
        assert np.abs(before - after).mean() > 15  # and what became of it.
        browser.run(
            "const s = document.getElementById('split'); s.value = 20; "
            "s.dispatchEvent(new Event('input'))"
        )
        cut = browser.run("return getComputedStyle(document.getElementById('before')).clipPath")
        assert "20%" in cut or "80%" in cut
        link = browser.run("return document.getElementById('save-after').getAttribute('href')")
        assert client.ask("GET", f"/{link}")[1][4:8] == b"ftyp"


@pytest.mark.slow
def test_a_generator_plays_what_it_makes(models, browser):
    with serving(models, wait=None, lazy=True) as client:
        browser.open(client.listening.url)
        choose(browser, "generate_shapes")
        browser.run("document.getElementById('generate').click()")
        browser.until(lambda: browser.run(SHOWN), 240)
        browser.until(lambda: browser.run("return document.getElementById('after').videoWidth"))
        assert np.ptp(pixels(browser, "after")) > 50


@pytest.mark.slow
def test_what_is_no_clip_is_refused_in_a_sentence(models, tmp_path, browser):
    (tmp_path / "no.mp4").write_bytes(b"no video")
    with serving(models, wait=None, lazy=True) as client:
        browser.open(client.listening.url)
        choose(browser, "style_ink")
        browser.give("#file", tmp_path / "no.mp4")
        browser.until(lambda: "the clip" in browser.run(ERROR).lower(), 120)


@pytest.mark.slow
@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_is_as_wide_as_the_window(models, browser, width):
    size = {"width": width, "height": 844, "deviceScaleFactor": 1, "mobile": width < 500}
    command = {"cmd": "Emulation.setDeviceMetricsOverride", "params": size}
    with serving(models, wait=None, lazy=True) as client:
        browser._ask("POST", "/goog/cdp/execute", command)
        browser.open(client.listening.url)
        choose(browser, "style_ink")
        assert browser.run("return document.documentElement.scrollWidth") <= width
