"""The network that finds cuts, trained on films that are made of the shots of a folder of videos.

Films are drawn from the seed and their number alone: cuts, dissolves, fades and wipes between
shots, and flashes, whip pans, zooms and things that pass within them, see
`tfvgan.data.transitions`. Each is learnt from in some variants: mirrored, backwards, in other
colours. What fades in the videos is left out; dissolves must not be in them. What the network
computes of frames, and does not learn, is computed once.

    python benchmarks/making/cut_finder.py VIDEOS --out find_cuts.keras
"""

import argparse
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import keras
import numpy as np

from tfvgan.data import list_videos
from tfvgan.data.transitions import Making, film, unbroken
from tfvgan.networks import CutFinder
from tfvgan.networks.cut_finder import resemblance
from tfvgan.streaming import Source
from tfvgan.tasks.analysis.finder import THUMBNAIL
from tfvgan.tasks.loading import save_deflated

SIZE = (54, 96)  # Twice a thumbnail's sides: shots are parts of the picture.
FRAMES = 128  # Of a film.
FILMS, VARIANTS = 1500, 2  # That there are, and of each.
# More decoys and gradual transitions than films have.
MAKING = Making(
    joins={"cut": 0.4, "dissolve": 0.3, "fade": 0.15, "wipe": 0.15},
    decoys=0.6,
    noise=0.4,
    coded=0.15,
)
SHOWN = 8  # In a step.
RATE = 2e-3
DECAY = 0.02  # Of weights.


def shots(folder):
    """Returns the shots of the videos in a folder, a list of uint8 `(t, 54, 96, 3)`."""
    found = []
    for file in list_videos(folder):
        video = np.stack([frame.rgb for frame in Source(file.path).frames(size=SIZE)])
        found += unbroken(video)
    return found


def examples(clips, seed, count=FILMS, variants=VARIANTS, frames=FRAMES):
    """Returns what is seen of films, float32 `(n, frames, SEEN)`, and their labels.

    These are float32 `(n, frames, 2)`: 1 where a shot begins, and in gradual transitions.

    Args:
        clips: list of uint8 `(t, h, w, 3)`, each of one shot.
        seed: whole number; all is drawn from it and the number of a film.
        count, variants, frames: of films, of each of them, and of their frames.
    """
    seen, labels = [], []
    for number in range(count):
        draws = np.random.default_rng((seed, number))
        made = film(draws, clips, frames, THUMBNAIL, MAKING)
        pairs = [_changed(draws, made) for _ in range(variants)]
        seen.append(np.asarray(resemblance(np.stack([video for video, _ in pairs]))))
        labels += [label for _, label in pairs]
    return np.concatenate(seen), np.stack(labels)


def _changed(draws, one):
    """Returns a film mirrored, backwards, or in other colours, and its labels."""
    video, cut, gradual = one.video, one.cut, one.gradual
    if draws.random() < 0.5:
        video = video[:, :, ::-1]
    if draws.random() < 0.5:
        video = video[:, ::-1]
    if draws.random() < 0.5:  # A shot then begins with what was the last frame of the one before.
        video, cut, gradual = video[::-1], np.roll(cut[::-1], 1), gradual[::-1]
    video = video[..., draws.permutation(3)].astype("float32")
    gains, lift = draws.uniform(0.7, 1.2, 3), draws.uniform(-20, 20)
    video = np.clip(video * gains.astype("float32") + np.float32(lift), 0, 255) / 127.5 - 1
    return video.astype("float32"), np.stack([cut, gradual], axis=-1).astype("float32")


def train(seen, labels, seed, steps, **numbers):
    """Returns a trained `CutFinder`.

    Args:
        seen, labels: as of `examples`.
        seed: whole number.
        steps: int.
        **numbers: of the network.
    """
    keras.utils.set_random_seed(seed)
    network = CutFinder(**numbers)
    network.build()
    inputs = keras.Input(seen.shape[1:])
    judge = keras.Model(inputs, network.judge(inputs))
    judge.compile(
        keras.optimizers.AdamW(
            keras.optimizers.schedules.CosineDecay(RATE, max(1, steps)), DECAY, clipnorm=1.0
        ),
        keras.losses.BinaryCrossentropy(from_logits=True),
    )
    each = max(1, len(seen) // SHOWN)
    judge.fit(seen, labels, SHOWN, epochs=-(-steps // each), verbose=2)
    return network


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("videos", help="a folder of videos without dissolves and wipes")
    parser.add_argument("--out", required=True, help="the .keras file")
    parser.add_argument("--steps", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    clips = shots(arguments.videos)
    seen, labels = examples(clips, arguments.seed)
    network = train(seen, labels, arguments.seed, arguments.steps)
    print(f"written: {save_deflated(network, arguments.out)}")


if __name__ == "__main__":
    main()
