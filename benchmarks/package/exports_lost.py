"""What the files of 16 and 8 bits lose, of real clips: PSNR to the truth, and to the Keras model.

Clips of 320x180 are made noisy, or half as large, and restored by the Keras model and by each file,
frame by frame, each with its own state. A style has no truth, so its files are only compared with
the model. `dynamic, kernels whole` is `dynamic` without `tfvgan.export.parted`. int8 measures its
ranges on the first clip, and all files are measured on the others.

    python benchmarks/package/exports_lost.py [CLIP CLIP ...] [--frames 12]

Without clips, they are those of `tfvgan.data.sample_videos`, but for the one that was distorted.
"""

import argparse
import statistics
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from unittest import mock

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from benchmarks.package.edge_sizes import model_at
from benchmarks.report import report

SIZE = (180, 320)  # Height and width of the truth.
FACTORS = {"restore_denoise": 1, "restore_x2_fast": 2, "style_ink": 1}
NOISY = "restore_denoise"
TRUTHLESS = ("style_ink",)
WHOLE = "dynamic, kernels whole"
TARGETS = {"float16": "float16", WHOLE: "dynamic", "dynamic": "dynamic", "int8": "int8"}


def truth(path, frames):
    """Returns the first frames of a clip, uint8 `(t, *SIZE, 3)`."""
    from tfvgan.data.decode import read_frames

    return next(read_frames(path, size=SIZE, crop="center", decoder="pyav", chunk=frames))


def degraded(name, video):
    """Returns what a model is given of a clip, uint8."""
    from benchmarks.sets.squares import noisy, smaller
    from tfvgan.data.degrade.recipes import STRONGEST
    from tfvgan.tasks.restoration.restorer import LEVEL

    if FACTORS[name] > 1:
        return smaller(video, FACTORS[name]).video
    return noisy(video, LEVEL * STRONGEST).video if name == NOISY else video


def export_as(target, model, endpoint, path, ranges):
    """Writes the .tflite file of a target."""
    from tfvgan.export import export_tflite

    with ExitStack() as changed:
        if target == WHOLE:
            changed.enter_context(mock.patch("tfvgan.export.tflite.write_parted"))
        export_tflite(model, path, TARGETS[target], endpoint, ranges)


def played(function, run):
    """Returns the frames that a function makes of the inputs of a clip, with its own states."""
    state, frames = {}, []
    for named in run:
        outputs = function(**{**named, **state})
        state = {"state": outputs["state"]}
        frames.append(outputs["frame"])
    return frames


def psnr(one, two):
    """Returns the PSNR in dB between two lists of frames, as `tfvgan.export.agreement` does."""
    from tfvgan.export.quality import agreement

    return agreement({"frame": one}, {"frame": two})[0]


def rows_of(name, made, keras, truths, kilobytes):
    """Returns the rows of a model's files.

    Args:
        name: of the model.
        made: dict by target of lists of frames, a list for each clip.
        keras: such lists of the Keras model.
        truths: such lists, uint8; None of a style.
        kilobytes: dict by target.
    """
    rows = []
    for target, clips in made.items():
        row = {"model": name, "file": target, "kB": kilobytes[target]}
        row["dB from Keras"] = statistics.mean(map(psnr, clips, keras))
        row |= {"PSNR": None, "PSNR of Keras": None, "lost": None, "lost at most": None}
        if truths is not None:
            ours, theirs = list(map(psnr, clips, truths)), list(map(psnr, keras, truths))
            losses = [best - own for best, own in zip(theirs, ours, strict=True)]
            row |= {"PSNR": statistics.mean(ours), "PSNR of Keras": statistics.mean(theirs)}
            row |= {"lost": statistics.mean(losses), "lost at most": max(losses)}
        rows.append(row)
    return rows


def measure(name, videos):
    """Returns the rows of one model.

    Args:
        name: of the model.
        videos: uint8 `(t, *SIZE, 3)` each; the first gives int8's ranges.
    """
    import tensorflow as tf

    from tfvgan.export.filmed import filmed
    from tfvgan.export.parity import by_name
    from tfvgan.export.tflite import load_tflite

    model, endpoint = model_at(name, tuple(side // FACTORS[name] for side in SIZE))
    served = model.endpoints()[endpoint]
    runs = filmed(served, [degraded(name, video) for video in videos])
    ranges, seen = runs[0], runs[1:]
    keras = by_name(tf.function(served.edge.function))
    made, kilobytes = {}, {}
    with tempfile.TemporaryDirectory() as folder:
        for target in TARGETS:
            path = Path(folder, "file.tflite")
            export_as(target, model, endpoint, path, ranges)
            made[target] = [played(load_tflite(path), run) for run in seen]
            kilobytes[target] = path.stat().st_size / 1000
    truths = None if name in TRUTHLESS else [list(video[:, None]) for video in videos[1:]]
    return rows_of(name, made, [played(keras, run) for run in seen], truths, kilobytes)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("clips", nargs="*", metavar="CLIP")
    parser.add_argument("--models", nargs="+", choices=FACTORS, default=list(FACTORS))
    parser.add_argument("--frames", type=int, default=12)
    arguments = parser.parse_args()
    from tfvgan.data import sample_videos

    paths = arguments.clips or [path for path in sample_videos() if "distorted" not in path]
    videos = [truth(path, arguments.frames) for path in paths]
    report(
        "exports_lost",
        "What files of 16 and 8 bits lose of the Keras model's PSNR, and how far they are from it.",
        [row for name in arguments.models for row in measure(name, videos)],
        clips=[Path(path).name for path in paths[1:]],
        frames=arguments.frames,
    )


if __name__ == "__main__":
    main()
