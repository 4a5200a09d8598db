"""Actions known again on other people: an embedder that learns copies beside four others.

The set is MoCoGAN's: nine people in four actions, eight strips of each person, of which every
other one is mirrored. For each strip the nearest strip of the other eight people is looked for.
`R@1` is the share of strips whose nearest shows the same action; by chance it is 0.25.

What a strip is known by is compared in two ways. `mean` is the cosine of the means over time.
`moments` takes for each moment of the one the most alike moment of the other, and means their
cosines. Ours has a moment every half second, AlexNet's fifth convolution one every eighth of a
second, and I3D's logits one for each 16 frames. A motion-energy image (Bobick and Davis 2001) is
the mean of the absolute differences of following frames; there is one for a strip. An embedder of
the same network that learnt nothing stands beside ours, with the mean of three seeds.

    tfvgan weights fetch i3d lpips-alex
    python benchmarks/retrieval/actions.py --actions actions.tar.gz
"""

import argparse
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import numpy as np

from benchmarks.report import report
from benchmarks.retrieval import rivals
from benchmarks.sets.mocogan import SKIPPED, add_sets, archives_of, strips
from tfvgan.library.windows import RATE, cut_windows, squeezed
from tfvgan.metrics.extractors import get_extractor
from tfvgan.runs import load_embedder
from tfvgan.tasks import VideoEmbedder

NAME = "retrieval_actions"
OURS = "embed_videos"
ENERGY, I3D, ALEXNET, UNTRAINED = "motion-energy image", "I3D", "AlexNet", "untrained"
FPS = 25  # Of the set.
CLIP = 16  # Frames that I3D sees at once.
SEEDS = 0, 1, 2


def first_matches(features, actions, persons, likeness):
    """Returns of each strip whether the nearest strip of other people shows its action, bool.

    Args:
        features: of each strip, `(moments, d)`.
        actions, persons: of each strip.
        likeness: function of two strips' features.
    """
    found = []
    for one, action, person in zip(features, actions, persons, strict=True):
        scores = [
            -np.inf if other == person else likeness(one, feature)
            for feature, other in zip(features, persons, strict=True)
        ]
        found.append(actions[int(np.argmax(scores))] == action)
    return np.array(found)


def by_mean(one, other):
    """Returns the cosine of two means over time."""
    return float(cosines(one.mean(0)[None], other.mean(0)[None])[0, 0])


def by_moments(one, other):
    """Returns the mean over the one's moments of the cosine of the other's most alike moment."""
    return rivals.score(one, other, cosines)


def cosines(one, other):
    """Returns the cosines between vectors, `(n, m)`."""
    one, other = (np.asarray(each, np.float64) for each in (one, other))
    lengths = np.linalg.norm(one, axis=1)[:, None] * np.linalg.norm(other, axis=1)
    return one @ other.T / np.maximum(lengths, 1e-12)


def seconds_apart(video, rate):
    """Returns the frames of a strip that are on show so many times a second."""
    count = int(len(video) * rate / FPS)
    return video[(np.arange(count) * FPS / rate).astype(int)]


def embedded(embedder, video):
    """Returns the vectors of a strip's half seconds, `(n, 64)`."""
    return embedder.embed(cut_windows(squeezed(seconds_apart(video, RATE))).frames)


def energy(video):
    """Returns the motion-energy image of a strip, `(1, 64 * 64)`."""
    grey = video.mean(axis=-1, dtype=np.float32)
    return np.abs(np.diff(grey, axis=0)).mean(axis=0).reshape(1, -1)


def in_clips(video):
    """Returns a strip's clips of 16 frames, without overlap, uint8 `(n, 16, 64, 64, 3)`."""
    count = len(video) // CLIP
    return video[: count * CLIP].reshape(count, CLIP, *video.shape[1:])


def ways(model):
    """Returns by name the functions of a strip to its features; of some names several."""
    i3d, alexnet = get_extractor("i3d"), get_extractor("alexnet")
    ours = load_embedder(model)
    same = {"size": ours.generator.size, "width": ours.generator.width, "compile": False}
    untrained = [VideoEmbedder.from_preset(seed=seed, **same).embedder for seed in SEEDS]

    def by(embedder):
        return lambda video: embedded(embedder, video)

    return ours.name, {
        OURS: [by(ours)],
        ENERGY: [energy],
        I3D: [lambda video: i3d(in_clips(video)).numpy()],
        ALEXNET: [lambda video: alexnet(seconds_apart(video, RATE)[None]).numpy()],
        UNTRAINED: [by(embedder) for embedder in untrained],
    }


def row_of(who, functions, given):
    """Returns the row of a way, its means over functions, and over actions.

    Args:
        who: its name.
        functions: of a strip to its features.
        given: of `strips`.
    """
    actions, persons = [strip.action for strip in given], [strip.person for strip in given]
    means, moments = [], []
    for describe in functions:
        features = [describe(strip.video) for strip in given]
        means.append(first_matches(features, actions, persons, by_mean))
        moments.append(first_matches(features, actions, persons, by_moments))
    single = all(len(feature) == 1 for feature in features)
    return {
        "who": who,
        "R@1, mean": float(np.mean(means)),
        "R@1, moments": None if single else float(np.mean(moments)),
        "each": [float(np.mean(each)) for each in means],
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add_sets(parser)
    parser.add_argument("--model", default=f"saved_models/{OURS}", help="published, or a run")
    arguments = parser.parse_args()
    archives = archives_of(arguments)
    if "actions" not in archives:
        print("Skipped: name the set of actions by --actions.")
        raise SystemExit(SKIPPED)
    given = strips(archives["actions"])
    name, found = ways(arguments.model)
    report(
        NAME,
        "The nearest strip of other people shows the same action.",
        [row_of(who, functions, given) for who, functions in found.items()],
        strips=len(given),
        people=len({strip.person for strip in given}),
        of=name,
    )


if __name__ == "__main__":
    main()
