"""Writes the SavedModels of published folders anew, as this version of the package serves them.

The network beside it, its tables and the .tflite files stay as they are, and so do the version and
the names of its endpoints; those that were made of them since come with it, such as `NAME_encoded`,
and the requests that a server warms up with. What is served must be what was: on examples of a size
that both take, every level is the same, but for a few that lie between two: sums in another order
round to the next one. What parity.json and the card say of the SavedModel follows, but for its
time, which is of when it was published. The old version is gone then: keep a copy.

    python benchmarks/making/serve_again.py saved_models/restore_x2 [FOLDER ...]
"""

import argparse
import re
import shutil
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import numpy as np
import tensorflow as tf

from benchmarks.making.again import checked, newest, parity_of, replaced
from tfvgan.export import Parity, check_parity, format_both, parity_table, write_table
from tfvgan.export.parity import by_name
from tfvgan.export.saved_model import write_served
from tfvgan.runs import for_edge, load_model
from tfvgan.runs.card import file_table, of_files
from tfvgan.sums import write_sums
from tfvgan.whole import write_whole

TABLES = re.compile(r"## Files\n.*?(?=\nDifferences are)", re.DOTALL)  # Of a card.
SIZE = (32, 48)  # Of the frames of examples: multiples of all that networks fold by.
FAR = 1e-5  # What numbers that are no levels may differ by, such as states.
FEW = 1e-4  # How many levels may be the next one, as a share of all.


def serve_again(folder):
    """Returns the largest difference of numbers, of levels, and the largest share of other levels.

    Args:
        folder: path of what `tfvgan publish` wrote.

    Raises:
        ValueError: when an endpoint is gone, or gives something else; nothing is replaced then.
    """
    folder = Path(folder)
    version = checked(folder)
    old = tf.saved_model.load(str(version)).signatures
    wanted = [name for name in old if name != "serving_default"]
    model = for_edge(load_model(folder), run=folder)
    begun = tuple(f"{name}_" for name in wanted)
    found = model.endpoints().items()
    served = {name: each for name, each in found if name in wanted or name.startswith(begun)}
    if not set(wanted) <= set(served):
        raise ValueError(f"`{folder}` serves {', '.join(wanted)}, of which some are gone.")
    with replaced(folder) as copy:
        made = copy / version.name
        shutil.rmtree(made)
        made.mkdir()
        write_served(served, made)
        new = tf.saved_model.load(str(made)).signatures
        differences = [
            apart(seeded(old[name]), new[name], inputs) for name, inputs in examples(model, wanted)
        ]
        far, levels, share = (max(each) for each in zip(*differences))
        if not (far < FAR and levels <= 1 and share < FEW):
            raise ValueError(
                f"`{folder}` would serve something else, by {far}, or by {levels} levels in "
                f"{100 * share:.2g} % of them: look at what has changed."
            )
        rows, allowed = rows_of(version, model, made)
        check_parity(rows, allowed)
        for path in version.glob("*.tflite"):
            shutil.copy2(path, made)
        left_out = parity_of(version).get("left_out", ())
        write_table(rows, made / "parity.json", allowed, left_out)
        write_sums(made)
        update_card(copy, rows, left_out)
    return far, levels, share


def examples(model, wanted):
    """Yields the names of endpoints, and lists of what each reads."""
    try:
        small = for_edge(model, SIZE).endpoints()
    except ValueError:  # Of a model whose frames have one size.
        small = model.endpoints()
    for name in wanted:
        if name == "sample":
            yield name, [{"seed": np.int32([seed])} for seed in (0, 7)]
        elif name in small and small[name].edge is not None:
            yield name, small[name].edge.examples(2, 1)
        elif name in small:
            yield name, [drawn(small[name].request(), seed) for seed in range(2)]


def drawn(request, seed):
    """Returns a request with levels that are drawn, and with numbers of one half."""
    random = np.random.default_rng(seed)

    def value(name, array):
        if array.dtype == np.uint8:
            return random.integers(0, 256, array.shape, np.uint8)
        halves = array.dtype.kind == "f" and name != "state"
        return np.full_like(array, 0.5) if halves else array

    return {name: value(name, array) for name, array in request.items()}


def seeded(signature):
    """Returns what gives videos by their seeds, of what once counted them from one seed."""
    if "count" not in signature.structured_input_signature[1]:
        return signature
    return lambda seed: signature(count=tf.constant(1), seed=seed[0])


def apart(old, new, inputs):
    """Returns what `serve_again` does, of two endpoints."""
    far, levels, shares = [0.0], [0], [0.0]
    for named in inputs:
        wanted, got = (by_name(each, keywords=True)(**named) for each in (old, new))
        for name, value in wanted.items():
            if value.dtype == object:  # Files of pictures.
                off = (got[name] != value).astype(float)
            else:
                off = np.abs(got[name].astype(float) - value.astype(float))
            (far if value.dtype.kind == "f" else levels).append(off.max())
            if value.dtype.kind != "f":
                shares.append((off > 0).mean())
    return float(max(far)), int(max(levels)), float(max(shares))


def rows_of(version, model, made):
    """Returns the rows of parity.json with that of the new SavedModel, and what is allowed."""
    table = parity_of(version)
    rows = [Parity(**row) for row in table["rows"]]
    for place, row in enumerate(rows):
        if row.target == "saved_model":
            measured = parity_table(model, made, endpoint=row.endpoint)[-1]
            rows[place] = measured._replace(milliseconds=row.milliseconds)
    return rows, table["allowed"]


def update_card(folder, rows, left_out=()):
    """Writes the card's tables of files and of differences anew.

    Args:
        folder: what was published.
        rows: of `Parity`, of its newest version.
        left_out: as of `tfvgan.export.format_both`.
    """
    card = folder / "README.md"
    text = card.read_text(encoding="utf-8").replace('{"count": 1, "seed": 7}', '{"seed": [7]}')
    text = of_files(text, newest(folder))
    for _ in range(2):  # The second time with the card's own new size.
        tables = f"## Files\n\n{file_table(folder)}\n\n{format_both(rows, left_out)}\n"
        text = TABLES.sub(lambda _, tables=tables: tables, text)
        write_whole(card, lambda file, text=text: file.write_text(text, encoding="utf-8"))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", help="what `tfvgan publish` wrote")
    for folder in parser.parse_args().folders:
        far, levels, share = serve_again(folder)
        print(f"{folder}: {levels} levels in {100 * share:.2g} %, {far:.1e} otherwise", flush=True)


if __name__ == "__main__":
    main()
