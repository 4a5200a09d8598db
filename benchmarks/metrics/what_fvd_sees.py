"""What FVD sees and what it does not: real videos against themselves, spoilt in known ways.

The real videos of a set are halved, no video in both. The first half is compared with the second
as it is, with its first frames standing still, with its frames shuffled, and with noise. Beside
FVD stand measures of motion, and tOF of each spoilt clip against the clip it was made of.

    tfvgan weights fetch i3d
    python benchmarks/metrics/what_fvd_sees.py --shapes shapes.tar.gz --actions actions.tar.gz
"""

import argparse
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import numpy as np

from benchmarks.report import report
from benchmarks.sets.mocogan import add_sets, archives_of, halves
from tfvgan.metrics import TOF, Disorder, Motion, collect, scores

FRAMES = 16


def frozen(videos, random):
    """Returns each video's first frame, standing still."""
    return np.repeat(videos[:, :1], videos.shape[1], axis=1)


def shuffled(videos, random):
    """Returns each video's frames, in a random order of its own."""
    return np.stack([video[random.permutation(len(video))] for video in videos])


def noise(videos, random):
    """Returns noise of the same shape."""
    return random.integers(0, 256, videos.shape, np.uint8)


SPOILT = {"as it is": None, "first frame": frozen, "shuffled": shuffled, "noise": noise}


def mean(metric, reference, videos):
    """Returns a metric over all videos."""
    for start in range(0, len(videos), 16):
        metric.update_state(reference[start : start + 16], videos[start : start + 16])
    return float(metric.result())


def row(videos, reference, real):
    """Returns the measures of one set of videos.

    Args:
        videos: uint8 `(n, frames, 64, 64, 3)`.
        reference: what they were made of, or None.
        real: the features of the other half, by extractor.
    """
    result = {}
    for extractor, features in real.items():
        for score in scores(features, collect(videos, extractor, len(videos))):
            if score.score in ("fvd", "ffd"):
                result |= {score.score: score.value, f"{score.score} +-": score.high - score.value}
    result["tOF"] = None if reference is None else mean(TOF(), reference, videos)
    result["motion"] = mean(Motion(), videos, videos)
    return result | {"disorder": mean(Disorder(), videos, videos)}


def measure(name, archive, count):
    """Returns a row for each way to spoil one half of a set."""
    half, other = halves(archive, count, FRAMES)
    real = {extractor: collect(half, extractor, count) for extractor in ("i3d", "alexnet")}
    random = np.random.default_rng(0)
    rows = []
    for title, spoil in SPOILT.items():
        videos = other if spoil is None else spoil(other, random)
        head = {"set": name, "clips": f"{len(half)}, {len(videos)}", "other half": title}
        rows.append(head | row(videos, spoil and other, real))
        print(rows[-1], flush=True)
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add_sets(parser)
    parser.add_argument("--clips", type=int, default=256, help="at most so many clips of each half")
    arguments = parser.parse_args()
    sets = archives_of(arguments)
    rows = [row for name, path in sets.items() for row in measure(name, path, arguments.clips)]
    report(
        "what_fvd_sees",
        "Half of the real videos of a set against the other half, spoilt.",
        rows,
        order_is_right={name: in_order(rows, name) for name in sets},
    )
    if not all(in_order(rows, name) for name in sets):
        sys.exit("FVD orders a set wrongly")


def in_order(rows, name):
    """Returns whether the real half scores best, noise worst, and spoilt motion in between."""
    fvd = {row["other half"]: row["fvd"] for row in rows if row["set"] == name}
    return all(
        fvd["as it is"] < fvd[motion] < fvd["noise"] for motion in ("first frame", "shuffled")
    )


if __name__ == "__main__":
    main()
