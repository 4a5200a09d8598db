"""Exports published folders anew, as this version of the package does: SavedModel and .tflite.

The network stays as it is, or with `--half` its weights are rounded to numbers of 16 bits, which
makes generator.keras a third to a half smaller, and .tflite files of 32 bits become files of 16,
which hold the same weights. Endpoints that were made since come along, such as
`NAME_encoded`, and the requests that a server warms up with; the .tflite files are of the kinds and
sizes that were there. The card's tables of files and of differences follow, and it says where
weights were rounded. What is served is compared with what was: the largest difference is printed.

    python benchmarks/making/export_again.py saved_models/steady [FOLDER ...] [--half]

A folder is replaced when all of it is there. Codecs are refused `--half`: their files would change.
"""

import argparse
import shutil
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import numpy as np
import tensorflow as tf

from benchmarks.making.again import checked, parity_of, replaced
from benchmarks.making.serve_again import apart, examples, seeded, update_card
from tfvgan.export import Parity, export_model
from tfvgan.export.tflite import load_tflite
from tfvgan.runs import for_edge, load_model
from tfvgan.sums import write_sums
from tfvgan.tasks import LearnedCodec
from tfvgan.tasks.compression.enhancer import Enhancer
from tfvgan.tasks.loading import GENERATOR, load_keras, save_deflated
from tfvgan.whole import put

FRAMES = ("frame", "original")  # Inputs of .tflite files whose size is that of the frames.
ROUNDED = "Its weights were rounded to 16 bits by `benchmarks/making/export_again.py --half`"


def export_again(folder, half=False):
    """Returns the largest difference of what is served from what was, in levels or numbers.

    Args:
        folder: path of what `tfvgan publish` wrote.
        half: whether the weights are rounded to 16 bits.

    Raises:
        ValueError: when it is a codec whose weights are to be rounded, or something served is gone.
    """
    folder = Path(folder)
    version = checked(folder)
    old = tf.saved_model.load(str(version)).signatures
    with replaced(folder) as copy:
        if half:
            halve(copy)
        for old_version in copy.glob("*/saved_model.pb"):
            shutil.rmtree(old_version.parent)
        model = for_edge(load_model(copy), edge_of(version), run=folder)
        allowed = parity_of(version)["allowed"]
        made = Path(export_model(model, copy, kinds_of(version, half), allowed))
        if made.name != version.name:
            put(made, copy / version.name)
            made = copy / version.name
        far = difference(old, tf.saved_model.load(str(made)).signatures, model)
        if half:
            say_rounded(copy, load_model(folder), model)
        told = parity_of(made)
        update_card(copy, [Parity(**row) for row in told["rows"]], told["left_out"])
    return far


def halve(folder):
    """Rounds the weights of a published network to 16 bits, where they are."""
    network = load_keras(folder / GENERATOR)
    if isinstance(load_model(folder), (LearnedCodec, Enhancer)):
        raise ValueError(f"`{folder}` is a codec, whose files would change: leave out --half.")
    for weight in network.weights:
        weight.assign(np.asarray(weight).astype("float16").astype("float32"))
    save_deflated(network, folder / GENERATOR)
    write_sums(folder)


def edge_of(version):
    """Returns the `(height, width)` of the frames that .tflite files are for; None for others."""
    for path in sorted(version.glob("*.tflite")):
        inputs = load_tflite(path).get_input_details()
        for name in FRAMES:
            if name in inputs:
                return tuple(int(side) for side in inputs[name]["shape"][1:3])
    return None


def kinds_of(version, half=False):
    """Returns the quantizations of each endpoint that has .tflite files, by name.

    Where weights have 16 bits (`half`), files of 32 become files of 16, which lose nothing then.
    """
    kinds = {}
    for path in sorted(version.glob("*.tflite")):
        name, _, kind = path.stem.rpartition("-")
        kinds.setdefault(name, set()).add("float16" if half and kind == "float32" else kind)
    order = ("float32", "float16", "dynamic", "int8")
    return {name: sorted(found, key=order.index) for name, found in kinds.items()}


def difference(old, new, model):
    """Returns the largest difference of the signatures that were there."""
    wanted = [name for name in old if name != "serving_default"]
    if gone := set(wanted) - set(new):
        raise ValueError(f"{', '.join(sorted(gone))} would be gone: look at what has changed.")
    apart_by = [
        max(apart(seeded(old[name]), new[name], inputs)[:2])
        for name, inputs in examples(model, wanted)
    ]
    return max(apart_by)


def say_rounded(folder, old, new):
    """Writes into the card, once, that weights were rounded after all was measured.

    A model whose name follows from its weights, as an embedder's does, has another one then.
    """
    card = folder / "README.md"
    text = card.read_text(encoding="utf-8")
    names = [f"| Name | `{getattr(model, 'name', '')}` |" for model in (old, new)]
    text = text.replace(*names)
    if ROUNDED not in text:
        line = f"{ROUNDED}, after all above was measured.\n\n## Files\n"
        text = text.replace("## Files\n", line, 1)
    card.write_text(text, encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", help="what `tfvgan publish` wrote")
    parser.add_argument("--half", action="store_true", help="round the weights to 16 bits")
    arguments = parser.parse_args()
    for folder in arguments.folders:
        far = export_again(folder, arguments.half)
        size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
        print(f"{folder}: {size / 1e6:.3f} MB, differs by {far:.3g} at most", flush=True)


if __name__ == "__main__":
    main()
