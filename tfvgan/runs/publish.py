"""A trained generator as one small folder that others load, serve, play and judge."""

import datetime
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import keras
import tensorflow as tf
from PIL import Image

from tfvgan.applications import applications
from tfvgan.export import Parity, export_model, format_both
from tfvgan.runs import card
from tfvgan.runs.folder import alone_at
from tfvgan.runs.footage import footage
from tfvgan.runs.loading import folder_at, known_at, load_enlarger, loaded, settings_at
from tfvgan.sums import write_sums
from tfvgan.tasks.application import Given
from tfvgan.whole import aside, put

COLOURS = 128  # In pictures: with 256 those of 256x256 videos take 80 kB more.


def publish(
    run: object,
    out: str | os.PathLike,
    data: str,
    licence: str,
    what: str | None = None,
    notes: str | None = None,
    scores: str | os.PathLike | None = None,
    allowed: Mapping[str, Mapping[str, float]] | None = None,
    seed: int = 0,
    sharpness: float = 1.0,
    example: str | os.PathLike | None = None,
    edge: tuple[int, int] | None = None,
    clips: Sequence[str | os.PathLike] | None = None,
) -> str:
    """Returns `out`, the new folder: networks for Keras, servers and edge devices, and a card.

    It holds generator.keras, which `tfvgan.Sampler.load` or `tfvgan.runs.load_restorer` read, with
    generator.json beside it where there is more to know, such as that it is a codec's; 1/, a
    SavedModel for TensorFlow Serving with .tflite files and parity.json; pictures, such as
    strip.png; and README.md, the card.
    A restorer of factor 1 that learned from the recipe "coded" is published as the codec that it
    is, likewise an `Enhancer`. An enlarger in the run's folder comes along as
    enlarger/generator.keras, and so do the tables of a learned codec. Checksums of all that is
    loaded are in SHA256SUMS, here and in 1/. The folder appears when all of it is there.

    A model that reads frames has a .tflite file that loses nothing, one of weights of 8 bits, and
    one of whole numbers alone. Each quantised one that is too far off is left out, and the card
    says by how much.

    Args:
        run: a run's folder, a `.keras` file, or a model of any task but the second stage's.
        out: the folder, not there yet; its name is the model's.
        data: text, which videos it learned from and where they are.
        licence: text, of the weights, as far as the data allows.
        what: text, what the model shows or does.
        notes: Markdown for the card, such as what the model does badly.
        scores: path of the metrics.jsonl that `tfvgan evaluate` has written.
        allowed: what differences exports may have, see `tfvgan.export.check_parity`.
        seed: int, of what the pictures show.
        sharpness: of a generator that is published, as in `tfvgan.tasks.sharpened`.
        example: path of a good video, for the pictures of what takes videos.
        edge: of what takes frames of any size, `(height, width)` of those of edge devices.
        clips: paths of good videos, of what reads frames. .tflite files measure their ranges on
            every other one, and are compared with the model on the others. By default they are of
            the clips that the run has decoded, or without these of the example.

    Raises:
        Busy: when another process publishes there.
        ValueError: when there is something at `out`, there is no such run, or an export differs
            from the model by more than it may; quantised files that do are left out.
    """
    out = Path(out)
    with alone_at(out):
        if out.exists():
            raise ValueError(f"`{out}` is there already: name another folder, or remove this one.")
        model = loaded(run)
        settings = settings_at(run)
        published = _published(
            Given(
                model,
                run,
                settings,
                known_at(run, settings),
                load_enlarger(run),
                seed=seed,
                sharpness=sharpness,
                example=example,
                edge=edge,
                clips=clips,
            )
        )
        with aside(out.parent) as folder:
            published.write(folder)
            shown = None
            if hasattr(published, "seen"):
                shown = published.seen(footage(clips, run, settings, example))
            version = export_model(published.model, folder, published.tflite(), allowed, shown)
            parity = json.loads(Path(version, "parity.json").read_text(encoding="utf-8"))
            table = format_both([Parity(**row) for row in parity["rows"]], parity["left_out"])
            published.draw(folder)
            for name in published.shown:
                _fewer_colours(folder / name)
            making = _making(model, published.model, run, settings)
            facts = {"What": what, **published.facts(), **making}
            facts |= {"Data": data, "Licence": licence}
            place = f"{out.resolve().parent.name}/{out.name}"
            uses = published.uses(place)
            card.write_card(folder, place, published.shown, facts, table, uses, scores, notes)
            write_sums(folder)
            put(folder, out)
    return str(out)


def _published(given):
    """Returns a model's publication, by the first application that knows the model."""
    for application in applications():
        card = application.card(given)
        if card is not None:
            return card
    raise ValueError(
        "What is published is a generator of videos, or a model that takes frames of any "
        "size, but "
        f"`{given.place}` holds a {type(given.model).__name__}: give the run of a first stage, "
        "whose enlarger comes along."
    )


def _fewer_colours(path):
    """Rewrites a picture with a small palette, to save bytes."""
    with Image.open(path) as picture:
        small = picture.convert("RGB").quantize(COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=5)
    small.save(path, optimize=True)


def _making(model, published, run, settings):
    """Returns the facts of a model's training and size, a dict."""
    facts = {}
    if settings is not None:
        facts["Command"] = f"`{card.command(settings, folder_at(run))}`"
    if hasattr(model, "steps_made"):
        facts["Steps"] = f"{model.steps_made}"
    if commit := card.commit():
        facts["Commit"] = f"`{commit}`"
    facts["Made with"] = f"TensorFlow {tf.__version__}, Keras {keras.__version__}"
    facts["Date"] = datetime.date.today().isoformat()
    facts["Parameters"] = f"{published.generator.count_params():,}"
    return facts
