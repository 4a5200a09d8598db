"""Flicker taken out of what others made: `tfvgan steady`, a mean along the flow, FFmpeg's filters.

Of each video in a folder 48 frames of one scene, 320x180, are made to flicker in several ways: by
filters of ours behind noise, drawn exposures, JPEG, and ways that the training does not draw.

A row for each video, and means of the half that reports and of the half that chooses: the warping
error along the original's motion, tOF, sharpness, LPIPS (AlexNet, v0.1) to what was given, and the
milliseconds of one processor that a frame takes.

    tfvgan weights fetch
    python benchmarks/stylization/steady.py VIDEOS [--model saved_models/steady] [--kinds ink JPEG]

A script that was stopped goes on with the next video.
"""

import argparse
import json
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import cv2
import tensorflow as tf

from benchmarks.begun import Begun
from benchmarks.report import cpu, report
from benchmarks.sets.parts import add_videos, videos_of, with_means
from benchmarks.sets.wide import FRAMES, clip
from benchmarks.stylization.flickering import KINDS, UNSEEN
from benchmarks.stylization.measures import Measures
from benchmarks.stylization.steadiers import STEADIERS
from tfvgan.runs import load_steadier

OURS = "steady"
WARM = 3  # Frames by which all is compiled before it is timed.


def contenders(folder):
    """Returns the rivals by name, and `OURS` where there is such a folder.

    Each maps the original and what was made of it to the like of the latter.
    """
    if not Path(folder).is_dir():
        print(f"left out, for want of {folder}: {OURS}", flush=True)
        return STEADIERS
    return STEADIERS | {OURS: load_steadier(folder).steady}


def measured(path, frames, kinds, rivals, measures):
    """Returns the rows of a video.

    Args:
        path: of the video.
        frames: how many of it.
        kinds: names of `KINDS`.
        rivals: what `contenders` returns.
        measures: `Measures`.
    """
    original, rows = clip(path, frames), []
    for kind in kinds:
        flickering = KINDS[kind](original)
        for who, rival in rivals.items():
            rival(original[:WARM], flickering[:WARM])
            begin = cpu()
            made = rival(original, flickering)
            spent = cpu() - begin
            row = {"video": path.name, "kind": kind, "who": who}
            row |= measures.flicker(original, made)
            row["LPIPS"] = measures.lpips(flickering, made)
            rows.append(row | {"CPU ms": 1000 * spent / frames})
            print(json.dumps(rows[-1]), flush=True)
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add_videos(parser)
    parser.add_argument("--model", default=f"saved_models/{OURS}", help="the published folder")
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=list(KINDS))
    parser.add_argument("--frames", type=int, default=FRAMES, help="of each video")
    parser.add_argument("--name", default="steady", help="name of the file in results/")
    arguments = parser.parse_args()
    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    cv2.setNumThreads(1)
    videos, parts = videos_of(arguments)
    rivals, measures = contenders(arguments.model), Measures()
    settings = {"frames": arguments.frames, "kinds": arguments.kinds, "rivals": sorted(rivals)}
    begun = Begun(arguments.name, **settings, model=Path(arguments.model))
    rows = begun.of(
        videos,
        lambda path: measured(path, arguments.frames, arguments.kinds, rivals, measures),
    )
    report(
        arguments.name,
        "Flicker taken out of processed videos, on videos that nothing was trained on.",
        with_means(list(rows), ("kind", "who"), parts),
        packages=("opencv-python-headless", "imageio-ffmpeg"),
        clips=[path.name for path in videos],
        parts=parts,
        frames=arguments.frames,
        unseen=[kind for kind in arguments.kinds if kind in UNSEEN],
    )
    begun.end()


if __name__ == "__main__":
    main()
