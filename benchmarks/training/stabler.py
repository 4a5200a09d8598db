"""Faster and stabler training: what a loss, a penalty or an average gains in equal time.

`continuous` is trained on moving shapes, 16 frames of 16x16, as it is and with one thing changed,
each for the same processor time, from several seeds. Time is that of the processors, which other
work does not slow down; what scoring takes is not in it. FVD is by I3D on frames of 112x112, of 128
generated clips against as many real ones, and lower is better; it is looked at four times in a
training. A training has failed where `callbacks.Health` stopped it.

It goes on where it was stopped, with the next training; what is not whole is called partial.

    tfvgan weights fetch i3d
    python benchmarks/training/stabler.py [--minutes 1.5] [--seeds 3] [--budget 60] [--limit 4000]
"""

import argparse
import statistics
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
from tfvgan import VideoGAN, losses
from tfvgan.callbacks import CoolDown, Health
from tfvgan.metrics import collect
from tfvgan.metrics.frechet import frechet_distance_of_rows
from tfvgan.tasks.generation.video_gan import learning

SIZE, BATCH, CLIPS, EPOCH, LOOKS = 16, 8, 1024, 100, 4
GAMMA, EVERY = 0.2, 8  # Of the preset.
BASE = "continuous"


def _penalties(*penalties):
    return lambda: {"penalty": list(penalties)}


def _two_sided():
    """Returns R1 and R2, which the relativistic game needs both."""
    return [losses.R1(GAMMA, EVERY), losses.FiniteDifference(GAMMA, EVERY, on="fake")]


CHANGES = {  # What is changed, as arguments of `compile`; the preset is non_saturating with R1.
    BASE: dict,
    "loss minimax": lambda: {"adversarial_loss": "minimax"},
    "loss hinge": lambda: {"adversarial_loss": "hinge"},
    "loss least_squares": lambda: {"adversarial_loss": "least_squares"},
    "loss relativistic, R1 and R2": lambda: {
        "adversarial_loss": "relativistic",
        "penalty": _two_sided(),
    },
    "penalty none": lambda: {"penalty": None},
    "penalty finite_difference": _penalties(losses.FiniteDifference(GAMMA, 4)),
    "cool-down": dict,
    "average none": lambda: {"moving_average": 0.0},
    "augment adaptive": lambda: {"augment": "adaptive"},
    "augment color,translation,cutout": lambda: {"augment": "color,translation,cutout"},
    "loss wasserstein, gradient_penalty": lambda: {
        "adversarial_loss": "wasserstein",
        "penalty": losses.GradientPenalty(),
    },
}
COOL_DOWN = {"cool-down": 0.5}  # The last share of training, in which the rates fall.


class OnProcessors(keras.callbacks.Callback):
    """Ends training after so many seconds of the processors, and looks at it on the way.

    The first step, which is traced and compiled, is not counted, nor are the looks.

    Args:
        seconds: float.
        look: function without arguments, whose answers are kept in `found` as (seconds, answer).
        looks: int, how often it is called, the last time at the end.
        clock: function that tells the seconds.
    """

    def __init__(self, seconds, look, looks=LOOKS, clock=time.process_time):
        super().__init__()
        self.seconds, self.look, self.looks, self.clock = seconds, look, looks, clock
        self.found, self.steps, self._began = [], 0, None

    @property
    def spent(self):
        """The seconds of training."""
        return 0.0 if self._began is None else self.clock() - self._began

    def on_train_batch_end(self, batch, logs=None):
        """Looks when it is time, and stops when it is over."""
        if self._began is None:
            self._began = self.clock()
            return
        self.steps += 1
        spent = self.spent
        if spent >= self.seconds * (len(self.found) + 1) / self.looks:
            self.found.append((spent, self.look()))
            self._began = self.clock() - spent
        if len(self.found) >= self.looks:
            self.model.stop_training = True


class Cooling(CoolDown):
    """Smaller steps towards the end of the processors' time."""

    def __init__(self, watch, share):
        super().__init__(10**9, watch.seconds / 60, share)
        self.watch = watch

    @property
    def gone(self):
        """The minutes that are gone."""
        return self.watch.spent / 60


def train(change, seed, seconds, score):
    """Returns the row of a training.

    Args:
        change: of `CHANGES`.
        seed: int.
        seconds: float, of the processors.
        score: function of generated videos, which returns a float.
    """
    model = VideoGAN.from_preset("continuous", shapes.FRAMES, SIZE, seed=seed, compile=False)
    model.compile(**{**learning("continuous"), **CHANGES[change]()})
    clips = shapes.clips("train", CLIPS, SIZE)
    watch = OnProcessors(seconds, lambda: score(model))
    health = Health(clips[:64], patience=3, warmup=1000)
    cooling = [Cooling(watch, COOL_DOWN[change])] if change in COOL_DOWN else []
    model.fit(
        shapes.batches(clips, BATCH, seed, model.discriminator.samples),
        epochs=10**6,
        steps_per_epoch=EPOCH,
        verbose=0,
        callbacks=[*cooling, health, watch],
    )
    if health.trouble is not None:  # What is left are the last good weights.
        watch.found.append((watch.spent, score(model)))
    return {
        "change": change,
        "seed": seed,
        "steps": watch.steps,
        "looks": [[float(spent), float(fvd)] for spent, fvd in watch.found],
        "trouble": health.trouble,
    }


def time_to(limit, looks):
    """Returns the seconds at the first look where FVD is at most the limit, or None."""
    return next((spent for spent, fvd in looks if fvd <= limit), None)


def summary(runs, limit):
    """Returns a row for each change: medians over its seeds.

    Args:
        runs: rows of `train`.
        limit: float, the FVD to be reached.
    """
    rows = []
    for change in dict.fromkeys(run["change"] for run in runs):
        of = [run for run in runs if run["change"] == change]
        times = [time_to(limit, run["looks"]) for run in of]
        reached = [spent for spent in times if spent is not None]
        # One that did not get there is later than all that did.
        middle = statistics.median_low([*reached, *[np.inf] * (len(of) - len(reached))])
        last = [run["looks"][-1][1] for run in of]
        rows.append(
            {
                "change": change,
                "seeds": len(of),
                "steps": statistics.median(run["steps"] for run in of),
                "reached": len(reached),
                "seconds": middle if np.isfinite(middle) else None,
                "FVD": statistics.median(last),
                "best": min(last),
                "worst": max(last),
                "failures": sum(run["trouble"] is not None for run in of),
            }
        )
    return rows


class Score:
    """FVD of what a model generates, against real clips.

    Args:
        videos: int, on each side.
    """

    def __init__(self, videos):
        self.videos, self.extractor = videos, HalfI3D()
        self.real = self._features(shapes.clips("real", videos, SIZE))
        other = shapes.clips("held out", videos, SIZE)
        self.floor = self._of(other)  # Of other real clips: less is chance.

    def __call__(self, model):
        """Returns the FVD of what the moving average makes."""
        return self._of(model.generate(self.videos, seed=1, batch_size=64))

    def _of(self, videos):
        return frechet_distance_of_rows(self.real, self._features(videos))

    def _features(self, videos):
        return collect(videos, self.extractor, len(videos)).values


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=1.5, help="of the processors, a training")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--videos", type=int, default=128, help="on each side of an FVD")
    parser.add_argument("--limit", type=float, default=4000, help="the FVD to be reached")
    parser.add_argument("--budget", type=float, default=60, help="minutes; none begins later")
    arguments = parser.parse_args()
    settings = {"minutes": arguments.minutes, "videos": arguments.videos, "size": SIZE}
    wanted = [(change, seed) for seed in range(arguments.seeds) for change in CHANGES]
    begun, began, runs = Begun("stabler", **settings), time.monotonic(), []
    score = Score(arguments.videos)

    def measure(path):
        keras.backend.clear_session()
        change, seed = path.name.rsplit(", seed ", 1)
        row = train(change, int(seed), 60 * arguments.minutes, score)
        print(f"{path}: {row['looks']} {row['trouble'] or ''}", flush=True)
        return [row]

    for change, seed in wanted:
        name = f"{change}, seed {seed}"
        if name in begun or time.monotonic() - began < 60 * arguments.budget:
            runs += begun.of([name], measure)
    if not runs:
        return
    whole = len(runs) == len(wanted)
    report(
        "stabler",
        "What one change gains in equal processor time" + ("." if whole else ": partial."),
        summary(runs, arguments.limit),
        runs=runs,
        settings={**settings, "limit": arguments.limit},
        floor=score.floor,
        trainings={"made": len(runs), "wanted": len(wanted)},
    )
    if whole:
        begun.end()


if __name__ == "__main__":
    main()
