"""The table of results/restoration.json in Markdown, for the README and for cards.

    python benchmarks/restoration_table.py [--model restore_x2]

For a card it is the tasks of that model, with the rivals in them.
"""

import argparse
import json

from report import RESULTS

HEADS = ("task", "who", "PSNR", "LPIPS", "tOF", "warping x1000", "VMAF", "VMAF-NEG", "frames/s")


def cells(row):
    """Returns the cells of a row of the results, a tuple of texts."""
    return (
        row["task"],
        f"**{row['rival']}**" if row["rival"].startswith("restore_") else row["rival"],
        f"{row['PSNR']:.2f}",
        f"{row['LPIPS']:.3f}",
        f"{row['tOF']:.3f}",
        f"{1000 * row['warping error']:.2f}",
        f"{row['VMAF']:.1f}",
        f"{row['VMAF-NEG']:.1f}",
        f"{row['frames/s']:.0f}" if row["frames/s"] < 10000 else "",  # Of what does nothing.
    )


def markdown(rows):
    """Returns the table of the rows."""
    lines = [HEADS, ["---", "---", *["---:"] * (len(HEADS) - 2)], *map(cells, rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def of_model(rows, name):
    """Returns the rows of a model and of the rivals in its tasks, without its namesakes."""
    tasks = {row["task"] for row in rows if row["rival"] == name}
    return [
        row
        for row in rows
        if row["task"] in tasks and (row["rival"] == name or row["rival"][:8] != "restore_")
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", help="a published model, for its card")
    name = parser.parse_args().model
    rows = json.loads((RESULTS / "restoration.json").read_text())["rows"]
    print(markdown(of_model(rows, name) if name else rows))


if __name__ == "__main__":
    main()
