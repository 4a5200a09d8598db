"""Every callback of the package, each with arguments that let it act at once."""

import numpy as np
import toy_extractors

from tfvgan import callbacks, tasks

FRAMES, SIZE = 2, 8


def model(**compile_arguments):
    """Returns a model that generates, as `Preview`, `Health` and `Scores` want it."""
    gan = tasks.VideoGAN.from_preset("dcgan", frames=FRAMES, size=SIZE, width=8, compile=False)
    gan.compile(**compile_arguments)
    return gan


def videos(count=4, seed=0):
    """Returns float32 videos in [-1, 1]."""
    shape = (count, FRAMES, SIZE, SIZE, 3)
    return np.random.default_rng(seed).uniform(-1, 1, shape).astype("float32")


def every_callback(folder, steps):
    """Returns one of each, which write into `folder`; the last ends training after its epoch.

    `DualityGap` trains games of its own, and is left out.
    """
    real = np.random.default_rng(0).integers(0, 256, (4, FRAMES, SIZE, SIZE, 3)).astype("uint8")
    found = [
        callbacks.Health(real, count=2, warmup=0, patience=9),
        callbacks.Scores(real, 1, 4, toy_extractors.Colours(), progress=False),
        callbacks.CsvLog(folder / "log.csv"),
        callbacks.Observer(callbacks.EpochLine(1)),
        callbacks.Progress(1),
        callbacks.Preview(folder, count=2),
        callbacks.CoolDown(steps, share=1.0),
        callbacks.StopAfter(60.0),
        callbacks.StopAtTarget("g_loss", 1e6),
        callbacks.Checkpoint(folder, minutes=0.0, keep=1),
    ]
    within = [one.callback for one in found if isinstance(one, callbacks.Observer)]
    here = {type(one).__name__ for one in (*found, *within)}
    assert here == set(callbacks.__all__) - {"DualityGap"}
    return found
