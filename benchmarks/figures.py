"""Writes README.md beside this file: all figures of results/, aims first that were missed.

The curves of compression, results/codec.png, are drawn anew, and so are the tables of
docs/scaling.md.

python benchmarks/figures.py
"""

import argparse
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from benchmarks.analysis import figures as analysis
from benchmarks.compression import figures as compression
from benchmarks.compression import table
from benchmarks.generation import figures as generation
from benchmarks.metrics import figures as metrics
from benchmarks.package import figures as package
from benchmarks.report import RESULTS
from benchmarks.restoration import figures as restoration
from benchmarks.retrieval import figures as retrieval
from benchmarks.scaling import figures as scaling
from benchmarks.segmentation import figures as segmentation
from benchmarks.serving import figures as serving
from benchmarks.stylization import figures as stylization
from benchmarks.training import figures as training
from benchmarks.writing import in_markdown, loaded, paragraph

PAGE = Path(__file__).with_name("README.md")
ROOMS = (
    generation,
    restoration,
    stylization,
    segmentation,
    retrieval,
    analysis,
    compression,
    training,
    scaling,
    serving,
    package,
    metrics,
)


def text():
    """Returns the page, in Markdown."""
    every = [aim for room in ROOMS for aim in room.aims()]
    missed = [(aim.of, aim.aim, aim.result) for aim in every if not aim.met]
    return (
        "\n\n".join(
            (
                "<!-- Made by `make figures` from results/*.json: edit "
                "benchmarks/*/figures.py. -->",
                "# Figures",
                paragraph(
                    "Each figure comes from a script in this folder. The script writes "
                    "results/NAME.json, with its versions, its machine and its date; this page "
                    "is made from these files. Everything was measured on two CPU cores, "
                    "without a GPU, but not all on one machine: compare times within a table, "
                    "and where it names machines, within a row."
                ),
                paragraph(
                    "`make bench` runs the scripts, `make bench VIDEOS=FOLDER` also those that "
                    "need videos that nothing was trained on; `make figures` writes this page "
                    "anew."
                ),
                "## Aims that were missed",
                paragraph(f"{len(missed)} of {len(every)} aims were missed:"),
                in_markdown(["of", "aim", "found"], missed, 3),
                *filter(None, (room.section() for room in ROOMS)),
            )
        )
        + "\n"
    )


def main():
    argparse.ArgumentParser(description=__doc__.splitlines()[0]).parse_args()
    PAGE.write_text(text(), encoding="utf-8")
    docs = scaling.DOCS.read_text(encoding="utf-8")
    scaling.DOCS.write_text(scaling.written(docs), encoding="utf-8")
    curves = RESULTS / "codec.png"
    table.plot(loaded("codec"), curves)
    print(f"written: {PAGE}, {curves}")


if __name__ == "__main__":
    main()
