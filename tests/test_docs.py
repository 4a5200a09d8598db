"""README and the pages of docs/ promise what the code holds: commands parse, examples run."""

import importlib
import inspect
import os
import re
import shlex
import shutil
from pathlib import Path

import numpy as np
import pytest
from drifting import Thumbnails, drift, drifting
from pages import FENCE, LINK, ROOT, TEXTS, blocks, commands, verbs
from tfvgan_cli.main import make_parser

import tfvgan
from tfvgan import VideoRestorer, applications, runs, weights
from tfvgan.data import moving_shapes, write_video, write_videos
from tfvgan.networks import (
    ContinuousGenerator,
    DcganGenerator,
    EmbedderDiscriminator,
    RestorerGenerator,
    SegmenterGenerator,
    SteadierGenerator,
    StylizerGenerator,
    VganGenerator,
)
from tfvgan.tasks import Embedder, Restorer, Segmenter, Steadier, Stylizer
from tfvgan.tasks.chosen import SQUARE
from tfvgan.tasks.guard import MOST
from tfvgan.tasks.stylization import video_stylizer
from tfvgan.tasks.stylization.application import LARGEST

each = pytest.mark.parametrize("page", TEXTS)


@each
def test_commands_parse(page):
    for command in commands(TEXTS[page]):
        words = shlex.split(command, comments=True)[1:]
        if "|" in words:
            words = words[: words.index("|")]
        if "--help" in words:
            with pytest.raises(SystemExit, match="^0$"):
                make_parser().parse_args(words)
            continue
        assert make_parser().parse_args(words).run, command
    for verb in verbs(TEXTS[page]):
        assert (ROOT / "tfvgan" / "cli" / f"{verb}.py").is_file(), verb


def test_what_comes_through_a_pipe_loses_nothing_on_the_way():
    """FFmpeg itself takes MPEG-4 for NUT, of 35 dB."""
    verbs = make_parser()._subparsers._group_actions[0].choices.values()
    texts = "\n".join([*TEXTS.values(), *(verb.epilog for verb in verbs)])
    piped = re.findall(r"ffmpeg .*-f nut.*", texts)
    assert len(piped) >= 4 and all("-c:v ffv1" in line for line in piped)


@each
def test_names_of_the_package_exist(page):
    for name in re.findall(r"`tfvgan((?:\.\w+)+)(?=[`(])", TEXTS[page]):
        found = tfvgan
        for part in name[1:].split("."):
            if not hasattr(found, part):
                importlib.import_module(f"{found.__name__}.{part}")
            found = getattr(found, part)


@each
def test_links_lead_somewhere(page):
    for link in LINK.findall(TEXTS[page]):
        if "://" in link:
            continue
        path, _, heading = link.partition("#")
        target = (ROOT / page).parent / path if path else ROOT / page
        assert target.exists(), link
        if heading:
            headings = re.findall(r"^#+ (.*)", target.read_text(encoding="utf-8"), re.MULTILINE)
            assert heading in [re.sub(r"[^\w-]", "", h.lower().replace(" ", "-")) for h in headings]


@each
def test_make_targets_and_scripts_exist(page):
    makefile = (ROOT / "Makefile").read_text()
    for target in re.findall(r"(?:^|`)make (\w[\w-]*)", TEXTS[page], re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    for path in re.findall(
        r"`(?:python )?((?:benchmarks|tfvgan|tests|notebooks)/[\w/.-]+)", TEXTS[page]
    ):
        assert (ROOT / path).exists(), path


def test_decisions_name_files_that_are_there():
    for path in re.findall(r"`(?:tfvgan/)?(?!benchmarks)([\w/]+\.py)`", TEXTS["docs/decisions.md"]):
        assert any((folder / path).is_file() for folder in (ROOT / "tfvgan", ROOT)), path


def test_examples_of_extend_run(tmp_path, monkeypatch, capsys, eagerly, without_pictures):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(applications, "TABLE", list(applications.TABLE))
    for _, path, text in FENCE.findall(TEXTS["docs/extend.md"]):
        if path:
            Path(path).parent.mkdir(exist_ok=True)
            Path(path).write_text(text)
            (Path(path).parent / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    names = {"__name__": "extend"}
    for block in blocks(TEXTS["docs/extend.md"], "python"):
        exec(block, names)
    assert isinstance(names["again"].adversarial_loss, names["AverageLeastSquares"])
    assert names["video"].shape == (2, 2, 8, 8, 3)
    assert len(names["history"].history["margin"]) == 2
    assert names["coloured"].shape == names["shapes"]["video"].shape
    assert names["colourist"].steps_made == 2 and set(names["colourist"].endpoints()) == {"colour"}
    assert runs.Settings.load("runs/colours").closeness == 5.0
    with pytest.raises(SystemExit):
        make_parser().parse_args(["train", "colourist", "--help"])
    assert "--closeness WEIGHT" in capsys.readouterr().out


def test_latents_are_as_long_as_the_networks_have_them():
    def default(network, name):
        return inspect.signature(network).parameters[name].default

    whole = {default(network, "latent_dim") for network in (VganGenerator, DcganGenerator)}
    named = [default(ContinuousGenerator, name) for name in ("latent_dim", "motion_dim")]
    said = "`latents` float32 (n, {}), of `continuous` (n, {}), and `motion` (n, anchors, {}) too"
    assert said.format(*whole, *named) in TEXTS["docs/serving.md"]
    assert f"`seed` int32 (n), {MOST} at most" in TEXTS["docs/serving.md"]


@pytest.mark.parametrize(
    ("alone", "network"),
    [
        (Restorer, lambda: RestorerGenerator(1, 8, 1, masked=True, leveled=True)),
        (Stylizer, lambda: StylizerGenerator(8, 1, neighbours=True)),
        (Steadier, lambda: SteadierGenerator(8, 1)),
        (Segmenter, lambda: SegmenterGenerator(2, 8, 1)),
        (Embedder, lambda: EmbedderDiscriminator(24, 6)),
    ],
)
def test_serving_says_what_endpoints_of_videos_read(alone, network):
    lines = TEXTS["docs/serving.md"].splitlines()
    generator = network()
    generator.build()
    for name, endpoint in alone(generator).endpoints().items():
        if name.endswith(("_encoded", "_part", "_320x180")):  # As the one without.
            continue
        (row,) = [line for line in lines if line.startswith(f"| `{name}`")]
        for spec in endpoint.signature:
            assert f"`{spec.name}`" in row, (name, spec.name)


def test_sizes_of_squares_and_pictures_are_those_that_a_style_is_learnt_with():
    said = f"squares of `--square` pixels ({SQUARE}) are cut"
    assert said in TEXTS["docs/stylization.md"]
    assert f"until its shorter side is {LARGEST} squares long" in TEXTS["docs/stylization.md"]


@pytest.mark.slow
def test_examples_of_stylization_run(tmp_path, monkeypatch, eagerly):
    """On small videos, for a step, without a network that judges: it may not have been fetched."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(video_stylizer.PAIRED, "perceptual", 0.0)
    write_videos("videos", moving_shapes(2, frames=6, size=16)["video"], fps=8, formats=("mp4",))
    frames = moving_shapes(1, frames=3, size=16)["video"][0]
    write_video("in.mp4", frames, fps=8)
    network = StylizerGenerator(8, 1)
    network.build()
    Path("runs/ink").mkdir(parents=True)
    Stylizer(network).save("runs/ink/generator.keras")
    with_files, of_ones_own = blocks(TEXTS["docs/stylization.md"], "python")
    names = {"frames": frames}
    exec(with_files, names)
    assert names["painted"].shape == frames.shape and Path("painted.mp4").is_file()
    small = {"256": "16", "128": "16", "batch_size=8": "batch_size=2"}
    steps = "epochs=20, steps_per_epoch=250"
    exec(shortened(of_ones_own, *small.items(), steps=steps), names := {})
    assert names["model"].steps_made == 1
    assert runs.load_stylizer("negative.keras").stylize(frames).shape == frames.shape
    square = np.full((2, 4, 4, 3), 55, "uint8")
    assert (names["negative"](square, None, 1.0) == 200).all()


def test_examples_of_masks_and_composites_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    halves = np.zeros((1, 16, 64, 64, 3), "uint8")
    halves[:, :, 32:] = 255
    write_videos("masks", halves, formats=("mp4",))
    masks, composites = blocks(TEXTS["docs/data.md"], "python")[1:]
    exec(masks, names := {})
    made = next(iter(names["classes"])).numpy()
    assert (made[..., :32, :, :] == 0).all() and (made[..., 32:, :, :] == 1).all()
    exec(composites, names := {})
    assert names["made"].mask.max() == 1
    assert names["made"].video.shape == (8, 64, 64, 3)


@pytest.mark.slow
def test_examples_of_the_applications_run(tmp_path, monkeypatch):
    """For one step, then the exported file as an edge device plays it."""
    monkeypatch.chdir(tmp_path)
    write_videos("videos", moving_shapes(8, frames=16, size=64)["video"], fps=8)
    names = {"frames": moving_shapes(1, frames=3, size=32)["video"][0]}
    restorer = VideoRestorer.from_preset(16, width=8, depth=1)
    Path("runs/sharp").mkdir(parents=True)
    restorer.save("runs/sharp/model.keras")
    write_videos(".", names["frames"][None], prefix="old", formats=("mp4",))
    Path("old-000.mp4").rename("old.mp4")
    exec(example("docs/restoration.md"), names)
    assert names["better"].shape == (3, 64, 64, 3) and Path("new.mp4").is_file()
    names = {}
    exec(shortened(example("README.md")), names)
    assert names["videos"].shape == (4, 16, 64, 64, 3)
    assert Path("video.mp4").is_file() and Path("model.keras").is_file()
    names = {}
    exec(shortened(example("docs/generation.md")), names)
    assert names["videos"].shape == (4, 16, 64, 64, 3) and Path("strip.png").is_file()
    played = {}
    exec(example("docs/serving.md"), played)
    assert played["video"].shape == (1, 16, 64, 64, 3)
    halves = {}
    exec(blocks(TEXTS["docs/data.md"], "python")[0], halves)
    assert {"train", "held_out"} <= halves.keys()
    weights.fetch("i3d")
    names = {"reference": names["videos"], "output": names["videos"]}
    scored = shortened(example("docs/metrics.md"), ("every=5, count=256", "every=1, count=8"))
    exec(scored, names)
    assert {"fvd", "motion", "disorder"} <= names["model"].history.history.keys()
    assert float(names["psnr"].result()) == 100.0


def example(page):
    """Returns the one example in Python of a page."""
    (block,) = blocks(TEXTS[page], "python")
    return block


def shortened(text, *more, steps="epochs=40, steps_per_epoch=250"):
    """Returns an example that trains for one step."""
    for long, short in ((steps, "epochs=1, steps_per_epoch=1"), *more):
        assert long in text
        text = text.replace(long, short)
    return text


@pytest.mark.slow
def test_the_site_builds_without_a_warning(tmp_path):
    """Where the extra `docs` is installed; `mkdocs.yml` says strict."""
    pytest.importorskip("mkdocs")
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    build(load_config(str(ROOT / "mkdocs.yml"), site_dir=str(tmp_path / "site")))
    for page in ("tvg", "decisions", "api", "api/data", "benchmarks", "gallery/03_restoration"):
        assert (tmp_path / "site" / page / "index.html").is_file()
    data = (tmp_path / "site" / "api" / "data" / "index.html").read_text()
    assert 'id="tfvgan.data.clips.clips"' in data  # the function, not the module
    assert 'id="tfvgan.data.styles.filters.styled"' in data  # of a package within
    page = (tmp_path / "site" / "gallery" / "03_restoration" / "index.html").read_text()
    assert page.count("<img ") > 3 and "<video " in page and 'href="../03_restoration.py"' in page
    assert (tmp_path / "site" / "gallery" / "03_restoration.py").is_file()
    guide = (tmp_path / "site" / "restoration" / "index.html").read_text()
    assert 'href="../gallery/03_restoration/"' in guide
    tasks = (tmp_path / "site" / "api" / "tasks" / "index.html").read_text()
    assert tasks.count('id="tfvgan.tasks.stylization.VideoStylizer"') == 1


def test_the_page_on_retrieval_runs(tmp_path, monkeypatch, capsys):
    """With an embedder that needs no network, in place of the package's."""
    monkeypatch.chdir(tmp_path)
    Path("videos").mkdir()
    for number in range(2):
        drifting(f"videos/{number}.mp4", 4, number)
    shutil.copy("videos/1.mp4", "videos/2.mp4")
    write_video("clip.mp4", drift(4, 0)[10:30], fps=10)
    for name in ("index", "search"):
        module = importlib.import_module(f"tfvgan.runs.{name}")
        monkeypatch.setattr(module, "load_embedder", lambda model: Thumbnails())
    exec(example("docs/retrieval.md"))
    first, group = capsys.readouterr().out.splitlines()
    assert first.split()[0] == os.path.abspath("videos/0.mp4")
    assert abs(float(first.split()[2]) - 1) < 0.5 and "1.mp4" in group and "2.mp4" in group
