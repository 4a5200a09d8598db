"""Moving things cut out: `segment_motion` beside OpenCV's subtractors, homographies and flow.

Over frames of each video in a folder things are put that move, with exact masks, 192x192: scenes
of a camera that stands, and of one that moves. All run from a scene's first frame on, and are
measured from the tenth on: subtractors have learnt by then what stands there. Scenes are of the
kinds that the network learns from, over videos that it does not; rivals learn from no example.

A row for each scene, and means of the half that reports and of the half that chooses: IoU, the
boundary's F, mask changes beyond the true ones, and the milliseconds of one processor that a frame
takes. Each rival is measured as it comes and behind a median filter of 5x5, and keeps what has the
better IoU on the half that chooses. The same network, trained without the game, stands beside ours
where `--without` names it; and so does what ours loses where its weights have 8 bits.

    python benchmarks/segmentation/moving.py VIDEOS [--without RUN]
    python benchmarks/segmentation/moving.py VIDEOS --part choosing --name trial --model RUN \\
        --beside RUN RUN --alone

A script that was stopped goes on with the next video.
"""

import argparse
import json
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import cv2
import numpy as np
import tensorflow as tf

from benchmarks.begun import Begun
from benchmarks.report import cpu, report
from benchmarks.segmentation.measures import measured
from benchmarks.segmentation.movers import median, movers
from benchmarks.segmentation.ours import WARM, networks, segmenters
from benchmarks.segmentation.scenes import CAMERAS, FRAMES, scenes
from benchmarks.sets.parts import CHOOSING, add_videos, videos_of, with_means

OURS = "segment_motion"
SMOOTHED = ", median 5x5"  # Behind the name of a rival whose masks are filtered.
FIRST = 9  # The tenth frame.
EACH = 4  # Scenes of a video and a camera.


def rows_of(path, count, frames, rivals, ours):
    """Returns the rows of a video.

    Args:
        path: of the video.
        count: scenes of each camera.
        frames: of each scene.
        rivals: dict of functions from a video to masks; each has a row more, behind the median.
        ours: likewise, of networks, which have none.
    """
    rows = []

    def add(key, who, masks, true, spent):
        row = {"video": path.name, **key, "who": who}
        row |= measured(masks[FIRST:], true[FIRST:]) | {"CPU ms": 1000 * spent / frames}
        rows.append(row)
        print(json.dumps(row), flush=True)

    for camera in CAMERAS:
        for number, (video, true) in enumerate(scenes(path, camera, count, frames)):
            key = {"camera": camera, "scene": number}
            for who, find in (rivals | ours).items():
                find(video[:WARM])
                begin = cpu()
                masks = find(video)
                spent = cpu() - begin
                add(key, who, masks, true, spent)
                if who in rivals:
                    begin = cpu()
                    masks = median(masks)
                    add(key, who + SMOOTHED, masks, true, spent + cpu() - begin)
    return rows


def the_better(rows, choosing):
    """Returns the rows, of each rival with those alone that are better, with or without the median.

    Better is a higher mean IoU on the videos that choose; without these, both stay.

    Args:
        rows: list of dicts.
        choosing: names of videos.
    """
    scores = {}
    for row in rows:
        if row["video"] in choosing:
            scores.setdefault(row["who"], []).append(row["IoU"])
    means = {who: np.mean(values) for who, values in scores.items()}
    worse = set()
    for who in means:
        if who + SMOOTHED in means:
            worse.add(min(who, who + SMOOTHED, key=means.get))
    return [row for row in rows if row["who"] not in worse]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add_videos(parser)
    parser.add_argument(
        "--model", default=f"saved_models/{OURS}", help="the published folder, or a run"
    )
    parser.add_argument("--without", help="the same, trained without the game")
    parser.add_argument("--beside", nargs="+", default=(), help="further ones, by their names")
    parser.add_argument("--alone", action="store_true", help="networks alone, without rivals")
    parser.add_argument("--scenes", type=int, default=EACH, help="of each video and camera")
    parser.add_argument("--frames", type=int, default=FRAMES, help="of each scene")
    parser.add_argument("--name", default=OURS, help="name of the file in results/")
    arguments = parser.parse_args()
    if arguments.frames < FIRST + 2:
        parser.error(f"--frames must be {FIRST + 2} or more: those from the tenth on are measured")
    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    cv2.setNumThreads(1)
    videos, parts = videos_of(arguments)
    found = networks(OURS, arguments.model, arguments.without, arguments.beside)
    rivals = {} if arguments.alone else movers()
    ours = segmenters(OURS, found)
    if not rivals | ours:
        parser.error("there is no network to measure: name one by --model")
    size = arguments.scenes, arguments.frames
    begun = Begun(arguments.name, size=size, rivals=sorted(rivals), networks=found)
    rows = list(begun.of(videos, lambda path: rows_of(path, *size, rivals, ours)))
    report(
        arguments.name,
        "Moving things cut out, in scenes over videos that nothing was trained on.",
        with_means(
            the_better(rows, parts.get(CHOOSING, ())), ("camera", "who"), parts, each=("scene",)
        ),
        packages=("opencv-python-headless", "opencv-contrib-python-headless"),
        clips=[path.name for path in videos],
        parts=parts,
        scenes=arguments.scenes,
        frames=arguments.frames,
        first=FIRST,
    )
    begun.end()


if __name__ == "__main__":
    main()
