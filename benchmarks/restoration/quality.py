"""Restoration against resizing, FFmpeg's filters and OpenCV, on videos that nothing was trained on.

Of each video in a folder the square of 256 pixels in the middle, 48 frames of it in its own pixels,
is degraded, and restored by the rivals and by the published models of the task. Means over the
videos: PSNR over RGB, LPIPS (AlexNet, v0.1), tOF, warping error, VMAF with VMAF-NEG beside it;
frames a second of the output, alone on one thread. In tasks with holes PSNR is in the hole, and
LPIPS around it.

    tfvgan weights fetch
    python benchmarks/restoration/quality.py VIDEOS [--tasks x2 x4] [--models saved_models]
    tfvgan weights fetch span basicvsr realesrgan waifu2x ffdnet
    python benchmarks/restoration/quality.py VIDEOS --peers --name restoration_peers
    python benchmarks/restoration/quality.py VIDEOS --speeds    # of what was measured, side by side
    python benchmarks/restoration/quality.py VIDEOS --scores    # speeds stay as they were
"""

import argparse
import json
import math
import sys
import time
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import numpy as np
import tensorflow as tf

from benchmarks.report import RESULTS, report
from benchmarks.restoration.rivals import RIVALS, peers
from benchmarks.sets.squares import FRAMES, TASKS, clip, filled
from tfvgan import metrics
from tfvgan.data import list_videos
from tfvgan.runs import load_restorer

MODELS = {
    "x2": "restore_x2",
    "x4": "restore_x4",
    "x2 after x264 crf 28": "restore_deblock_x2",
    "x264 crf 38": "restore_deblock",
    "noise 25": "restore_denoise",
    "x2 old": "restore_old",
}
ENDINGS = ("", "_detail", "_fast", "_best")  # Of the folders' names.
LEVEL = {"noise 25": 0.5}  # Of the noise, as `Restorer` takes it.
AROUND = 32  # Pixels around a hole that LPIPS sees beside it.
SPEEDS = ("frames/s", "CPU seconds a frame")


def model(folder, task):
    """Returns the model of a folder as a rival."""
    restorer = load_restorer(folder, level=LEVEL.get(task))

    def rival(degraded):
        if degraded.mask is None:
            return restorer.restore(degraded.video)
        video, gap = filled(degraded)
        both = [video, np.rint(255 * gap).astype("uint8")] if restorer.generator.masked else [video]
        return restorer.scene(np.concatenate(both, axis=-1))

    return rival


def in_hole(real, made, mask):
    """Returns the PSNR over the pixels of a mask, in dB.

    Args:
        real, made: uint8 `(t, h, w, 3)`.
        mask: bool `(t, h, w, 1)`.
    """
    error = np.square(real.astype("float64") - made)[mask[..., 0]].mean()
    return 10 * math.log10(255**2 / max(error, 1e-4))


class Scores:
    """What is measured of a pair of clips."""

    def __init__(self, quick=False):
        self.psnr, self.lpips = metrics.PSNR(), metrics.LPIPS()
        self.tof, self.warping = metrics.TOF(), metrics.WarpingError()
        self.quick = quick

    def __call__(self, real, made, mask=None):
        """Returns a dict of numbers."""
        result = {
            "PSNR": self._of(self.psnr, real, made),
            "LPIPS": self._of(self.lpips, real, made),
        }
        if mask is not None:
            # In the hole alone: around it every rival returns what it was given.
            result["PSNR"] = in_hole(real, made, mask)
            # Every eighth frame: those between have nearly the same hole.
            result["LPIPS"] = float(
                np.mean(
                    [
                        self._of(self.lpips, *_around(real[n : n + 1], made[n : n + 1], mask[n]))
                        for n in range(0, len(real), 8)
                    ]
                )
            )
        result["tOF"] = self._of(self.tof, real, made)
        result["warping error"] = self._of(self.warping, real, made)
        if not self.quick:
            result["VMAF"] = metrics.vmaf(real, made).mean
            result["VMAF-NEG"] = metrics.vmaf(real, made, "vmaf_v0.6.1neg").mean
        return result

    def _of(self, metric, real, made):
        return float(metric.per_video(real[None], made[None])[0])


def _around(real, made, mask):
    """Returns the two frames, cut to the hole and what is around it."""
    rows, columns = (np.flatnonzero(mask.any((axis, 2))) for axis in (1, 0))
    part = np.s_[
        :,
        max(rows[0] - AROUND, 0) : rows[-1] + 1 + AROUND,
        max(columns[0] - AROUND, 0) : columns[-1] + 1 + AROUND,
    ]
    return real[part], made[part]


def measured(task, name, rival, clips, scores):
    """Returns the row of one rival in one task."""
    numbers, seconds, processor = [], [], []
    for real in clips.values():
        degraded = TASKS[task](real)
        if not numbers:
            rival(degraded)  # What is compiled is not timed.
        begin, began = time.perf_counter(), time.process_time()
        made = rival(degraded)
        seconds.append(time.perf_counter() - begin)
        processor.append(time.process_time() - began)
        numbers.append(scores(real, made, degraded.mask))
    means = {key: float(np.mean([each[key] for each in numbers])) for key in numbers[0]}
    frames = sum(len(real) for real in clips.values())
    row = {"task": task, "rival": name, **means, "frames/s": frames / sum(seconds)}
    row["CPU seconds a frame"] = sum(processor) / frames
    print(json.dumps(row), flush=True)
    return row


def timed(rows, clips, folder):
    """Returns the rows with the speeds of now, of all rivals on two of the clips."""
    few = list(clips.values())[:2]
    made = []
    for row in rows:
        rival = contenders(row["task"], folder)[row["rival"]]
        degraded = [TASKS[row["task"]](real) for real in few]
        rival(degraded[0])
        begin = time.perf_counter()
        for each in degraded:
            rival(each)
        seconds = time.perf_counter() - begin
        made.append({**row, "frames/s": sum(len(real) for real in few) / seconds})
        print(row["task"], row["rival"], f"{made[-1]['frames/s']:.1f}", flush=True)
    return made


def contenders(task, folder, published=False):
    """Returns the rivals and the models of a task, by name; with `published` those of others."""
    rivals = {**RIVALS[task], **(peers(task) if published else {})}
    for ending in ENDINGS if task in MODELS else ():  # Holes are filled without one.
        place = Path(folder, MODELS[task] + ending)
        if place.is_dir():
            rivals[place.name] = model(place, task)
    return rivals


def results_of(name):
    """Returns the results that there are, a dict; without any it has no rows."""
    path = RESULTS / f"{name}.json"
    return json.loads(path.read_text()) if path.exists() else {"rows": []}


def others(before, rows, rivals=None):
    """Returns the rows of before that were not measured anew.

    Args:
        before: list of rows of the results that there are.
        rows: list of those measured now.
        rivals: names of those that were to be measured; None for all of a task, whose other rows
            then go.
    """
    done = {row["task"] for row in rows}
    return [
        row for row in before if row["task"] not in done or (rivals and row["rival"] not in rivals)
    ]


def with_speeds(rows, before):
    """Returns the rows with the speeds that they had before; ValueError when a row had none."""
    had = {(row["task"], row["rival"]): row for row in before}
    made = []
    for row in rows:
        kept = had.get((row["task"], row["rival"]))
        if kept is None:
            raise ValueError(
                f"--scores keeps the speeds of the results, but {row['rival']} has none in "
                f"{row['task']}; measure it without --scores."
            )
        scores = {key: value for key, value in row.items() if key not in SPEEDS}
        made.append(scores | {key: kept[key] for key in SPEEDS if key in kept})
    return made


def since(results, what):
    """Returns when and where the scores or the speeds of some results were measured."""
    return results.get(what, {key: results[key] for key in ("date", "machine")})


def check_alike(results, staying, clips, frames):
    """Raises ValueError when the rows of results that stay are of other clips than those to come.

    Args:
        results: of `results_of`, and `staying` a list of its rows.
        clips: names of the clips to come, and `frames` how many of each.
    """
    if staying and (results["clips"], results["frames"]) != (sorted(clips), frames):
        raise ValueError(
            f"The scores that stay are of {results['frames']} frames of "
            f"{', '.join(results['clips'])}, but {frames} of {', '.join(sorted(clips))} came; "
            "measure all tasks, or give another --name."
        )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("videos", help="a folder of videos that nothing was trained on")
    parser.add_argument("--tasks", nargs="+", choices=TASKS, default=list(TASKS))
    parser.add_argument("--models", default="saved_models", help="a folder of published models")
    half = parser.add_mutually_exclusive_group()
    half.add_argument(
        "--speeds", action="store_true", help="measure the speeds alone, of what is in the results"
    )
    half.add_argument(
        "--scores", action="store_true", help="measure the scores alone, and keep the speeds"
    )
    parser.add_argument("--quick", action="store_true", help="8 frames of each video, without VMAF")
    parser.add_argument("--frames", type=int, default=FRAMES, help="of each video")
    parser.add_argument(
        "--peers", action="store_true", help="published networks too, of those that were fetched"
    )
    parser.add_argument("--rivals", nargs="+", help="these alone, by name (default: all)")
    parser.add_argument("--name", default="restoration", help="name of the file in results/")
    arguments = parser.parse_args()
    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    frames = 8 if arguments.quick else arguments.frames
    files = list_videos(arguments.videos)
    clips = {Path(file.path).name: clip(file.path, frames) for file in files}
    results = results_of(arguments.name)
    before = results["rows"]
    rivals = {
        (task, name): rival
        for task in ([] if arguments.speeds else arguments.tasks)
        for name, rival in contenders(task, arguments.models, arguments.peers).items()
        if name in (arguments.rivals or [name])
    }
    asked = [{"task": task, "rival": name} for task, name in rivals]
    staying = others(before, asked, arguments.rivals)
    facts = {}
    try:
        check_alike(results, staying, clips, frames)
        if arguments.scores:
            with_speeds(asked, before)
    except ValueError as error:
        parser.error(str(error))
    if arguments.speeds:
        rows, facts["scores"] = timed(before, clips, arguments.models), since(results, "scores")
    else:
        scores = Scores(arguments.quick)
        rows = [measured(*place, rival, clips, scores) for place, rival in rivals.items()]
    if arguments.scores:
        rows, facts["speeds"] = with_speeds(rows, before), since(results, "speeds")
    if not arguments.speeds:
        rows = staying + rows
    rows.sort(key=lambda row: list(TASKS).index(row["task"]))
    report(
        arguments.name,
        "Restoration, means over clips that nothing was trained on.",
        rows,
        packages=("opencv-python-headless", "imageio-ffmpeg"),
        clips=sorted(clips),
        frames=frames,
        **facts,
    )


if __name__ == "__main__":
    main()
