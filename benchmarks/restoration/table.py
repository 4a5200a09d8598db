"""The table of results/restoration.json in Markdown, for the page of figures and for cards.

    python benchmarks/restoration/table.py [--model restore_x2]
    python benchmarks/restoration/table.py --aims

For a card it is the tasks of that model, with the rivals in them; aims are beside what was found.
"""

import argparse
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from benchmarks.writing import Aim, aims_table, in_markdown, loaded

HEADS = ("task", "who", "PSNR", "LPIPS", "tOF", "warping x1000", "VMAF", "VMAF-NEG", "frames/s")

AIMS = (  # Task, model, rival, least dB over it, bound of LPIPS.
    ("x2", "restore_x2", "lanczos", 1.0, 0.06),
    ("x4", "restore_x4", "lanczos", 0.8, 0.19),
    ("x4", "restore_x4_detail", "lanczos", 0.8, 0.19),
    ("x2 after x264 crf 28", "restore_deblock_x2", "bicubic", 0.5, 0.14),
    ("x2 after x264 crf 28", "restore_deblock_x2_detail", "bicubic", 0.5, 0.14),
    ("x264 crf 38", "restore_deblock", "decoder alone", 0.0, 0.10),
    ("x264 crf 38", "restore_deblock_detail", "decoder alone", 0.0, 0.10),
    ("noise 25", "restore_denoise", "ffmpeg bm3d 60", 1.0, 0.12),
    ("static 64x64 hole", "filled, no network", "OpenCV Telea", 2.0, None),
)


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
    return in_markdown(HEADS, map(cells, rows), 2)


def aims(rows):
    """Returns what was aimed at, and what was found, a list of `Aim`."""
    by, result = {(row["task"], row["rival"]): row for row in rows}, []
    for task, name, rival, decibels, perceptual in AIMS:
        ours, theirs = by[task, name], by[task, rival]
        more = ours["PSNR"] - theirs["PSNR"]
        wanted = f"{decibels:+.1f} dB over {rival}" if decibels else f"no less than {rival}"
        result.append(Aim(f"{task}, {name}: PSNR", wanted, f"{more:+.2f} dB", more >= decibels))
        if perceptual is not None:
            lpips = f"{ours['LPIPS']:.3f} ({rival}: {theirs['LPIPS']:.3f})"
            met = ours["LPIPS"] < perceptual
            result.append(Aim(f"{task}, {name}: LPIPS", f"below {perceptual:.2f}", lpips, met))
    return result


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
    parser.add_argument("--model", help="a published model: the table of its card")
    parser.add_argument("--aims", action="store_true", help="the aims, beside what was found")
    arguments = parser.parse_args()
    rows = loaded("restoration")["rows"]
    rows = of_model(rows, arguments.model) if arguments.model else rows
    print(aims_table(aims(rows)) if arguments.aims else markdown(rows))


if __name__ == "__main__":
    main()
