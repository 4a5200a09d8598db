"""What pages and the cards of saved_models tell one to run, where there is only what they say."""

import inspect
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from moving import texture
from pages import TEXTS, blocks
from PIL import Image
from tfvgan_cli.main import make_parser

from tfvgan import runs
from tfvgan.data import write_video

ROOT = Path(__file__).resolve().parent.parent
MODELS = sorted(path.parent for path in (ROOT / "saved_models").glob("*/README.md"))
CARDS = {model.name: (model / "README.md").read_text(encoding="utf-8") for model in MODELS}
FRAMES = 3
EDGE = r"""
import json, re, sys
import numpy as np

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("tensorflow", "keras", "tfvgan"):
            raise ImportError(f"An edge device has no {name}.")

sys.meta_path.insert(0, Missing())
shown, text = [], sys.stdin.read()

def show(frame):
    shown.append([*frame.shape, str(frame.dtype)])
    assert "in [-1, 1]" not in text or abs(frame).max() <= 1, "clip what is made a picture of"
    if len(shown) > 20:
        raise StopIteration

given = re.search(r"yours: [^\n]*?uint8 (\([\d, ]+\))", text)
if given:
    draws = np.random.default_rng(0)
    frames = [draws.integers(0, 256, eval(given[1]), np.uint8) for _ in range(int(sys.argv[1]))]
    given = {"camera": iter(frames), "group": iter(frames), "thumbnails": frames[0]}
    if ", both" in text:  # The original, and what was made of it.
        given["camera"] = zip(frames, frames)
names = {"show": show, **(given or {})}
try:
    exec(text, names)
except StopIteration:
    pass
print(json.dumps([shown, np.shape(names.get("video"))]))
"""


def for_edge(text):
    """Returns the example that needs LiteRT alone, or None."""
    found = [block for block in blocks(text, "python") if "ai_edge_litert" in block]
    return next((block for block in found if "tfvgan." not in block), None)


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder where saved_models is, with the one that pages call first."""
    monkeypatch.chdir(tmp_path)
    Path("saved_models").mkdir()
    for model in MODELS:
        Path("saved_models", model.name).symlink_to(model)
    return tmp_path


def on_edge(text):
    """Returns the shapes of what an example shows, and of its video, where TensorFlow is not."""
    words = [sys.executable, "-c", EDGE, str(FRAMES)]
    found = subprocess.run(words, input=text, capture_output=True, text=True)
    assert found.returncode == 0, found.stderr
    return json.loads(found.stdout.splitlines()[-1])  # An example may print, too.


@pytest.mark.parametrize(
    "model", ["generate_people", pytest.param("generate_shapes", marks=pytest.mark.slow)]
)
def test_what_the_page_says_of_edge_devices_runs_there(model, place):
    os.makedirs("saved_models/first/1")
    file = ROOT / "saved_models" / model / "1" / "generate-float16.tflite"  # Which is kept there.
    os.symlink(file, "saved_models/first/1/generate-float32.tflite")
    assert on_edge(for_edge(TEXTS["docs/serving.md"])) == [[], [1, 16, 64, 64, 3]]


def test_what_pages_ask_of_a_server_and_of_python_in_a_line_is_there():
    (asked,) = re.findall(r"-d '(.*)'", TEXTS["docs/serving.md"])
    assert json.loads(asked) == {"signature_name": "sample", "inputs": {"seed": [7]}}
    (line,) = re.findall(r"^python -c '(.*)'", TEXTS["docs/compression.md"], re.M)
    run, videos = re.fullmatch(r"import tfvgan; tfvgan.runs.tabulate\((.*), (.*)\)", line).groups()
    assert inspect.signature(runs.tabulate).bind(run, videos)


QUICK = ("generate_people", "restore_x2_fast")
SLOW = [pytest.param(name, marks=pytest.mark.slow) for name in CARDS if name not in QUICK]


@pytest.mark.parametrize("name", [*QUICK, *SLOW])
def test_what_a_card_says_of_edge_devices_runs_there(name, place):
    text = for_edge(CARDS[name])
    if name == "codec_learned":
        assert text is None and "tfvgan, which needs TensorFlow" in CARDS[name]
        return
    shown, _ = on_edge(text)
    said = re.search(r"yours: float32 \(([\d, ]+)\)", text)[1].strip(",")
    said = [int(side) for side in said.split(",")]
    frames = 21 if name.startswith("generate_") else 1 if name.startswith("find_") else FRAMES
    assert shown == frames * [[*said, "float32"]]


@pytest.mark.parametrize("name", CARDS)
def test_what_a_card_names_is_there_and_its_commands_parse(name):
    card = CARDS[name]
    for folder in re.findall(r"([\w.-]+)/" + name + r"(?![\w-]|\.py)", card):
        assert folder in ("saved_models", "models"), folder
    for path in re.findall(rf"saved_models/{name}/[\w./-]+", card):
        assert (ROOT / path).exists(), path
    plain = card.replace("\\\n", "")
    commands = re.findall(r"^tfvgan .*", plain, re.MULTILINE)
    commands += re.findall(r"Command \| `(tfvgan [^`]+)`", card)
    for command in commands:
        assert make_parser().parse_args(shlex.split(command, comments=True)[1:]).run
    for asked in re.findall(r"-d '(.*)'", card):
        assert json.loads(asked) == {"signature_name": "sample", "inputs": {"seed": [7]}}


@pytest.mark.slow
@pytest.mark.parametrize("name", CARDS)
def test_what_a_card_says_in_python_runs(name, place):
    size = (360, 640) if name == "codec_learned" else (96, 96)
    video = np.tile(texture(FRAMES, 96, (1.0, 0.5))[0], (1, 4, 7, 1))[:, : size[0], : size[1]]
    for path in ("old.mp4", "in.mp4", "original.mp4", "processed.mp4"):
        write_video(path, video, fps=25)
    logo = np.zeros(size, np.uint8)
    logo[10:14, 20:24] = 255
    Image.fromarray(logo).save("logo.png")
    shown = []
    names = {"video": video, "logo": logo, "show": shown.append}
    names |= {"original": video, "processed": video}
    for text in blocks(CARDS[name], "python"):
        if text != for_edge(CARDS[name]):
            exec(text, names)
    if name.startswith("restore_"):
        factor = names["restorer"].factor
        assert names["better"].shape == (FRAMES, factor * 96, factor * 96, 3)
        assert Path("new.mp4").is_file()
    elif name.startswith("codec_"):
        assert Path("out.tvg").is_file() and Path("back.mp4").is_file()
        assert len(shown) == (FRAMES if name == "codec_learned" else 0)
        assert all(frame.shape == (*size, 3) for frame in shown)
    elif name.startswith("style_") or name == "steady":
        kind, out = ("steady", "steady.mp4") if name == "steady" else ("painted", "painted.mp4")
        assert names[kind].shape == video.shape and Path(out).is_file()
    elif name.startswith("segment_"):
        assert names["masks"].shape == (*video.shape[:3], 2) and Path("blurred.mp4").is_file()
    elif name.startswith("embed_"):
        assert names["vectors"].shape == (1, 64) and abs(names["near"][0] - 1) < 0.1
    elif name.startswith("find_"):
        assert names["scores"].shape == (FRAMES, 2) and len(names["found"].shots) == 1
    else:
        assert names["videos"].shape == (4, 64, 64, 64, 3)
