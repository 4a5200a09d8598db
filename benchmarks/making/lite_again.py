"""Makes the .tflite files of published folders anew, and measures what they lose of real clips.

The network and the SavedModel stay as they are, and so does a float32 file; quantised files are
written as this version of the package writes them, of the kinds that were there and those asked
for. Times stay those of the publication; new files have none.

Models that read frames are measured on pieces of `tfvgan.data.sample_videos`, degraded as they
learned to undo: int8 measures its ranges on every other piece, and quantised files are compared
with the Keras model on the rest. What is too far off is left out, and the card says by how much.
int8 may lose what this version allows, whatever was allowed when the folder was published, and
float16 no more than that. Kinds of which another one is there can be taken away, for their size.
What was left out before, and is not tried again, is still told.

    python benchmarks/making/lite_again.py saved_models/steady [FOLDER ...] [--kinds float16 int8]
    python benchmarks/making/lite_again.py saved_models/style_ink --without float32

A folder is replaced when all of it is there.
"""

import argparse
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import numpy as np

from benchmarks.making.again import checked, parity_of, replaced
from benchmarks.making.export_again import edge_of, kinds_of
from benchmarks.making.serve_again import update_card
from tfvgan.applications import applications
from tfvgan.data import sample_videos
from tfvgan.export import Parity, check_parity, write_table
from tfvgan.export.bundle import write_tflite
from tfvgan.export.parity import ALLOWED, how_far
from tfvgan.export.tflite import QUANTIZATIONS, edge_endpoint
from tfvgan.runs import for_edge, load_model
from tfvgan.streaming import Source
from tfvgan.sums import SUMS, write_sums
from tfvgan.tasks.application import Given

STARTS = (0, 90)  # Frames that a piece begins with.
FRAMES = 8  # Of a piece.
READ = {"frame", "original", "windows"}  # Inputs of what is measured on clips.


def pieces():
    """Returns pieces of real clips, uint8 `(FRAMES, h, w, 3)`, each clip's first, then the next."""
    paths = [path for path in sample_videos() if "distorted" not in path]
    films = [
        [frame.rgb for _, frame in zip(range(STARTS[-1] + FRAMES), Source(path).frames())]
        for path in paths
    ]
    return [np.stack(film[start : start + FRAMES]) for start in STARTS for film in films]


def seen(model, folder, name):
    """Returns what an endpoint is given of `pieces`; None of one that reads no frames."""
    (own,) = edge_endpoint(model, name)[1].edge.examples(1, 0)
    if not READ & set(own):
        return None
    given = Given(model, folder, example=sample_videos()[0], edge=getattr(model, "edge", None))
    cards = (application.card(given) for application in applications())
    return next(filter(None, cards)).seen(pieces())


def lite_again(folder, kinds=(), without=()):
    """Returns the rows of the new files, and the sentences about those that were left out.

    Args:
        folder: path of what `tfvgan publish` wrote.
        kinds: quantizations beside those that are there.
        without: quantizations that are taken away, as `kept` says.

    Raises:
        ValueError: when a checksum is wrong, or a float32 file is too far off.
    """
    folder = Path(folder)
    version = checked(folder)
    model = for_edge(load_model(folder), edge_of(version), run=folder)
    old = parity_of(version)
    old["allowed"] |= {
        "int8": ALLOWED["int8"],
        "float16": {**old["allowed"].get("float16", {}), **ALLOWED["int8"]},
    }
    rows, left_out = [], list(old.get("left_out", ()))
    with replaced(folder) as copy:
        made = copy / version.name
        (made / SUMS).unlink()
        for name, there in kinds_of(version).items():
            asked = [kind for kind in QUANTIZATIONS if kind in there or kind in kinds]
            wanted = kept(asked, without)
            for kind in asked[1:] if wanted[0] == "float32" else asked:
                Path(made, f"{name}-{kind}.tflite").unlink(missing_ok=True)
            clips = seen(model, folder, name)
            found, dropped = write_tflite(model, made, name, wanted, old["allowed"], clips)
            before = {row["target"]: row for row in old["rows"] if row["endpoint"] == name}
            rows += [found[0], Parity(**before["saved_model"]), *found[1:]]
            tried = tuple(f"the {kind} export of `{name}`" for kind in wanted)
            left_out = [line for line in left_out if not line.startswith(tried)]
            left_out += [how_far(row, old["allowed"]) for row in dropped]
        rows = [timed(row, old["rows"]) for row in rows]
        check_parity(rows, old["allowed"])
        write_table(rows, made / "parity.json", old["allowed"], left_out)
        write_sums(made)
        update_card(copy, rows, left_out)
    return rows, left_out


def kept(asked, without):
    """Returns the kinds that stay; all where none of 16 bits or more would: it is the nearest.

    Args:
        asked: kinds that an endpoint would have.
        without: kinds that are to be taken away.
    """
    near, wanted = {"float32", "float16"}, [kind for kind in asked if kind not in without]
    return wanted if near & set(wanted) or not near & set(asked) else asked


def timed(row, before):
    """Returns a row with the time that one of the same file had: of when it was published.

    A new file has none: others were timed on another day, and one would compare them.

    Args:
        row: `Parity`.
        before: list of dicts of such rows.
    """
    for old in before:
        if (old["endpoint"], old["target"]) == (row.endpoint, row.target):
            return row._replace(milliseconds=old["milliseconds"])
    return row._replace(milliseconds=None)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", help="what `tfvgan publish` wrote")
    parser.add_argument(
        "--kinds", nargs="+", default=(), choices=QUANTIZATIONS, help="files beside those there"
    )
    parser.add_argument(
        "--without", nargs="+", default=(), choices=QUANTIZATIONS, help="files to take away"
    )
    arguments = parser.parse_args()
    for folder in arguments.folders:
        rows, left_out = lite_again(folder, arguments.kinds, arguments.without)
        for row in rows:
            if row.target not in ("keras", "saved_model"):
                size, less = f"{row.bytes / 1e6:.3f} MB", f"{row.lost:.3f} lost ({row.unit})"
                print(f"{folder}: {row.endpoint} {row.target}, {size}, {less}", flush=True)
        for line in left_out:
            print(f"{folder}: left out: {line}", flush=True)


if __name__ == "__main__":
    main()
