"""How long a frame takes on an edge device: .tflite files of three sizes, beside TensorFlow.

Each model's `*_frame` endpoint is exported for frames of each size, and run with its state on one
thread and on two: by LiteRT (XNNPACK), and by TensorFlow as the Keras model's graph of the same
function. TensorFlow's threads are set once in a process, and a busy machine holds back the process
that has worked most: so each side has one of its own. All take turns, a few frames each. Other work
on the machine makes the wall's time longer. It changes the ratios of a round, and the milliseconds
of the processors, less.

What was measured is kept, and a run that was stopped goes on there.

    python benchmarks/package/edge_sizes.py [--models style_ink segment_people] [--rounds 10]
"""

import argparse
import functools
import multiprocessing
import os
import statistics
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from benchmarks.begun import Begun
from benchmarks.report import answers_in_turns, report

MODELS = ("style_ink", "restore_x2_fast", "restore_denoise", "segment_people")
SIZES = ((90, 160), (180, 320), (360, 640))  # Height and width of the frames that are read.
THREADS = (1, 2)
QUANTIZATIONS = ("float32", "dynamic")
KERAS = "TensorFlow"
SIDES = (KERAS, *QUANTIZATIONS)


def model_at(name, size):
    """Returns a model for frames of a size, and the name of its endpoint of single frames."""
    from tfvgan.runs import for_edge, load_model

    model = for_edge(load_model(name), size)
    return model, next(key for key in model.endpoints() if key.endswith("_frame"))


def example_of(model, endpoint):
    """Returns the named arrays of one frame."""
    return model.endpoints()[endpoint].edge.examples(1, 0)[0]


def exported(name, size, folder):
    """Returns the paths of the .tflite files by quantization, and the inputs of one frame."""
    from tfvgan.export import export_tflite

    model, endpoint = model_at(name, size)
    files = {
        quantization: str(Path(folder, f"{quantization}.tflite")) for quantization in QUANTIZATIONS
    }
    for quantization, path in files.items():
        export_tflite(model, path, quantization, endpoint)
    return files, example_of(model, endpoint)


def set_threads(count):
    """Sets how many threads an operation of TensorFlow has in this process."""
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(count)


@functools.lru_cache(maxsize=1)
def in_tensorflow(name, size):
    """Returns the Keras model's step of one frame, a function without arguments."""
    import tensorflow as tf

    model, endpoint = model_at(name, size)
    step = tf.function(model.endpoints()[endpoint].edge.function)
    example = example_of(model, endpoint)

    def run():
        outputs = step(*map(tf.constant, example.values()))
        return {key: value.numpy() for key, value in outputs.items()}

    return run


@functools.lru_cache(maxsize=1)
def in_litert(path, threads):
    """Returns a .tflite file's step as a function of named arrays."""
    from ai_edge_litert.interpreter import Interpreter

    return Interpreter(model_path=path, num_threads=threads).get_signature_runner()


def time_tensorflow(name, size):
    """Returns the seconds of one frame: the wall's, and the processors'."""
    return timed(in_tensorflow(name, size))


def time_litert(path, threads, example):
    """Returns the seconds of one frame: the wall's, and the processors'."""
    run = in_litert(path, threads)
    return timed(lambda: run(**example))


def timed(function, frames=3):
    """Returns the seconds of a frame, the wall's and the processors': the mean of some.

    One frame goes before, untimed: others had the caches until now.
    """
    function()
    start, worked = time.perf_counter(), time.process_time()
    for _ in range(frames):
        function()
    ended = time.perf_counter() - start, time.process_time() - worked
    return ended[0] / frames, ended[1] / frames


def rows_of(name, size, seconds, kilobytes):
    """Returns a row for each number of threads.

    Args:
        name, size: of the model, and of its frames.
        seconds: of `answers_in_turns`, by `(side, threads)`.
        kilobytes: dict by quantization.
    """
    rows = []
    for threads in THREADS:
        row = {"model": name, "from": f"{size[1]}x{size[0]}", "threads": threads}
        for side in SIDES:
            walls, processors = zip(*seconds[side, threads], strict=True)
            row[f"{side} ms"] = 1000 * statistics.median(walls)
            row[f"{side} least ms"] = 1000 * min(walls)
            row[f"{side} CPU ms"] = 1000 * statistics.median(processors)
        for which in QUANTIZATIONS:
            turns = zip(seconds[which, threads], seconds[KERAS, threads], strict=True)
            row[f"{which} ratio"] = statistics.median(ours[0] / keras[0] for ours, keras in turns)
            row[f"{which} CPU ratio"] = row[f"{which} CPU ms"] / row[f"{KERAS} CPU ms"]
            row[f"{which} kB"] = kilobytes[which]
        rows.append({**row, "load": round(os.getloadavg()[0], 1)})
    return rows


def worker(side, threads):
    """Returns the process of a side, which runs one call after the other."""
    start = {"initializer": set_threads, "initargs": (threads,)} if side == KERAS else {}
    return ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), **start)


def measure(name, size, workers, rounds):
    """Returns the rows of one model at one size.

    Args:
        name, size: of the model, and of its frames.
        workers: dict of `worker`s by `(side, threads)`.
        rounds: how often each is timed.
    """

    def on(which, function, *arguments):
        return which, lambda: workers[which].submit(function, *arguments).result()

    with tempfile.TemporaryDirectory() as folder:
        files, example = exported(name, size, folder)
        sides = [on((KERAS, threads), time_tensorflow, name, size) for threads in THREADS]
        for which, path in files.items():
            sides += [
                on((which, threads), time_litert, path, threads, example) for threads in THREADS
            ]
        seconds = answers_in_turns(dict(sides), rounds, warmup=2)
        kilobytes = {which: os.path.getsize(path) / 1000 for which, path in files.items()}
    rows = rows_of(name, size, seconds, kilobytes)
    for row in rows:
        print(row, flush=True)
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--models", nargs="+", default=list(MODELS))
    parser.add_argument("--rounds", type=int, default=10)
    arguments = parser.parse_args()
    wanted = {
        f"{name} {size[1]}x{size[0]}": (name, size) for size in SIZES for name in arguments.models
    }
    begun = Begun("edge_sizes", rounds=arguments.rounds)
    workers = {(side, threads): worker(side, threads) for side in SIDES for threads in THREADS}
    rows = begun.of(wanted, lambda place: measure(*wanted[place.name], workers, arguments.rounds))
    report(
        "edge_sizes",
        "A frame with its state, batch 1: LiteRT's files beside the Keras model's graph.",
        sorted(rows, key=lambda row: arguments.models.index(row["model"])),
        rounds=arguments.rounds,
    )
    begun.end()
    for each in workers.values():
        each.shutdown()


if __name__ == "__main__":
    main()
