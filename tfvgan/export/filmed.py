"""Inputs of an endpoint that are made of real clips, frame by frame, with the states so far."""

from collections.abc import Sequence

import numpy as np
import tensorflow as tf

from tfvgan.engine import Endpoint

EVERY = 3  # Frames from one frame of a window of four to the next.
SWING = 0.08  # By how much light flickers in what stands for a tool's video.
NEAR = ("before", "frame", "after")
PAIR = ("original_before", "original", "processed_before", "processed")


def filmed(endpoint: Endpoint, clips: Sequence[np.ndarray]) -> list[list[dict[str, np.ndarray]]]:
    """Returns a list of inputs for each clip, in order, as an edge device would give them.

    The state of a step is what the step before has returned. What is read beside frames, such as
    a strength, is as in the endpoint's own examples. What a tool made of a clip is the clip, whose
    light flickers.

    Args:
        endpoint: with an `edge` that reads frames, or windows of four.
        clips: uint8 `(t, h, w, 3)` each, of any size and of four frames or more.

    Raises:
        ValueError: when it reads neither, as generators do: their own examples are as good.
    """
    (own,) = endpoint.edge.examples(1, 0)
    if "windows" in own:
        side = own["windows"].shape[-2]
        shown = [_sized(clip[:: min(EVERY, len(clip) // 4)], (side, side)) for clip in clips]
        return [
            [{"windows": clip[None, at : at + 4]} for at in range(0, len(clip) - 3, 4)]
            for clip in shown
        ]
    if "state" not in own or not own.keys() & {"frame", "original"}:
        raise ValueError(
            "`clips` are for endpoints that read frames or windows, but this one reads "
            f"{', '.join(sorted(own))}: leave them out."
        )
    step = tf.function(endpoint.edge.function)
    return [_run(step, own, clip) for clip in clips]


def _run(step, own, clip):
    """Returns the inputs of each step over one clip."""
    size = own["frame" if "frame" in own else "original"].shape[1:3]
    clip, made = _sized(clip, size), []
    state = np.zeros_like(own["state"])
    for number in range(len(clip)):
        given = {**own, **_frames(clip, number, own), "state": state}
        made.append(given)
        outputs = step(*(tf.constant(given[name]) for name in own))
        state = outputs["state"].numpy()
    return made


def _frames(clip, number, names):
    """Returns the frames that are read at a number, of batch 1, by name."""
    before, after = max(number - 1, 0), min(number + 1, len(clip) - 1)
    at = dict(zip(NEAR, (before, number, after))) | dict(zip(PAIR, (before, number) * 2))
    read = {name: place for name, place in at.items() if name in names}
    return {
        name: _flickering(clip[place], place)[None]
        if name.startswith("processed")
        else clip[place][None]
        for name, place in read.items()
    }


def _flickering(frame, number):
    """Returns a frame that is lighter, or darker at the next number."""
    light = 1 + SWING * (-1) ** number
    return np.clip(np.rint(frame * light), 0, 255).astype("uint8")


def _sized(clip, size):
    """Returns a clip whose frames have this height and width, uint8."""
    if clip.shape[1:3] == tuple(size):
        return clip
    small = tf.image.resize(clip, size, "area" if min(clip.shape[1:3]) > min(size) else "bicubic")
    return np.clip(np.rint(small.numpy()), 0, 255).astype("uint8")
