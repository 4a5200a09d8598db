"""How fast restorers are: milliseconds a frame and frames a second, by TensorFlow and by LiteRT.

Networks are untrained, which costs the same. A frame is restored with its state, as a camera or a
file asks for it: by TensorFlow through `Restorer.step`, uint8 in and out; by LiteRT (XNNPACK)
through the exported `restore_frame`, float32 out.

    python benchmarks/restoration/speed.py [--threads 2] [--rounds 20]
"""

import argparse
import os
import statistics
import sys
import tempfile
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from benchmarks.report import in_turns, report

SIZES = ((180, 320), (240, 424), (360, 640), (720, 1280))  # Height and width of what is given.
NETWORKS = {  # Width, depth, factor.
    "x2_fast": (32, 2, 2),
    "x2": (48, 4, 2),
    "x4": (48, 4, 4),
    "x1": (48, 4, 1),
}


def measure(name, numbers, size, threads, rounds):
    """Returns the row of one network at one size."""
    from tfvgan.export import export_tflite
    from tfvgan.export.tflite import load_tflite
    from tfvgan.networks import RestorerGenerator
    from tfvgan.tasks import Restorer

    width, depth, factor = numbers
    network = RestorerGenerator(factor, width, depth, folds=3 - factor.bit_length())
    network.build()  # Untrained: speed asks for no weight.
    restorer = Restorer(network, edge=size)
    example = restorer.endpoints()["restore_frame"].edge.examples(1, 0)[0]
    window = [example[which][0] for which in ("before", "frame", "after")]
    with tempfile.TemporaryDirectory() as folder:
        path = export_tflite(restorer, Path(folder, "x.tflite"), endpoint="restore_frame")
        served = load_tflite(path, threads)
        functions = {
            "TensorFlow": lambda: restorer.step(window, example["state"]),
            "LiteRT": lambda: served(**example),
        }
        seconds = in_turns(functions, rounds, warmup=2)
    medians = {who: statistics.median(times) for who, times in seconds.items()}
    row = {"network": name, "weights": network.count_params(), "from": f"{size[1]}x{size[0]}"}
    for who, time in medians.items():
        row |= {f"{who} ms": round(1000 * time, 1), f"{who} frames/s": round(1 / time, 1)}
    print(row, flush=True)
    return row


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--networks", nargs="+", choices=NETWORKS, default=list(NETWORKS))
    arguments = parser.parse_args()
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(arguments.threads)
    rows = [
        measure(name, NETWORKS[name], size, arguments.threads, arguments.rounds)
        for name in arguments.networks
        for size in SIZES
    ]
    report(
        "restoration_speed",
        "Restorers: one frame after the other.",
        rows,
        threads=arguments.threads,
    )


if __name__ == "__main__":
    main()
