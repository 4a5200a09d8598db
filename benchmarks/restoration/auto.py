"""What `tfvgan restore` chooses by itself, beside every single choice, on spoilt videos.

Clips are spoilt in each way of `benchmarks/sets/spoilt.py`, at their own size and made smaller,
and written to files. Of these each choice of the package is measured against what they were: LPIPS
(AlexNet), PSNR, and VMAF-NEG. In the order of names every other clip chooses the thresholds of
`tfvgan/runs/choices.json`, and the others report. What was measured is kept in a folder, by the
weights of the models, so that only what is new is measured again.

    tfvgan weights fetch
    python benchmarks/restoration/auto.py VIDEOS [--work FOLDER]           # measures and reports
    python benchmarks/restoration/auto.py VIDEOS [--work FOLDER] --choose  # and chooses anew
"""

import argparse
import functools
import hashlib
import itertools
import json
import sys
import tempfile
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import numpy as np
import tensorflow as tf

from benchmarks.report import report
from benchmarks.restoration import choosing
from benchmarks.sets import spoilt
from benchmarks.sets.parts import CHOOSING, REPORTING, halves
from tfvgan import metrics
from tfvgan.data import list_videos, sample_videos
from tfvgan.data import signs as looking
from tfvgan.data.degrade.recipes import STRONGEST
from tfvgan.data.signs import signs_of
from tfvgan.runs.choices import Choice, choices, chosen_stepper
from tfvgan.streaming import Recurrence, Source

FOUR = ("clean", "x264 crf 28")  # Ways that are tried at a scale of 4.
WORK = str(Path(tempfile.gettempdir()) / "tfvgan-restore-auto")
JUDGED = slice(2, 8, 4)  # Frames of those shown that LPIPS is measured of.


def clips_of(folder, count=None):
    """Returns a list by part of `(name, function that returns the clip)`.

    Args:
        folder: of real videos that no restorer was trained on.
        count: int, how many of each part, of all kinds, beside a still; None for all.
    """
    paths = sorted((Path(file.path) for file in list_videos(folder)), key=lambda path: path.name)
    parts = {
        part: [(path.stem, functools.partial(spoilt.real, path)) for path in found]
        for part, found in halves(paths).items()
    }
    bikes = next(path for path in sample_videos() if Path(path).stem == "bikes")
    parts[CHOOSING].insert(0, ("bikes", functools.partial(spoilt.real, bikes)))
    for part, seed in ((CHOOSING, 0), (REPORTING, 1)):
        real = parts[part]
        drawn = [
            (f"screen {seed}", functools.partial(spoilt.screen, seed)),
            (f"cartoon {seed}", functools.partial(spoilt.cartoon, seed)),
            (f"dark {seed}", lambda make=real[1][1]: spoilt.dark(make())),
        ]
        # By turns, so that the first ones are of all kinds.
        turns = itertools.zip_longest(real, drawn)
        parts[part] = list(filter(None, itertools.chain.from_iterable(turns)))[:count]
        if part == REPORTING:
            parts[part].append(("still", lambda make=real[2][1]: spoilt.still(make())))
    return parts


def told(restorer, noise):
    """Returns a restorer that is told how strong the noise is, with the graph that it has."""
    if not isinstance(restorer._level, tf.Variable):
        restorer._level = tf.Variable(0.0)  # A number would be a part of the graph.
    restorer._level.assign(min(noise / STRONGEST, 1))
    return restorer


class Measured:
    """Measures cells, and keeps what it measured.

    Args:
        folder: where to keep it.
    """

    def __init__(self, folder):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.lpips = metrics.LPIPS()
        self.looks = _digest_of(sorted(Path(looking.__file__).parent.glob("*.py")))
        self.restorers = functools.cache(chosen_stepper)
        self.digests = functools.cache(self._digest)

    def __call__(self, name, clip, way, scale):
        """Returns a dict of the clip's signs, and of each choice's scores by its name.

        Args:
            name: of the clip.
            clip: function that returns it.
            way: of `spoilt.WAYS`.
            scale: int.
        """
        key = f"{name}-{way}-{scale}".replace(" ", "_").replace(",", "")
        record = self.folder / f"{key}.json"
        kept = json.loads(record.read_text()) if record.exists() else {"scores": {}}
        path = self.folder / f"{key}.{spoilt.WAYS[way][1].ending}"
        if kept.get("signs of") != self.looks and path.exists():
            kept |= {"signs": signs_of(path)._asdict(), "signs of": self.looks}
            record.write_text(json.dumps(kept))
        noise = kept["signs"]["noise"] if "signs" in kept else None
        wanted = {choice: self._key(choice, scale, noise) for choice in choices(scale)}
        fresh = kept.get("signs of") == self.looks
        if fresh and set(wanted.values()) <= set(kept["scores"]):
            return self._named(kept, wanted)
        truth, path = spoilt.spoil(clip(), way, scale, self.folder / key)
        signs = signs_of(path)
        kept |= {"signs": signs._asdict(), "signs of": self.looks}
        wanted = {choice: self._key(choice, scale, signs.noise) for choice in choices(scale)}
        missing = [c for c, k in wanted.items() if k not in kept["scores"]]
        given = np.stack([frame.rgb for frame in Source(path).frames()])[spoilt.SHOWN]
        for choice, scores in zip(
            missing,
            self._scores(truth[spoilt.SHOWN], given, missing, scale, signs.noise),
            strict=True,
        ):
            kept["scores"][wanted[choice]] = scores
        record.write_text(json.dumps(kept))
        return self._named(kept, wanted)

    def _named(self, kept, wanted):
        return {
            "signs": kept["signs"],
            "scores": {choice: kept["scores"][key] for choice, key in wanted.items()},
        }

    def _key(self, choice, scale, noise):
        """Returns the choice in words, with a text unique to its weights, and what it is told."""
        key = f"{choice.name} {self.digests(choice.model, choice.halved, scale)}"
        return f"{key} {noise:.1f}" if choice.model == "denoise" and noise is not None else key

    def _digest(self, model, halved, scale):
        stepper = self.restorers(Choice(model, halved), scale)
        return hashlib.sha256(stepper.identity.encode()).hexdigest()[:8]

    def _scores(self, real, given, missing, scale, noise):
        """Returns the scores of some choices, in order."""
        plain, made, whole = self._made(Choice(), given, scale, noise), [], {}
        for choice in missing:
            full = choice._replace(strength=1.0)
            if full not in whole:
                whole[full] = self._made(full, given, scale, noise)
            mixed = plain + choice.strength * (whole[full].astype("float32") - plain)
            made.append(np.rint(mixed).astype("uint8"))
        neg = self._neg(real, made)
        pairs = np.repeat(real[None, JUDGED], len(made), 0), np.stack(made)[:, JUDGED]
        far = np.asarray(self.lpips.per_video(*pairs))
        errors = [np.square(real.astype("float64") - each).mean() for each in made]
        return [
            {
                "LPIPS": float(lpips),
                "PSNR": float(10 * np.log10(255**2 / max(error, 1e-3))),
                "VMAF-NEG": score,
            }
            for lpips, error, score in zip(far, errors, neg, strict=True)
        ]

    def _made(self, choice, given, scale, noise):
        """Returns what a choice makes of a clip, uint8."""
        stepper = self.restorers(choice, scale)
        if choice.model == "denoise":  # The same network, and no other graph of it.
            stepper = told(stepper, noise)
        return np.stack([each.picture for each in Recurrence(stepper, cuts=False)(given)])

    def _neg(self, real, made):
        """Returns VMAF-NEG of some clips: of one film of them all, which costs one start.

        Its measure of motion is the lesser of that before and behind a frame, so joints are none.
        """
        frames = metrics.vmaf(
            np.concatenate([real] * len(made)), np.concatenate(made), "vmaf_v0.6.1neg"
        ).frames
        return [float(part.mean()) for part in np.split(frames, len(made))]


def _digest_of(paths):
    """Returns a text unique to what some files hold."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()[:8]


def cells(parts, measured, scales):
    """Returns the cells: dicts of part, clip, way, scale, signs and scores.

    Args:
        parts: of `clips_of`.
        measured: `Measured`.
        scales: list of int.
    """
    found = []
    # By turns, so that what is kept serves both parts wherever it is stopped.
    turns = itertools.zip_longest(*[[(part, *clip) for clip in c] for part, c in parts.items()])
    turns = list(filter(None, itertools.chain.from_iterable(turns)))
    for (part, name, clip), scale in itertools.product(turns, scales):
        clip = functools.cache(clip)
        for way in FOUR if scale == 4 else spoilt.WAYS:
            cell = measured(name, clip, way, scale)
            found.append({"part": part, "clip": name, "way": way, "scale": scale, **cell})
        print(part, name, scale, flush=True)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("videos", help="a folder of videos that no restorer was trained on")
    parser.add_argument("--work", default=WORK, help=f"what was measured (default: {WORK})")
    parser.add_argument("--scales", type=int, nargs="+", choices=(1, 2, 4), default=[2, 1, 4])
    parser.add_argument("--count", type=int, help="only so many clips of each part")
    parser.add_argument(
        "--choose", action="store_true", help="write tfvgan/runs/choices.json anew, too"
    )
    arguments = parser.parse_args()
    parts = clips_of(arguments.videos, arguments.count)
    found = cells(parts, Measured(arguments.work), arguments.scales)
    if arguments.choose:
        choosing.write(choosing.chosen([cell for cell in found if cell["part"] == CHOOSING]))
    rows, facts = choosing.reported([cell for cell in found if cell["part"] == REPORTING])
    report(
        "restore_auto",
        "What is chosen by itself beside every single choice, on clips that only report.",
        rows,
        packages=("imageio-ffmpeg", "pillow"),
        chose=[name for name, _ in parts[CHOOSING]],
        reported=[name for name, _ in parts[REPORTING]],
        **facts,
    )


if __name__ == "__main__":
    main()
