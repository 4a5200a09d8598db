"""The README promises what the code holds: commands parse, Python runs, links lead somewhere."""

import inspect
import json
import re
import shlex
from pathlib import Path

import pytest
from tfvgan_cli.main import make_parser

from tfvgan import VideoRestorer, weights
from tfvgan.data import moving_shapes, write_videos
from tfvgan.networks import ContinuousGenerator, DcganGenerator, VganGenerator
from tfvgan.tasks.guard import MOST

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", README, re.DOTALL)
COMMANDS = [
    *re.findall(r"^tfvgan .*", "\n".join(text for _, text in BLOCKS), re.MULTILINE),
    *re.findall(r"`(tfvgan [^`]+)`", README),
]


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_parse(command):
    assert make_parser().parse_args(shlex.split(command, comments=True)[1:]).run


def test_links_lead_somewhere():
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert target.startswith("http") or (ROOT / target).exists(), target


def test_make_targets_exist():
    makefile = (ROOT / "Makefile").read_text()
    for target in re.findall(r"^make (\w+)", README, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_latents_are_as_long_as_the_networks_have_them():
    def default(network, name):
        return inspect.signature(network).parameters[name].default

    whole = {default(network, "latent_dim") for network in (VganGenerator, DcganGenerator)}
    named = [default(ContinuousGenerator, name) for name in ("latent_dim", "motion_dim")]
    said = "`latents` float32 (n, {}), of `continuous` (n, {}), and `motion` (n, anchors, {}) too"
    assert said.format(*whole, *named) in README
    assert f"`count` int32 from 1 to {MOST}" in README


def results(name):
    """Returns the committed results of a benchmark."""
    return json.loads((ROOT / "benchmarks" / "results" / f"{name}.json").read_text())


def generation_cells(row):
    """Returns the cells of a row of the table of generation; what was not measured is empty."""

    def cell(form, *names):
        values = [row[name] for name in names]
        return "" if None in values else form.format(*values)

    return [
        row["videos"],
        cell("{:.0f}", "minutes"),
        cell("{:.1f}", "clips/s"),
        cell("{:.0f} ± {:.0f}", "FVD", "FVD +-"),
        cell("{:.2f}", "recall"),
        cell("{:.3f}", "one shape"),
        cell("{:.2f}", "ACD"),
        cell("{:.1f} ± {:.1f}", "step", "step +-"),
        *(cell("{:.2f}", f"TV of {name}") for name in ("kind", "hue", "horizontal")),
    ]


def test_figures_are_those_of_the_benchmarks():
    """Who runs `make bench` and commits its results is told what to write."""
    quoted = []
    for row in results("training_step")["rows"]:
        times = [row[f"{side} ms"] for side in ("tfvgan", "torch", "torch channels_last")]
        ratio = f"{row['ratio to the faster']:.2f}"
        quoted.append([row["network"], *(f"{ms:.0f}" for ms in times), ratio])
    for row in results("input")["rows"]:
        if row["from"] != "carphone_distorted.mp4":
            rates = [row[name] for name in ("tensorflow-io", "PyAV", "OpenCV", "decord")]
            quoted.append([f"{row['from']}, {row['size']}", *(f"{rate:.0f}" for rate in rates)])
    for row in results("what_fvd_sees")["rows"]:
        fvd = f"{row['fvd']:.0f} ± {row['fvd +-']:.0f}"
        tof = "" if row["tOF"] is None else f"{row['tOF']:.2f}"
        quoted.append([row["set"], row["other half"], fvd, f"{row['ffd']:.2f}", tof])
    quoted += [generation_cells(row) for row in results("generation")["rows"]]
    for cells in quoted:
        assert f"| {' | '.join(cells)} |".replace("|  |", "| |") in README.replace("|  |", "| |")
    speed = results("fvd_speed")["rows"][0]
    step = results("generation_step")["rows"][0]
    faster = results("generation")["clips_a_second_against_mocogan"]
    rows = {row["videos"]: row for row in results("generation")["rows"]}
    wider = rows["continuous, sharpness 3"]["step +-"] / rows["real"]["step +-"] - 1
    long = results("generation_scaling")["longest_clip_against_base"]
    people = {row["videos"]: row for row in results("generation_people")["rows"]}
    as_said = {name: f"{row['FVD']:.0f} ± {row['FVD +-']:.0f}" for name, row in people.items()}
    real, still, shuffled, noise = [row["fvd"] for row in results("what_fvd_sees")["rows"][:4]]
    for value in (
        f"of the {noise - real:.0f} that lie between real shapes and noise, standing still costs "
        f"{still - real:.0f}, and frames in any order {shuffled - real:.0f}",
        f"a ratio of {speed['ratio to the faster']:.2f} to the faster",
        f"take {speed['tfvgan s']:.0f} s",
        f"takes {step['tfvgan ms']:.0f} ms, against {step['torch ms']:.0f} ms in PyTorch, or "
        f"{step['torch channels_last ms']:.0f} ms with channels last: a ratio of "
        f"{step['ratio to the faster']:.2f} to the faster",
        f"{long['step ms']:.2f} times the time and {long['peak MiB']:.2f} times the memory of 16",
        f"{faster:.0f} times the clips a second of MoCoGAN",
        f"their deviation is not: it is {100 * wider:.0f} % wider",
        f"FVD is {as_said['continuous']}, of 59 videos against half of the strips; the other half "
        f"has {as_said['real']}, the same standing still {as_said['first frame']}",
        f"its videos are {people['continuous']['nearest']:.0f} levels (root mean square) from the "
        "nearest of that half, on average, real ones of the other half "
        f"{people['real']['nearest']:.0f}",
        f"{results('input')['clips_per_second_from_cache']:.0f} clips",
        f"{results('prepare_memory')['rows'][-1]['peak MB']:.0f} MB",
        f"in {results('startup')['rows'][-1]['seconds']:.2f} s",
    ):
        assert value in re.sub(r"\s+", " ", README)


@pytest.mark.slow
def test_python_runs(tmp_path, monkeypatch):
    """The examples, for one step, then the exported file as an edge device plays it."""
    monkeypatch.chdir(tmp_path)
    write_videos("videos", moving_shapes(8, frames=16, size=64)["video"], fps=8)
    mend, train, measure, play = [text for language, text in BLOCKS if language == "python"]
    names = {"frames": moving_shapes(1, frames=3, size=32)["video"][0]}
    restorer = VideoRestorer.from_preset(16, width=8, depth=1)
    Path("runs/sharp").mkdir(parents=True)
    restorer.save("runs/sharp/model.keras")
    write_videos(".", names["frames"][None], prefix="old", formats=("mp4",))
    Path("old-000.mp4").rename("old.mp4")
    exec(mend, names)
    assert names["better"].shape == (3, 64, 64, 3) and Path("new.mp4").is_file()
    names = {}
    exec(shortened(train), names)
    assert names["videos"].shape == (4, 16, 64, 64, 3)
    assert Path("strip.png").is_file() and Path("video.mp4").is_file()
    exec(play, names)
    assert names["video"].shape == (1, 16, 64, 64, 3)
    weights.fetch("i3d")
    names = {"reference": names["videos"], "output": names["videos"]}
    exec(shortened(measure, ("every=5, count=256", "every=1, count=8")), names)
    assert {"fvd", "motion", "disorder"} <= names["model"].history.history.keys()
    assert float(names["psnr"].result()) == 100.0


def shortened(text, *more):
    """Returns an example that trains for one step."""
    for long, short in (("epochs=40, steps_per_epoch=250", "epochs=1, steps_per_epoch=1"), *more):
        assert long in text
        text = text.replace(long, short)
    return text
