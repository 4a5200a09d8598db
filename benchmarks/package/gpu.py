"""What a GPU makes of the package: training steps of each preset, and a restorer.

    python benchmarks/package/gpu.py [--rounds 20]

Each preset in float32 and mixed_float16, with XLA and without: the seconds of the first step, which
traces and compiles, and the median of those behind it. Of a restorer, the frames a second, and how
far its pictures are from those that the CPU makes. What fails is named, and the rest goes on.
Without a GPU it says so and ends; `--allow-cpu` runs it all the same, and writes nothing.
`--restored` is the height of the frames that are restored.
"""

import argparse
import statistics
import sys
import time
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from benchmarks.report import report, table

PRESETS = ("continuous", "dcgan", "vgan")
NUMBERS = {"rounds": 20, "batch": 8, "frames": 16, "size": 64, "restored": 360}
PRECISIONS = (None, "mixed_float16")
HEADS = ("what", "precision", "XLA", "first s", "median ms", "frames/s", "difference", "failed")


def row(**cells):
    """Returns a row of the table, None for what is not known."""
    return {**dict.fromkeys(HEADS), **cells}


def steps(preset, precision, xla, arguments):
    """Returns the row of some training steps of a preset."""
    import numpy as np
    import tensorflow as tf

    from tfvgan import VideoGAN
    from tfvgan.tasks.generation.video_gan import learning

    size = {"frames": arguments.frames, "size": arguments.size}
    widths = {} if arguments.width is None else {"width": arguments.width}
    model = VideoGAN.from_preset(preset, **size, **widths, compile=False)
    model.compile(**learning(preset), mixed_precision=precision, jit_compile=xla)
    shape = model.parts()["video"].shape
    draws = np.random.default_rng(0)
    video = draws.uniform(-1, 1, (arguments.batch, *shape)).astype("float32")
    batches = iter(tf.data.Dataset.from_tensors({"video": video}).repeat())
    model.make_train_function()
    seconds = []
    for _ in range(1 + arguments.rounds):
        start = time.perf_counter()
        logs = {name: float(value) for name, value in model.train_function(batches).items()}
        seconds.append(time.perf_counter() - start)
    if not np.isfinite([logs["d_loss"], logs["g_loss"]]).all():
        raise FloatingPointError(f"the losses are {logs['d_loss']} and {logs['g_loss']}")
    return {"first s": seconds[0], "median ms": 1e3 * statistics.median(seconds[1:])}


def restoring(arguments):
    """Returns the row of a restorer, on noise of the size of a small film."""
    import numpy as np
    import tensorflow as tf

    from tfvgan.networks import RestorerGenerator
    from tfvgan.tasks import Restorer

    network = RestorerGenerator(2, 24, 4)
    network.build()
    shape = (4, arguments.restored, arguments.restored * 16 // 9, 3)
    video = np.random.default_rng(0).integers(0, 256, shape, dtype="uint8")
    restorer, seconds = Restorer(network), []
    for _ in range(1 + arguments.rounds):
        start = time.perf_counter()
        made = restorer.restore(video)
        seconds.append(time.perf_counter() - start)
    with tf.device("CPU:0"):
        on_cpu = Restorer(network).restore(video)
    return {
        "first s": seconds[0],
        "frames/s": len(video) / statistics.median(seconds[1:]),
        "difference": int(np.abs(made.astype(int) - on_cpu).max()),  # Of 255.
    }


def measure(arguments):
    """Returns the rows of all that is tried, and prints each when it is known."""
    tried = [
        (preset, precision, xla, lambda *how: steps(*how, arguments))
        for preset in PRESETS
        for precision in PRECISIONS
        for xla in (False, True)
    ]
    tried.append(("restorer", None, False, lambda *how: restoring(arguments)))
    rows = []
    for what, precision, xla, function in tried:
        named = {"what": what, "precision": precision or "float32", "XLA": xla}
        try:
            rows.append(row(**named, **function(what, precision, xla)))
        except Exception as error:  # whatever a GPU stumbles over: that is what is asked here
            words = f"{type(error).__name__}: {error}".splitlines()[0]
            rows.append(row(**named, failed=words[:200]))
        print(rows[-1], flush=True)
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--allow-cpu", action="store_true", help="run without a GPU, write nothing")
    for name, value in NUMBERS.items():
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--width", type=int, help="of the presets' networks; else as they come")
    arguments = parser.parse_args()
    from tfvgan import doctor

    machine = doctor.report()
    if len(machine["devices"]) == 1 and not arguments.allow_cpu:
        sys.exit("TensorFlow sees no GPU: run `tfvgan doctor`, or try it with --allow-cpu.")
    rows = measure(arguments)
    claim = f"On {machine['devices'][-1]}: batches of {arguments.batch}, {arguments.frames} frames."
    if arguments.allow_cpu:
        print(f"\n{claim}\n\n{table(rows)}")
        return
    report("gpu", claim, rows, doctor=machine, arguments=vars(arguments))


if __name__ == "__main__":
    main()
