"""Whether the duality gap says of a training what FVD does: rank correlations on moving shapes.

`continuous` is trained on clips of 16 frames of 16x16: as it is, without a penalty, with steps too
large, and on eight clips. After each epoch stand, as in TensorBoard, `duality_gap` of held-out
clips (Grnarova et al. 2019) and `fvd` of generated clips against others, by I3D on frames of
112x112. Reported is Spearman's rank correlation of both over the epochs of each training, over all
epochs together, with and without gaps below 0, and over the ends of the trainings; and what a gap
takes.

It goes on where it was stopped, with the next training.

    tfvgan weights fetch i3d
    python benchmarks/training/duality_gap.py [--epochs 8] [--steps 150] [--seeds 1] [--minutes 60]
"""

import argparse
import sys
import time
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import keras
import numpy as np

from benchmarks.begun import Begun
from benchmarks.metrics.half_i3d import HalfI3D
from benchmarks.report import report
from benchmarks.sets import shapes
from tfvgan import VideoGAN
from tfvgan.callbacks import DualityGap, Scores
from tfvgan.tasks.generation.video_gan import learning

SIZE, BATCH, CLIPS, FEW = 16, 8, 1024, 8
ANSWERS, JUDGED = 50, 8  # Steps of either answer, and batches on each side.


def adam(rate):
    """Returns an optimizer as `continuous` has it, with another learning rate."""
    return keras.optimizers.Adam(rate, beta_1=0.0, beta_2=0.99)


KINDS = {  # What differs from the preset, and how many clips are trained on.
    "as it is": (dict, CLIPS),
    "without a penalty": (lambda: {"penalty": None}, CLIPS),
    "steps too large": (
        lambda: {"generator_optimizer": adam(0.02), "discriminator_optimizer": adam(0.02)},
        CLIPS,
    ),
    "eight clips": (dict, FEW),
}


def spearman(ours, theirs):
    """Returns Spearman's rank correlation of two lists of numbers, or None where there is none."""
    from scipy.stats import spearmanr

    ours, theirs = np.asarray(ours, float), np.asarray(theirs, float)
    both = np.isfinite(ours) & np.isfinite(theirs)
    if both.sum() < 3 or min(len(set(each[both])) for each in (ours, theirs)) < 2:
        return None
    return float(spearmanr(ours[both], theirs[both]).statistic)


def train(kind, seed, epochs, steps, videos, extractor, folder=None):
    """Returns a row an epoch of a training: its gap, its FVD and the seconds of each.

    Args:
        kind: of `KINDS`.
        seed, epochs, steps: int; an epoch is so many steps.
        videos: int, generated and real ones that FVD compares.
        extractor: of FVD.
        folder: where TensorBoard's logs go, or None.
    """
    changes, clips = KINDS[kind]
    model = VideoGAN.from_preset("continuous", shapes.FRAMES, SIZE, seed=seed, compile=False)
    model.compile(**{**learning("continuous"), **changes()})
    moments = model.discriminator.samples

    def batches(part, count, seed):
        return shapes.batches(shapes.clips(part, count, SIZE), BATCH, seed, moments)

    held_out = batches("held out", CLIPS, 1000)
    gap = DualityGap(held_out, 1, ANSWERS, JUDGED)
    real = shapes.clips("real", videos, SIZE)
    scored = Scores(real, 1, videos, extractor, progress=False)
    seconds = {"gap": Timed(gap), "fvd": Timed(scored)}
    logged = [] if folder is None else [keras.callbacks.TensorBoard(folder / f"{kind}-{seed}")]
    began = time.monotonic()
    history = model.fit(
        batches("train", clips, seed),
        epochs=epochs,
        steps_per_epoch=steps,
        verbose=0,
        callbacks=[*seconds.values(), *logged],
    ).history
    measuring = sum(each.seconds for each in seconds.values())
    a_step = (time.monotonic() - began - measuring) / (epochs * steps)
    return [
        {
            "kind": kind,
            "seed": seed,
            "steps": steps * (epoch + 1),
            "duality_gap": float(history["duality_gap"][epoch]),
            "fvd": float(history["fvd"][epoch]),
            "seconds of a step": a_step,
            "seconds of a gap": seconds["gap"].seconds / epochs,
            "seconds of an FVD": seconds["fvd"].seconds / epochs,
            "MB of the game": megabytes(model),
            "MB of the copy": megabytes(gap.responses.game),
        }
        for epoch in range(epochs)
    ]


class Timed(keras.callbacks.Callback):
    """Counts the seconds that another callback takes at the ends of epochs."""

    def __init__(self, callback):
        super().__init__()
        self.callback, self.seconds = callback, 0.0

    def set_model(self, model):
        super().set_model(model)
        self.callback.set_model(model)

    def on_train_begin(self, logs=None):
        self.callback.on_train_begin(logs)

    def on_epoch_end(self, epoch, logs=None):
        began = time.monotonic()
        self.callback.on_epoch_end(epoch, logs)
        self.seconds += time.monotonic() - began


def megabytes(model):
    """Returns what all variables of a game take, its average and its optimizers among them."""
    players = (model.generator_optimizer, model.discriminator_optimizer)
    held = {id(v): v for owner in (model, *players) for v in owner.variables}
    return sum(v.numpy().nbytes for v in held.values()) / 1e6


def correlations(rows):
    """Returns a row of each training, and of all: how gap and FVD are ordered alike."""
    runs = list(dict.fromkeys((row["kind"], row["seed"]) for row in rows))
    found, ends = [], []
    for kind, seed in runs:
        of = [row for row in rows if (row["kind"], row["seed"]) == (kind, seed)]
        ends.append(of[-1])
        found.append(_row(kind, seed, of))
    found.append(_row("all epochs", None, rows))
    found.append(_row("epochs whose gap is not below 0", None, sound(rows)))
    return [*found, _row("ends of trainings", None, ends)]


def sound(rows):
    """Returns the rows whose gap is one: below 0 the copies have lost by what they learnt."""
    return [row for row in rows if row["duality_gap"] >= 0]


def _row(kind, seed, rows):
    gaps, fvds = ([row[name] for row in rows] for name in ("duality_gap", "fvd"))
    return {
        "training": kind,
        "seed": seed,
        "pairs": len(rows),
        "rank correlation": spearman(gaps, fvds),
        "gap, first": gaps[0] if seed is not None else None,
        "gap, last": gaps[-1] if seed is not None else None,
        "FVD, first": fvds[0] if seed is not None else None,
        "FVD, last": fvds[-1] if seed is not None else None,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--steps", type=int, default=150, help="of an epoch")
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--videos", type=int, default=128, help="on each side of an FVD")
    parser.add_argument("--minutes", type=float, default=60, help="no training begins later")
    parser.add_argument("--tensorboard", type=Path, help="a folder for the logs")
    arguments = parser.parse_args()
    facts = {name: getattr(arguments, name) for name in ("epochs", "steps", "videos")}
    wanted = [(kind, seed) for seed in range(arguments.seeds) for kind in KINDS]
    begun, began, rows, made = Begun("duality_gap", **facts), time.monotonic(), [], 0
    extractor = HalfI3D()

    def measure(path):
        print(f"training: {path}", flush=True)
        keras.backend.clear_session()
        kind, seed = path.name.rsplit(", seed ", 1)
        return train(kind, int(seed), **facts, extractor=extractor, folder=arguments.tensorboard)

    for kind, seed in wanted:
        name = f"{kind}, seed {seed}"
        if name in begun or time.monotonic() - began < 60 * arguments.minutes:
            rows += begun.of([name], measure)
            made += 1
    if not rows:
        return
    report(
        "duality_gap",
        "How alike the duality gap and FVD order the epochs of trainings on moving shapes.",
        correlations(rows),
        packages=("scipy",),
        looks=rows,
        settings={**facts, "answers": ANSWERS, "clips judged": JUDGED * BATCH},
        trainings={"made": made, "wanted": len(wanted)},
    )
    if made == len(wanted):
        begun.end()


if __name__ == "__main__":
    main()
