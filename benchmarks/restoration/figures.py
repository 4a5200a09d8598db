"""The figures of restoration, for the page: quality beside rivals, speed and memory."""

import statistics

from benchmarks.restoration import auto_table, beside_table, peers_table, table, worn_table
from benchmarks.writing import Aim, aims_table, in_markdown, loaded, page, paragraph, source

RIVALS = {  # Of each task: with what flicker is compared.
    "x2": "lanczos",
    "x4": "lanczos",
    "x2 after x264 crf 28": "lanczos",
    "x264 crf 38": "decoder alone",
    "noise 25": "ffmpeg bm3d 60",
    "x2 old": "lanczos",
}
FLICKER = {"tOF": "tOF", "warping error": "error of warping"}
FAST = 5  # Times bm3d's speed, aimed at.
TELEA, FILLED = "OpenCV Telea", ("filled, no network", "interpolation in time")
PLAYS = 25  # Frames/s from 320x180, aimed at.


def quality():
    """Returns the rows of results/restoration.json by task and rival."""
    return {(row["task"], row["rival"]): row for row in loaded("restoration")["rows"]}


def ours():
    """Returns the rows of our models, each with that of what its flicker is compared with."""
    rows = quality()
    own = {place: row for place, row in rows.items() if place[1].startswith("restore_")}
    return [(row, rows[task, RIVALS[task]]) for (task, _), row in own.items()]


def aims():
    """Returns what was aimed at, and what was found."""
    quality = table.aims(loaded("restoration")["rows"])
    measured = quality + auto_table.aims() + peers_table.aims()
    return measured + _flicker() + _speeds() + [_memory_aim()]


def _flicker():
    aims = []
    for key, measure in FLICKER.items():
        worse = {
            f"{row['rival']} ({row['task']})": 100 * (row[key] / rival[key] - 1)
            for row, rival in ours()
        }
        # A tenth of a percent is less than what coding a clip once more changes.
        worse = {name: more for name, more in worse.items() if more > 0.1}
        names = "; ".join(f"{name} {more:+.1f} %" for name, more in worse.items())
        aims.append(
            Aim(f"flicker of all models: {measure}", "no more than the rival's", names, not worse)
        )
    return aims


def _speeds():
    noise = [quality()["noise 25", name] for name in ("restore_denoise", "ffmpeg bm3d 60")]
    times = noise[0]["frames/s"] / noise[1]["frames/s"]
    aims = [
        Aim(
            "noise 25, restore_denoise: speed",
            f"{FAST} times bm3d's",
            f"{times:.1f} times",
            times >= FAST,
        ),
    ]
    for row in loaded("restoration_speed")["rows"]:
        if row["from"] == "320x180" and row["network"].startswith("x2"):
            speed = row["TensorFlow frames/s"]
            of = f"{row['network']} from 320x180, two threads"
            aims.append(Aim(of, f"{PLAYS} frames/s", f"{speed:.1f}", speed >= PLAYS))
    return aims


def _memory_aim():
    short, long = (row["peak MB"] for row in loaded("restoration_memory")["rows"])
    more = 100 * (long / short - 1)
    aim = "1500 MB at most, and 5 % more than half a minute takes"
    return Aim(
        "restoring 10 minutes", aim, f"{long:.0f} MB, {more:+.1f} %", long <= 1500 and more <= 5
    )


def section():
    """Returns the section of the page, in Markdown."""
    results = loaded("restoration")
    return page(
        "Restoration",
        paragraph(
            f"{len(results['clips'])} videos that nothing was trained on (people, faces, hands, "
            f"traffic, water, a shuttle): {results['frames']} frames of the 256x256 pixels in "
            "the middle of each are spoilt, restored, and compared with what they were. Models "
            "of the package are bold."
        ),
        "![four columns: what was given, a rival's result, ours, and the original]"
        "(results/restoration.png)",
        "A part of one of the videos (NASA, public domain): enlarged four times, without "
        "noise, and enlarged twice after a codec.",
        table.markdown(results["rows"]),
        "\n".join(
            (
                "- PSNR is over RGB, LPIPS is AlexNet's v0.1. In tasks with holes PSNR is in "
                "the hole, and LPIPS around it.",
                "- tOF: how far motion is from the real one, in pixels. warping: the change "
                "along the motion.",
                "- `x2 old`: spoilt as the recipe `old` of the training does.",
                "- frames/s: one thread with nothing beside it, on two of the videos"
                f"{_when(results)}.",
            )
        ),
        source("restoration/quality", "restoration"),
        "### Aims",
        aims_table(aims()),
        *_shortcomings(),
        *_holes(),
        *auto_table.section(),
        *worn_table.section(),
        *peers_table.section(),
        *_speed(),
        *beside_table.section(),
        *_memory(),
    )


def _when(results):
    """Returns when and where speeds were measured, if not with the scores."""
    if "speeds" not in results:
        return ""
    cpu = results["speeds"]["machine"]["cpu"].replace("(R)", "")
    return f" ({results['speeds']['date']}, {cpu})"


def _shortcomings():
    lanczos = quality()["x2", "lanczos"]["PSNR"]
    return [
        paragraph(
            "After a codec no one model meets both aims: the one for fidelity misses LPIPS, "
            "the one for detail misses PSNR. A codec of today leaves few blocks to mend, and "
            "what it threw away does not come back."
        ),
        paragraph(
            "Two things make these figures kinder than they look. The videos are easier than "
            f"those that the aims come from: lanczos x2 has {lanczos:.1f} dB here, and 34.8 dB "
            "there. And choices were made on these videos: which trial of a task is kept, "
            "and bm3d's sigma."
        ),
    ]


def _holes():
    results = loaded("holes")
    heads = ("hole", "camera", "who", "PSNR")
    rows = [
        (row["hole"], row["camera"], row["rival"], f"{row['PSNR']:.2f}") for row in results["rows"]
    ]
    return [
        "### Holes",
        paragraph(
            f"{results['frames']} frames of {len(results['clips'])} videos that chose nothing. "
            "The camera stands or moves as it did, or pans over the square. PSNR is in the hole. "
            "The network was a restorer of the recipe `holes`, of 346,080 weights. It gains too "
            "little over the filling before it, so `--task holes` is the filling alone:"
        ),
        in_markdown(heads, rows, 3),
        paragraph(
            f"{_beside_telea(ahead(results['rows']))} Nothing follows the motion: where the camera "
            "pans, frames before and after show another place."
        ),
        source("restoration/holes", "holes"),
    ]


def ahead(rows):
    """Returns by how many dB filling is ahead of Telea's in each video, by hole and camera."""
    by = {(row["hole"], row["camera"], row["rival"]): row["each"] for row in rows}
    return {
        (hole, camera): [each[video] - by[hole, camera, TELEA][video] for video in each]
        for (hole, camera, rival), each in by.items()
        if rival in FILLED
    }


def _beside_telea(found):
    stands, panned, moves, moves_panned = (
        f"{statistics.mean(more):+.2f} dB" for more in found.values()
    )
    each = [more for videos in found.values() for more in videos]
    behind = sum(more < 0 for more in each)
    return (
        f"The filling beside Telea, in the mean: a hole that stands has {stands}, and {panned} "
        f"where the camera pans; one that moves has {moves}, and {moves_panned} where the camera "
        f"pans. Of {len(each)} holes {behind} have less than by Telea."
    )


def _speed():
    rows = loaded("restoration_speed")["rows"]
    networks = list(dict.fromkeys(row["network"] for row in rows))
    sides = ("TensorFlow", "LiteRT")
    sizes = {}
    for row in rows:
        speeds = [f"{row[f'{side} frames/s']:.1f}" for side in sides]
        sizes.setdefault(row["from"], [row["from"]]).extend(speeds)
    heads = [f"{network}: {side}" for network in networks for side in sides]
    return [
        "### Speed",
        paragraph(
            "Frames a second, one frame after the other with its state, on two threads. "
            "Networks are of the preset's size; x2_fast has 32 channels and 2 blocks; x1 does "
            "not enlarge:"
        ),
        in_markdown(["from", *heads], sizes.values()),
        source("restoration/speed", "restoration_speed"),
    ]


def _memory():
    results = loaded("restoration_memory")
    short, long = (row["peak MB"] for row in results["rows"])
    return [
        "### Memory",
        paragraph(
            "Memory does not grow with length: restoring 10 minutes of 640x360 peaks at "
            f"{long:.0f} MB, and half a minute at {short:.0f} MB, TensorFlow included. The "
            f"network has {results['model']}; it is not in the package."
        ),
        source("restoration/memory", "restoration_memory"),
    ]
