"""Footage that has no detail left: how restorers make contours, and how these flicker.

Squares of videos are spoilt as `sets/taught.py` spoils those that a run of `making/worn.py` learns
from. Of each rival it measures how it flickers: how far a frame is from the one before, along the
motion of the spoilt video, in levels; LPIPS to the teacher's frames made steady, which says how
near it comes to contours that look clean; and LPIPS and PSNR to what was there.

    tfvgan weights fetch realesrgan lpips-alex
    python benchmarks/restoration/worn.py VIDEOS [--model RUN]
"""

import argparse
import sys
import time
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import numpy as np

from benchmarks.report import report
from benchmarks.sets.parts import add_videos, videos_of, with_means
from benchmarks.sets.spoilt import real
from benchmarks.sets.squares import middle
from benchmarks.sets.taught import CODED, SIDE, TEACHER, spoilt, steadied, taught_by
from tfvgan import metrics, weights
from tfvgan.data.degrade import resize
from tfvgan.layers import warp
from tfvgan.metrics.flow import optical_flow, visible
from tfvgan.runs import load_restorer

import tensorflow as tf  # isort: skip  (after tfvgan, which sets up oneDNN)

NAME = "restoration_worn"
MODELS = ("restore_deblock_x2_detail", "restore_old")
COMPACT = "realesr_animevideov3_x4"  # What such a network begins as.
SHOWN = slice(6, 10)  # Frames that are measured, of those that encoders see.


def flicker(worn, made):
    """Returns how far frames are from those before along the motion of the input, in levels.

    Args:
        worn: uint8 `(t, h, w, 3)`.
        made: uint8 `(t, 2 * h, 2 * w, 3)`.
    """
    large = tf.constant(resize(worn, made.shape[1:3]).astype("float32"))
    now, before = large[1:], large[:-1]
    flow, back = optical_flow(now, before), optical_flow(before, now)
    seen = tf.cast(visible(flow, back), tf.float32)[..., None]
    made = tf.constant(made.astype("float32"))
    far = tf.abs(made[1:] - warp(made[:-1], flow)) * seen
    return float(tf.reduce_sum(far) / (3 * tf.maximum(tf.reduce_sum(seen), 1)))


def rivals(models):
    """Returns what each rival makes of frames, functions by name; the teacher is none of them.

    Args:
        models: names of the package's models, and paths of others, as `restore` takes.
    """
    compact = tf.function(weights.network(COMPACT), autograph=False)
    made = {
        "bicubic": lambda worn: resize(worn, [2 * side for side in worn.shape[1:3]], "bicubic"),
        f"{COMPACT}, halved": lambda worn: levels(taught_by(compact, worn)),
    }
    return made | {Path(model).name: load_restorer(model).scene for model in models}


def levels(video):
    """Returns float frames in [0, 255] as uint8."""
    return np.rint(video).astype("uint8")


def rows_of(videos, models):
    """Returns what each rival makes of each video, a list of dicts.

    Args:
        videos: dict by name of pairs: what was there, uint8 `(t, 2 * h, 2 * w, 3)`, and the spoilt
            clip, uint8 `(t, h, w, 3)`.
        models: as of `rivals`.
    """
    teacher = tf.function(weights.network(TEACHER), autograph=False)
    others, lpips, psnr = rivals(models), metrics.LPIPS(), metrics.PSNR()
    keys = ("flicker", "LPIPS to the teacher", "LPIPS", "PSNR", "CPU seconds a frame")
    rows = []
    for number, (video, (truth, worn)) in enumerate(videos.items()):
        began = time.process_time()
        taught = taught_by(teacher, worn)
        spent = time.process_time() - began
        steady = steadied(taught, worn)
        answers = {TEACHER: (levels(taught), spent), f"{TEACHER}, made steady": (steady, spent)}
        for name, rival in others.items():
            if number == 0:
                rival(worn)  # What is compiled is not timed.
            began = time.process_time()
            answers[name] = rival(worn), time.process_time() - began
        for name, (made, spent) in answers.items():
            apart, far = (float(lpips.per_video(of[None], made[None])[0]) for of in (steady, truth))
            clear = float(psnr.per_video(truth[None], made[None])[0])
            measured = flicker(worn, made), apart, far, clear, spent / len(worn)
            rows.append({"video": video, "rival": name, **dict(zip(keys, measured))})
    return rows


def spoilt_clip(path, number):
    """Returns what was there of a video, and what is to be restored, as of `rows_of`."""
    clip = np.stack([middle(frame, (2 * SIDE, 2 * SIDE)) for frame in real(path)[:CODED]])
    return clip[SHOWN], spoilt(clip, np.random.default_rng([5, number]))[SHOWN]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add_videos(parser)
    parser.add_argument("--model", action="append", default=[], help="a run of making/worn.py")
    arguments = parser.parse_args()
    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    files, parts = videos_of(arguments)
    clips = {path.name: spoilt_clip(path, number) for number, path in enumerate(files)}
    report(
        NAME,
        "Footage without detail, over clips that nothing was trained on.",
        with_means(rows_of(clips, [*MODELS, *arguments.model]), ("rival",), parts),
        packages=("opencv-python-headless",),
        clips=sorted(clips),
        parts=parts,
    )


if __name__ == "__main__":
    main()
