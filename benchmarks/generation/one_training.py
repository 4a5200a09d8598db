"""One training of the generation benchmark, in a process of its own.

    python benchmarks/generation/one_training.py '{"network": "continuous", "seconds": 60, ...}'

Training is limited by wall-clock time, counted from the end of the first step: what starting,
building and tracing cost is not in it. What is written is `samples.npz`, for networks of tfvgan
`model.keras`, and last `run.json`, so that a run with it is whole.
"""

import argparse
import json
import os
import sys
import time
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from benchmarks.report import machine
from benchmarks.sets.generation import Clips, save

SAMPLES_SEED = 2024
SHAPES_GAMMA = 1.0  # Of "continuous" on shapes, as saved_models/generate_shapes was trained.
BATCH = 8  # Of the networks of tfvgan: what `tfvgan train` takes.


class Clock:
    """The time that training has had since the end of its first step, and who else took of it.

    Args:
        seconds: float, the limit.
        batch: int, clips a step.
    """

    def __init__(self, seconds, batch):
        self.limit, self.batch = seconds, batch
        self.steps, self._began = -1, None
        self._load = os.getloadavg()[0]
        self._created = time.monotonic()

    def __call__(self):
        """Counts a step, and returns whether the time is over."""
        self.steps += 1
        if self._began is None:
            self._began, self._busy = time.monotonic(), _busy()
        return self.spent >= self.limit

    @property
    def spent(self):
        """The seconds of training."""
        return time.monotonic() - self._began

    def facts(self):
        """Returns what is to be known of the training that has just ended."""
        spent = self.spent
        ours, all_of_them = (now - then for now, then in zip(_busy(), self._busy))
        return {
            "steps": self.steps,
            "clips": self.steps * self.batch,
            "seconds of training": spent,
            "clips/s": self.steps * self.batch / spent,
            "seconds before": self._began - self._created,
            "load before": self._load,
            "cores of ours": ours / spent,
            "cores of others": max(all_of_them - ours, 0.0) / spent,
            "cpu": machine()["cpu"],
        }


def _busy():
    """Returns the seconds of CPU time that this process, and all of them, have had."""
    with open("/proc/stat", encoding="ascii") as file:
        user, nice, system, _, _, irq, softirq, *_ = map(int, file.readline().split()[1:])
    times = os.times()
    everyone = (user + nice + system + irq + softirq) / os.sysconf("SC_CLK_TCK")
    return times.user + times.system, everyone


def tfvgan_run(spec, folder):
    """Returns the samples of a network of tfvgan by name, and the facts of its training."""
    import keras
    import numpy as np

    from tfvgan import VideoGAN, losses
    from tfvgan.callbacks import CoolDown
    from tfvgan.data import ClipCache, clips
    from tfvgan.tasks.generation.application import COOL_DOWN

    cache = ClipCache.open(spec["cache"])
    conditional = spec["set"] == "actions"
    classes = len(cache.class_names) if conditional else 0
    relativistic = spec["network"] == "relativistic"
    preset = "continuous" if relativistic else spec["network"]
    model = VideoGAN.from_preset(preset, cache.frames, cache.size, classes, spec["seed"])
    changes = {"augment": "adaptive"} if conditional else {}  # A small set, easily overfitted.
    if preset == "continuous" and not conditional:
        penalties = [losses.R1(SHAPES_GAMMA, every=8)]
        if relativistic:
            penalties += [losses.FiniteDifference(SHAPES_GAMMA, every=8, on="fake")]
            changes["adversarial_loss"] = "relativistic"
        changes["penalty"] = keras.saving.serialize_keras_object(penalties)
    model.compile_from_config({**model.get_compile_config(), **changes})
    data = clips(
        spec["cache"],
        **vars(cache.settings),
        batch_size=BATCH,
        seed=spec["seed"],
        flip=conditional,
        repeat=True,
        labels=conditional,
        moments=getattr(model.discriminator, "samples", None),
    )
    clock = Clock(spec["seconds"], BATCH)

    def tick(batch, logs):
        model.stop_training = clock()

    callbacks = [keras.callbacks.LambdaCallback(on_train_batch_end=tick)]
    if preset in COOL_DOWN:  # As `tfvgan train` does.
        share = COOL_DOWN[preset]
        callbacks.insert(0, CoolDown(10**9, minutes=spec["seconds"] / 60, share=share))
    model.fit(data, steps_per_epoch=10**9, shuffle=False, verbose=0, callbacks=callbacks)
    facts = clock.facts() | {
        "weights of G": model.generator.count_params(),
        "weights of D": model.discriminator.count_params(),
    }
    labels = np.arange(spec["videos"]) % classes if classes else None
    samples = {
        "videos": model.generate(spec["videos"], SAMPLES_SEED, labels, 16),
        **({"labels": labels} if classes else {}),
    }
    part = os.path.join(folder, "part.keras")
    model.save(part)
    os.replace(part, os.path.join(folder, "model.keras"))
    return samples, facts


def mocogan_run(spec, folder):
    """Returns the samples of MoCoGAN, and the facts of its training."""
    import torch

    from benchmarks.in_torch import mocogan as torch_mocogan

    def weights(network):
        return sum(parameter.numel() for parameter in network.parameters())

    clock = Clock(spec["seconds"], torch_mocogan.BATCH)
    generator = torch_mocogan.train(Clips(spec["cache"]), clock, spec["seed"])
    judges = torch_mocogan.image_discriminator(), torch_mocogan.video_discriminator()
    facts = clock.facts() | {
        "weights of G": weights(generator),
        "weights of D": sum(map(weights, judges)),
        "threads": torch.get_num_threads(),
    }
    return {"videos": torch_mocogan.sample(generator, spec["videos"], SAMPLES_SEED)}, facts


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "spec", type=json.loads, help="the network, the seconds, the seed, ... as JSON"
    )
    spec = parser.parse_args().spec
    folder = spec["folder"]
    os.makedirs(folder, exist_ok=True)
    run = mocogan_run if spec["network"] == "mocogan" else tfvgan_run
    samples, facts = run(spec, folder)
    save(os.path.join(folder, "samples.npz"), **samples)
    part = os.path.join(folder, "run.part")
    with open(part, "w", encoding="utf-8") as file:
        json.dump({**spec, **facts}, file, indent=1)
    os.replace(part, os.path.join(folder, "run.json"))


if __name__ == "__main__":
    main()
