"""A trained generator as one small folder that others load, serve, play and judge."""

import datetime
import json
import os
import shutil
import tempfile
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf
from PIL import Image

from tfvgan import plots
from tfvgan.export import Parity, export_model, format_table
from tfvgan.runs import card
from tfvgan.runs.enlarging import FOLDER, enlarge, load_enlarger
from tfvgan.runs.loading import GENERATOR, load_run, sampler_of
from tfvgan.tasks import sharpened

# int8 has 256 steps for all of time, too few for a video without end: there the weights alone are.
TFLITE = {"generate": ("float32", "dynamic", "int8"), "moment": ("float32", "dynamic")}
COLOURS = 128  # In pictures: with 256 those of 256x256 videos take 80 kB more.
LENGTH = 256  # Frames of the picture of time, of networks that know it.


def publish(
    run,
    out,
    data,
    licence,
    what=None,
    notes=None,
    scores=None,
    allowed=None,
    seed=0,
    sharpness=1.0,
):
    """Returns `out`, the new folder: networks for Keras, servers and edge devices, and a card.

    It holds generator.keras and generator.json, which `tfvgan.Sampler.load` reads; 1/, a SavedModel
    for TensorFlow Serving with .tflite files and parity.json; strip.png and xt.png; and README.md,
    the card. An enlarger in the run's folder comes along as enlarger/generator.keras. The folder
    appears when all of it is there.

    Args:
        run: a run's folder, a `.keras` file, a `VideoGAN` or a `Sampler`.
        out: the folder, not there yet; its name is the model's.
        data: text, which videos it learned from and where they are.
        licence: text, of the weights, as far as the data allows.
        what: text, what the model shows.
        notes: Markdown for the card, such as what the model does badly.
        scores: path of the metrics.jsonl that `tfvgan evaluate` has written.
        allowed: what differences exports may have, see `tfvgan.export.check_parity`.
        seed: int, of the videos in the pictures.
        sharpness: of the network that is published, as in `tfvgan.tasks.sharpened`.

    Raises:
        ValueError: when there is something at `out`, there is no such run, or an export differs
            from the model by more than it may; quantised files that do are left out.
    """
    out = Path(out)
    if out.exists():
        raise ValueError(f"`{out}` is there already: name another folder, or remove this one.")
    model = load_run(run) if isinstance(run, (str, os.PathLike)) else run
    sampler = sharpened(sampler_of(model, run), sharpness)
    out.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=".unfinished-", dir=out.parent))
    try:
        sampler.save(folder / GENERATOR)
        if enlarger := load_enlarger(run):
            (folder / FOLDER).mkdir()
            enlarger.save(folder / FOLDER / GENERATOR)
        files = {name: kinds for name, kinds in TFLITE.items() if name in sampler.endpoints()}
        version = export_model(sampler, folder, files, allowed)
        rows = json.loads(Path(version, "parity.json").read_text(encoding="utf-8"))["rows"]
        table = format_table([Parity(**row) for row in rows])
        _draw(sampler, folder, lambda videos: enlarge(run, videos, seed), seed)
        facts = {"What": what, **_facts(model, sampler, run), "Data": data, "Licence": licence}
        place = f"{out.resolve().parent.name}/{out.name}"
        card.write_card(folder, place, sampler, facts, table, scores, notes)
        folder.chmod(0o755)
        os.rename(folder, out)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return str(out)


def _draw(sampler, folder, enlarged, seed):
    """Draws a film strip of eight videos and the picture of time of two."""
    generator = sampler.generator
    labels = np.arange(8) % generator.num_classes if generator.num_classes else None
    videos = sampler.generate(8, seed=seed, labels=labels)
    plots.film_strip(enlarged(videos), folder / "strip.png")
    videos = videos[:2]
    if "times" in generator.signature():
        labels = None if labels is None else labels[:2]
        videos = sampler.generate(2, seed=seed, labels=labels, frames=LENGTH)
    plots.time_slice(enlarged(videos), folder / "xt.png")
    for name in ("strip.png", "xt.png"):
        _fewer_colours(folder / name)


def _fewer_colours(path):
    """Makes a picture take less room: few colours, none of them far from its own."""
    with Image.open(path) as picture:
        small = picture.convert("RGB").quantize(COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=5)
    small.save(path, optimize=True)


def _facts(model, sampler, run):
    """Returns what is known of a model's making and size."""
    generator = sampler.generator
    found = {"Videos": f"{generator.size}x{generator.size} pixels, {generator.frames} frames"}
    if "times" in generator.signature():
        found["Videos"] += " in a clip that was trained on, any number when rendered"
    if sampler.class_names:
        found["Classes"] = ", ".join(sampler.class_names)
    if isinstance(run, (str, os.PathLike)) and (command := card.command(run)):
        found["Command"] = f"`{command}`"
    if hasattr(model, "step"):
        found["Steps"] = f"{int(model.step)}"
    if commit := card.commit():
        found["Commit"] = f"`{commit}`"
    found["Made with"] = f"TensorFlow {tf.__version__}, Keras {keras.__version__}"
    found["Date"] = datetime.date.today().isoformat()
    found["Parameters"] = f"{generator.count_params():,}"
    if getattr(generator, "sharpness", 1.0) != 1.0:
        found["Sharpness"] = f"{generator.sharpness:g}, given after training (`--sharpness`)"
    return found
