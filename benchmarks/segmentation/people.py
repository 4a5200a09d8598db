"""People cut out: `segment_people` beside MediaPipe's selfie segmentation.

PEOPLE is a folder that `benchmarks/sets/people.py` has made of people whom nothing was trained on,
and GROUNDS one of videos that show nobody. On two sets, in squares of 192x192, which have as many
pixels as 256x144:

- composites: over each ground somebody is put, among shapes and things that are nobody. The masks
  are exact, whoever has made the cut-outs: what is white in them was put there. Scenes are drawn as
  those that ours learns from, of other people, which favours it.
- real clips: of PEOPLE as they are. The masks are those of that script's teacher, MediaPipe's model
  itself, seen four times, held steady and refined: they favour it.

MediaPipe's models run in LiteRT, frame by frame, as they come: `--teacher` names their files, see
`benchmarks/sets/people.py`; without, they are left out. Ours is measured from the first frame on.

    python benchmarks/segmentation/people.py PEOPLE GROUNDS --teacher selfie_segmentation.tflite
"""

import argparse
import itertools
import json
import sys
import zlib
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import cv2
import numpy as np
import tensorflow as tf

from benchmarks.report import RESULTS, cpu, report
from benchmarks.segmentation.measures import measured
from benchmarks.segmentation.ours import WARM, networks, segmenters
from benchmarks.segmentation.scenes import FRAMES, SEED, SHORTER, SIDE, Scene
from benchmarks.sets.parts import REPORTING, with_means
from benchmarks.sets.people import Teacher
from tfvgan import plots
from tfvgan.data import list_videos
from tfvgan.data.composites import Staging, composite, read_cutouts
from tfvgan.data.decode import read_frames
from tfvgan.data.partners import partners

OURS = "segment_people"
COMPOSITES, CLIPS = "composites", "real clips"
TRUTH = {COMPOSITES: "true", CLIPS: "the teacher's"}  # What masks of the sets are.
STAGING = Staging(things=(1, 2), frozen=0.5, cutouts=0.75, kind=0)
EACH = 4  # Scenes of a ground.
LEAST = 0.03  # Of a scene's pixels, those of people.
SHOWN = 5  # Frames of a video in the picture.


def composites(path, cutouts, count, frames=FRAMES, side=SIDE):
    """Yields `Scene`s of people over the first frames of a video, each with somebody in it.

    Args:
        path: of the video; of a short one the frames are played to and fro.
        cutouts: list of `tfvgan.data.composites.Cutout`.
        count: how many scenes.
        frames: of each.
        side: of the square.
    """
    ground = to_and_fro(_first(path, frames, SHORTER, "none"), frames)
    number = itertools.count()
    while count:
        seed = [SEED, zlib.crc32(path.name.encode()), next(number)]
        draws = np.random.default_rng(seed)
        made = composite(draws, ground, side, staging=STAGING, cutouts=cutouts)
        if made.mask.astype(bool).mean() >= LEAST:
            count -= 1
            yield Scene(made.video, made.mask > 0)


def to_and_fro(video, frames):
    """Returns so many frames of a video, which turns round at its ends."""
    last = len(video) - 1
    places = np.arange(frames) % max(2 * last, 1)
    return video[np.minimum(places, 2 * last - places)]


def clip(video, alpha, frames=FRAMES, side=SIDE):
    """Returns the `Scene` of a real clip, whose mask is where more than half is of people."""
    shown, share = (_first(path, frames, side, "center") for path in (video, alpha))
    return Scene(shown, share[..., 1] > 127)


def by_teacher(path):
    """Returns the function from a video to the masks of a model of MediaPipe, frame by frame."""
    teacher = Teacher(path)
    return lambda video: np.stack([teacher(frame) > 0.5 for frame in video])


def rows_of(name, which, scenes, whose):
    """Returns the rows of a video's scenes.

    Args:
        name: of the video.
        which: of the sets.
        scenes: iterator over `Scene`s.
        whose: dict of functions from a video to masks.
    """
    rows = []
    for number, (video, true) in enumerate(scenes):
        for who, find in whose.items():
            find(video[:WARM])
            begin = cpu()
            made = find(video)
            spent = cpu() - begin
            row = {"video": name, "set": which, "scene": number, "who": who}
            rows.append(row | measured(made, true) | {"CPU ms": 1000 * spent / len(video)})
            print(json.dumps(rows[-1]), flush=True)
    return rows


def known(arguments):
    """Returns the functions from videos to masks, by name; what is not there is named."""
    found = segmenters(OURS, networks(OURS, arguments.model, arguments.without))
    for path in arguments.teacher:
        found[f"MediaPipe, {Path(path).stem}"] = by_teacher(path)
    if not arguments.teacher:
        print("left out, for want of --teacher: MediaPipe", flush=True)
    return found


def draw(scenes, whose, path):
    """Draws frames of scenes, by their names, the true masks, and those of each network."""
    rows = {}
    for which, (video, true) in scenes.items():
        masks = {TRUTH[which]: true} | {who: find(video) for who, find in whose.items()}
        white = {who: 255 * mask[..., None].astype("uint8") for who, mask in masks.items()}
        some = np.linspace(0, len(video) - 1, SHOWN).round().astype(int)
        for who, each in ({"video": video} | white).items():
            rows[f"{which}: {who}"] = np.broadcast_to(each[some], (1, *video[some].shape))
    plots.film_strip(rows, path, frames=SHOWN, titles=list(rows))


def _first(path, frames, size, crop):
    chunks = read_frames(str(path), size=size, crop=crop, deinterlace="no", decoder="pyav")
    return np.stack(list(itertools.islice(itertools.chain.from_iterable(chunks), frames)))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("people", help="a folder of benchmarks/sets/people.py")
    parser.add_argument("grounds", help="a folder of videos that show nobody")
    parser.add_argument(
        "--model", default=f"saved_models/{OURS}", help="the published folder, or a run"
    )
    parser.add_argument("--without", help="the same, trained without the game")
    parser.add_argument(
        "--teacher", nargs="+", default=(), metavar="FILE", help=".tflite files of MediaPipe"
    )
    parser.add_argument("--scenes", type=int, default=EACH, help="of each ground")
    parser.add_argument("--frames", type=int, default=FRAMES, help="of each scene, at most")
    parser.add_argument("--name", default=OURS, help="name of the files in results/")
    arguments = parser.parse_args()
    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    cv2.setNumThreads(1)
    whose = known(arguments)
    if not whose:
        parser.error("there is nothing to measure: name a network by --model, or --teacher")
    videos, alphas = (Path(arguments.people, each) for each in ("videos", "alphas"))
    cutouts = read_cutouts(videos, alphas, SHORTER)
    grounds = sorted(Path(file.path) for file in list_videos(arguments.grounds))
    clips = {Path(video).stem: (video, alpha) for video, alpha in partners(videos, alphas).items()}
    rows, shown = [], {}
    for path in grounds:
        scenes = list(composites(path, cutouts, arguments.scenes, arguments.frames))
        rows += rows_of(f"ground {path.name}", COMPOSITES, scenes, whose)
        shown[COMPOSITES] = scenes[0]
    for name, pair in clips.items():
        scene = clip(*pair, arguments.frames)
        rows += rows_of(name, CLIPS, [scene], whose)
        shown[CLIPS] = scene
    names = list(dict.fromkeys(row["video"] for row in rows))
    report(
        arguments.name,
        "People cut out, of whom nothing was trained on.",
        with_means(rows, ("set", "who"), {REPORTING: names}, each=("scene",)),
        packages=("opencv-python-headless",),
        people=list(clips),
        grounds=[path.name for path in grounds],
        scenes=arguments.scenes,
        frames=arguments.frames,
    )
    draw(shown, whose, RESULTS / f"{arguments.name}.png")


if __name__ == "__main__":
    main()
