"""The generators as SavedModel and .tflite: size, time for one video, difference from Keras.

Trained a little on real clips first: the weights of the first day make videos so grey that every
rounding is small.

    python benchmarks/package/edge.py [--steps 30]
"""

import argparse
import sys
import tempfile
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from benchmarks.report import report
from tfvgan import VideoGAN
from tfvgan.data import clips, sample_videos
from tfvgan.export import export_saved_model, export_tflite, parity_table
from tfvgan.export.tflite import QUANTIZATIONS

FRAMES, SIZE = 16, 64


def measure(network, steps, folder):
    """Returns a row for the Keras model and for each export."""
    model = VideoGAN.from_preset(network, FRAMES, SIZE)
    cache = Path(folder, "cache")
    batches = clips(sample_videos(), FRAMES, SIZE, cache=cache, repeat=True)
    model.fit(batches, steps_per_epoch=steps, verbose=2)
    served = export_saved_model(model, Path(folder, network))
    files = {
        quantization: export_tflite(
            model, Path(folder, f"{network}-{quantization}.tflite"), quantization
        )
        for quantization in QUANTIZATIONS
    }
    return [
        {
            "network": network,
            "target": row.target,
            "MB": row.bytes / 1e6,
            "ms a video": row.milliseconds,
            "max difference": row.max_difference,
            "mean difference": row.mean_difference,
        }
        for row in parity_table(model, served, files)
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--steps", type=int, default=30)
    parser.add_argument("--networks", nargs="+", default=["dcgan", "vgan"])
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rows = [
            row
            for network in arguments.networks
            for row in measure(network, arguments.steps, folder)
        ]
    report(
        "edge",
        f"One video, {FRAMES} frames of {SIZE}x{SIZE}, batch 1; differences on [-1, 1].",
        rows,
        training_steps=arguments.steps,
    )


if __name__ == "__main__":
    main()
