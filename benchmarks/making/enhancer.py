"""Trains the network of the enhanced codec further: on base layers of squares, for how they look.

Each square of `sets/squares.py` is coded as `tfvgan compress` codes a group, by each of `KINDS`
at some quantisers between the best and the worst; what comes out lies beside it on the disk. The
network learns to bring it back, minimising

    charbonnier + perceptual * LPIPS + contrast * lost detail

without the game, on small squares of these, flipped, turned, and with their colours swapped:

    python benchmarks/sets/squares.py VIDEOS SQUARES
    tfvgan weights fetch lpips-alex
    python benchmarks/making/enhancer.py SQUARES RUN --minutes 60

RUN/generator.keras is a model of `tfvgan compress --model RUN`; what `tfvgan.runs.publish` takes is
`tfvgan.tasks.Enhancer(tfvgan.runs.load_restorer(RUN).generator)`. Base layers that are in RUN
already are taken as they are.
"""

import argparse
import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import numpy as np

from benchmarks.making.timed import train
from benchmarks.sets.squares import SIDE
from tfvgan.data import list_videos
from tfvgan.data.base_layer import STANDARDS, Base
from tfvgan.data.decode import read_frames
from tfvgan.runs.codec_models import shipped_codec
from tfvgan.runs.loading import load_model
from tfvgan.tasks import Enhancer, VideoRestorer
from tfvgan.tasks.restoration.video_restorer import learning
from tfvgan.video import from_uint8
from tfvgan.whole import write_whole

import keras  # isort: skip  (after tfvgan, which sets up oneDNN)
import tensorflow as tf  # isort: skip

FRAMES = 40  # Of a square, which are coded as one group.
LEVELS = "levels.json"
# Base layers by name: the standard, whether at half the size, and the quantisers of each square.
KINDS = {
    "av1": ("av1", False, 5),
    "av1-half": ("av1", True, 1),
    "hevc": ("hevc", False, 1),
    "h264": ("h264", False, 1),
}
SQUARE, WINDOW, BATCH = 128, 7, 3  # Of what a step is shown.
NUMBERS = ("factor", "width", "depth", "folds", "leveled")
STEPS = 200  # Between two lines that say how it goes.


def code(squares, folder, standard, half, count, seed=0):
    """Writes base layers of squares, `NAME.npy`, that are not there yet.

    Each is uint8 `(1 + count, t, SIDE, SIDE, 3)`, the square itself first; `levels.json` beside
    them has the level of each of the others, as the network takes it.

    Args:
        squares: a folder of videos.
        folder: where to write.
        standard: of `tfvgan.data.base_layer.STANDARDS`.
        half: whether at half the size.
        count: int, quantisers of each square.
        seed: of the quantisers.
    """
    folder.mkdir(parents=True, exist_ok=True)
    how, base, files = STANDARDS[standard], Base(standard, half=half), list_videos(squares)
    draws = np.random.default_rng(seed)
    # One in each part of the range, so that a square shows all of it.
    shares = (np.arange(count) + draws.random((len(files), count))) / count
    quantisers = how.best + (how.worst - how.best) * shares

    def coded(file, own):
        path = folder / _name(file)
        if not path.exists():
            video = _first(file.path)
            both = video, *(_through(base, video, quantiser) for quantiser in own)
            write_whole(path, lambda out: np.save(out, np.stack(both)))
            print(path, flush=True)

    with ThreadPoolExecutor(os.cpu_count()) as threads:
        list(threads.map(coded, files, quantisers))
    levels = {_name(f): [how.level(x, half) for x in own] for f, own in zip(files, quantisers)}
    write_whole(folder / LEVELS, lambda out: out.write_text(json.dumps(levels)))


def _name(file):
    return f"{Path(file.path).stem}.npy"


def _first(path):
    frames = []
    for chunk in read_frames(path, size=SIDE, decoder="pyav"):
        frames.extend(chunk)
        if len(frames) >= FRAMES:
            break
    return np.stack(frames[:FRAMES])


def _through(base, video, quantiser):
    return np.stack(list(base.decode(base.encode(video, quantiser), video.shape[1:3])))


def batches(folders, seed=0):
    """Returns a data set without end of `{"video", "degraded", "mask", "level"}`, of `pairs`.

    Args:
        folders: of `code`; each base layer is as likely as any other.
        seed: of what is drawn.
    """
    coded = []
    for folder in folders:
        for name, own in json.loads((folder / LEVELS).read_text()).items():
            # Left on the disk: a hundred squares with all of `KINDS` take 9 GB.
            videos = np.load(folder / name, mmap_mode="r")
            if videos.shape[1] >= WINDOW:
                coded += [(videos, number, level) for number, level in enumerate(own, 1)]

    def drawn():
        draws = np.random.default_rng(seed)
        while True:
            videos, number, level = coded[draws.integers(len(coded))]
            # Cut before a layer is chosen: nothing but the window is read.
            real, base = _turned(_cut(videos, draws)[[0, number]], draws)
            yield real, base, level

    shape = (WINDOW, SQUARE, SQUARE, 3)
    spec = (
        tf.TensorSpec(shape, "uint8"),
        tf.TensorSpec(shape, "uint8"),
        tf.TensorSpec((), "float32"),
    )

    def named(real, base, level):
        video, degraded = from_uint8(real), from_uint8(base)
        mask = tf.zeros_like(degraded[..., :1])
        return {"video": video, "degraded": degraded, "mask": mask, "level": level}

    return (
        tf.data.Dataset.from_generator(drawn, output_signature=spec)
        .batch(BATCH)
        .map(named)
        .prefetch(4)
    )


def _cut(videos, draws):
    """Returns a window of videos, at one place of all."""
    first, top, left = (
        draws.integers(side - kept + 1)
        for side, kept in zip(videos.shape[1:4], (WINDOW, SQUARE, SQUARE))
    )
    return videos[:, first : first + WINDOW, top : top + SQUARE, left : left + SQUARE]


def _turned(both, draws):
    """Returns both alike: mirrored, on their side, with other colours, each by chance."""
    if draws.random() < 0.5:
        both = both[:, :, :, ::-1]
    if draws.random() < 0.5:
        both = both[:, :, ::-1]
    if draws.random() < 0.5:
        both = both.swapaxes(2, 3)
    if draws.random() < 0.5:
        both = both[..., draws.permutation(3)]
    return np.ascontiguousarray(both)


def model_from(run, perceptual, contrast, rate):
    """Returns a compiled `VideoRestorer` that begins with the network in a folder."""
    first = load_model(run).generator
    config = {name: value for name, value in first.get_config().items() if name in NUMBERS}
    model = VideoRestorer.from_preset(SQUARE, compile=False, **config)
    for network in (model.generator, model.average):  # An average that was saved learns nothing.
        network.set_weights(first.get_weights())
    weights = {"adversarial": 0.0, "ping_pong": 0.0}
    arguments = learning(True, **weights, perceptual=perceptual, contrast=contrast)
    arguments["generator_optimizer"] = keras.optimizers.Adam(rate, beta_1=0.9, beta_2=0.99)
    model.compile(**arguments)
    return model


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("squares", help="a folder of sets/squares.py")
    parser.add_argument("run", type=Path, help="a folder for base layers and the network")
    parser.add_argument(
        "--kinds", nargs="+", choices=KINDS, default=list(KINDS), help="of base layers"
    )
    parser.add_argument(
        "--begin", default=shipped_codec(), help="the model of tfvgan compress to begin with"
    )
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--perceptual", type=float, default=1.0, help="weight of LPIPS")
    parser.add_argument("--contrast", type=float, default=0.3, help="weight of lost detail")
    parser.add_argument("--rate", type=float, default=2e-4, help="learning rate")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    folders = [arguments.run / kind for kind in arguments.kinds]
    for folder in folders:
        code(arguments.squares, folder, *KINDS[folder.name])
    model = model_from(arguments.begin, arguments.perceptual, arguments.contrast, arguments.rate)
    train(
        model, batches(folders, arguments.seed), STEPS, arguments.minutes, arguments.run, Enhancer
    )


if __name__ == "__main__":
    main()
