"""People cut out of videos by a teacher: what segmenters of people are trained and measured on.

    python benchmarks/sets/people.py VIDEOS OUT --teacher selfie_segmentation.tflite

writes of each video in which the teacher sees people the longest part in which it is sure of them,
without loss, into four folders of OUT:

- videos: the frames;
- alphas: how much of each pixel is of somebody, white for all of it;
- masks: white where that is more than half, black where not;
- grounds: the frames without them, for want of a better ground filled with what is around.

`tfvgan train --network segmenter` takes OUT as --cutouts, to put over videos of its grounds or
others; or the first folder as videos, with their --masks.

The teacher is MediaPipe's selfie segmentation (Apache-2.0), which lies in the wheel of mediapipe
0.10.21 and runs in ai_edge_litert alone:

    pip download --no-deps --only-binary :all: --python-version 3.11 mediapipe==0.10.21
    unzip -j mediapipe-*.whl 'mediapipe/modules/selfie_segmentation/*.tflite'

It sees each frame four times: whole, and what is around the people alone, both also mirrored. Where
these differ it is not sure. Its mean follows the edges of the picture by a guided filter (He et al.
2010, https://doi.org/10.1007/978-3-642-15549-9_1).
"""

import argparse
import itertools
import sys
from fractions import Fraction
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import numpy as np

from benchmarks.sets.squares import write_exactly
from tfvgan.data import list_videos, probe
from tfvgan.data.decode import read_frames

FOLDERS = ("videos", "alphas", "masks", "grounds")
SIDE = 288  # The shorter side of what is written, at most.
LONGEST, SHORTEST = 120, 24  # Frames that are looked at of a video, and of a part that is written.
AGREE = 0.85  # Intersection over union of each view with the mean of them, in sure frames.
BLURRED = 0.15  # Undecided pixels, neither below a fifth nor above four, of those of people.
THERE = 0.03, 0.85  # Shares of the frame that people take up in sure frames, least and most.
AROUND = 0.2  # Of the sides of the box that people are in, what is seen around it.
REACH, LEVELS = 1 / 48, 12.0  # The filter's reach, of the shorter side, and what it calls an edge.
THICK = 1 / 14  # Of the shorter side: what of people is thinner is near what is not.
CLEAR = 0.1, 0.9  # Shares that become none and all.


class Teacher:
    """MediaPipe's selfie segmentation, or a model of its kind.

    Args:
        path: of the .tflite file, whose input is float32 `(1, h, w, 3)` in [0, 1] and whose output
            is how likely each of these pixels is of a person, `(1, h, w, 1)`.
    """

    def __init__(self, path):
        from ai_edge_litert.interpreter import Interpreter

        self.network = Interpreter(str(path), num_threads=1)
        self.network.allocate_tensors()
        self.input, self.output = (
            details()[0]
            for details in (self.network.get_input_details, self.network.get_output_details)
        )

    def __call__(self, frame):
        """Returns how likely each pixel of a frame is of a person, float32 `(h, w)` in [0, 1].

        Args:
            frame: uint8 `(h, w, 3)`.
        """
        import cv2

        height, width = self.input["shape"][1:3]
        seen = cv2.resize(frame, (int(width), int(height)), interpolation=cv2.INTER_AREA)
        self.network.set_tensor(self.input["index"], seen[None].astype("float32") / 255)
        self.network.invoke()
        found = self.network.get_tensor(self.output["index"])[0, ..., 0]
        return np.clip(cv2.resize(found, frame.shape[1::-1]), 0, 1)


def looked_at(teacher, frame):
    """Returns how likely each pixel is of a person, float32 `(h, w)`, and whether that is sure."""
    whole = _both_ways(teacher, frame)
    box = _around(np.mean(whole, axis=0))
    views = list(whole)
    for found, first in zip(_both_ways(teacher, frame[box]), whole):
        nearer = first.copy()
        nearer[box] = found
        views.append(nearer)
    mean = np.mean(views, axis=0)
    people = mean > 0.5
    share = people.mean()
    if not THERE[0] <= share <= THERE[1]:
        return mean, False
    blurred = ((mean > 0.2) & (mean < 0.8)).mean() / share
    agree = min((people & (view > 0.5)).sum() / (people | (view > 0.5)).sum() for view in views)
    return mean, bool(agree >= AGREE and blurred <= BLURRED)


def refined(frame, share):
    """Returns a share that follows the edges of a frame, float32 `(h, w)` in [0, 1].

    What the filter says of the colours around a place is found at half of the size.
    """
    import cv2

    height, width = share.shape
    half = (-(-width // 2), -(-height // 2))
    reach = max(1, round(min(half) * REACH))

    def mean(values):
        return cv2.boxFilter(values, -1, (2 * reach + 1,) * 2, borderType=cv2.BORDER_REFLECT)

    whole = frame.astype("float32")
    guide = cv2.resize(whole, half, interpolation=cv2.INTER_AREA)
    level = cv2.resize(share.astype("float32"), half, interpolation=cv2.INTER_AREA)
    pairs = np.stack([mean(guide * guide[..., [n]]) for n in range(3)], axis=-1)
    along = mean(guide * level[..., None])
    colour, level = mean(guide), mean(level)
    spread = pairs - colour[..., None] * colour[..., None, :] + np.eye(3) * LEVELS**2
    along -= colour * level[..., None]
    slope = np.linalg.solve(spread, along[..., None])[..., 0].astype("float32")
    offset = level - (slope * colour).sum(-1)
    slope, offset = (cv2.resize(mean(each), (width, height)) for each in (slope, offset))
    found = (slope * whole).sum(-1) + offset
    return np.clip((found - CLEAR[0]) / (CLEAR[1] - CLEAR[0]), 0, 1) * _near_bodies(share)


def cut_out(teacher, frames):
    """Returns the longest part in which the teacher is sure: frames, uint8 `(t, h, w, 3)`, and how
    much of each pixel is of people, uint8 `(t, h, w)`; None where it is shorter than `SHORTEST`.

    Of three frames in a row the middle one has the median of what is seen, which keeps its edges
    where they are and has no flicker.

    Args:
        teacher: `Teacher`.
        frames: iterator over uint8 `(h, w, 3)`.
    """
    best, part = [], []
    for frame in frames:
        share, sure = looked_at(teacher, frame)
        part = [*part, (frame, share)] if sure else []
        best = part if len(part) > len(best) else best
    if len(best) < SHORTEST:
        return None
    video, shares = (np.stack(each) for each in zip(*best))
    padded = np.concatenate([shares[:1], shares, shares[-1:]])
    steady = np.median([padded[:-2], shares, padded[2:]], axis=0)
    alphas = [np.rint(255 * refined(*each)).astype("uint8") for each in zip(video, steady)]
    return video, np.stack(alphas)


def written(video, alphas):
    """Returns what is written of a cut-out, frames by folder, uint8 `(t, h, w, 3)`."""
    levels = np.repeat(alphas[..., None], 3, axis=-1)
    masks = np.where(levels > 127, 255, 0).astype("uint8")
    grounds = np.stack(list(map(emptied, video, alphas)))
    return dict(zip(FOLDERS, (video, levels, masks, grounds), strict=True))


def emptied(frame, alpha):
    """Returns a frame with smooth colours in place of people, those that are around them.

    Colours come from means over ever larger squares of what is left. `tfvgan.data.fill.fill` mends
    videos by what other frames show; these pictures were made by this function, which stays as it
    was.

    Args:
        frame: uint8 `(h, w, 3)`.
        alpha: uint8 `(h, w)`; what is near to people goes, too.
    """
    import cv2

    near = np.ones((2 * round(min(alpha.shape) * REACH) + 1,) * 2, "uint8")
    weight = 1 - np.float32(cv2.dilate(alpha, near)[..., None] > 0)
    levels = [np.concatenate([frame * weight, weight], axis=-1)]
    while min(levels[-1].shape[:2]) > 1:
        half = tuple(max(1, side // 2) for side in levels[-1].shape[1::-1])
        levels.append(cv2.resize(levels[-1], half, interpolation=cv2.INTER_AREA))
    found = levels[-1].mean((0, 1), keepdims=True)
    found = found[..., :3] / np.maximum(found[..., 3:], 1e-6)
    for level in reversed(levels):
        found = cv2.resize(found, level.shape[1::-1]).reshape(*level.shape[:2], 3)
        found = level[..., :3] + (1 - level[..., 3:]) * found
    return np.rint(np.clip(found, 0, 255)).astype("uint8")


def _both_ways(teacher, frame):
    return teacher(frame), teacher(np.ascontiguousarray(frame[:, ::-1]))[:, ::-1]


def _near_bodies(share):
    """Returns where what is thick enough for a body is near, bool: nobody is a thin streak."""
    import cv2

    thick = 2 * round(min(share.shape) * THICK / 2) + 1
    round_ = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (thick, thick))
    bodies = cv2.morphologyEx((share > 0.5).astype("uint8"), cv2.MORPH_OPEN, round_)
    return cv2.dilate(bodies, round_, iterations=1) > 0


def _around(share):
    """Returns the part of a picture that people are in, and some more around it, as slices."""
    slices = []
    for axis, side in ((1, share.shape[0]), (0, share.shape[1])):
        places = np.flatnonzero((share > 0.5).any(axis))
        if not len(places):
            return slice(None), slice(None)
        more = AROUND * (places[-1] - places[0] + 1)
        slices.append(slice(max(0, int(places[0] - more)), min(side, int(places[-1] + more) + 1)))
    return tuple(slices)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("videos", help="a folder of videos, of which some show people")
    parser.add_argument("out", help="a folder for four folders: " + ", ".join(FOLDERS))
    parser.add_argument("--teacher", required=True, help="selfie_segmentation.tflite of MediaPipe")
    parser.add_argument(
        "--leave", nargs="*", default=(), help="names of videos to leave out, without endings"
    )
    arguments = parser.parse_args()
    teacher, out = Teacher(arguments.teacher), Path(arguments.out)
    for folder in FOLDERS:
        (out / folder).mkdir(parents=True, exist_ok=True)
    for file in list_videos(arguments.videos):
        name, info = Path(file.path).stem, probe(file.path)
        if name in arguments.leave:
            continue
        size = SIDE if min(info.height, info.width) > SIDE else None
        chunks = read_frames(file.path, size=size, crop="none", decoder="pyav")
        frames = itertools.chain.from_iterable(chunks)
        made = cut_out(teacher, itertools.islice(frames, LONGEST))
        if made is None:
            print(f"{name}: nobody, or not surely", flush=True)
            continue
        video, alphas = made
        rate = Fraction(info.fps).limit_denominator(1001)
        for folder, pictures in written(video, alphas).items():
            write_exactly(out / folder / f"{name}.mkv", pictures, rate)
        print(f"{name}: {len(video)} frames, {np.mean(alphas) / 2.55:.0f} % people", flush=True)


if __name__ == "__main__":
    main()
