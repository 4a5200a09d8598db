"""All that is seen of a video's first seconds, and told of its file."""

import os
from typing import NamedTuple

import numpy as np

from tfvgan.data.colours import Reformatter, to_rgb
from tfvgan.data.opening import opened
from tfvgan.data.pyav import decoded, probe, raw_frames
from tfvgan.data.signs.blocks import blockiness, ringing
from tfvgan.data.signs.coarse import ASKED, coarseness
from tfvgan.data.signs.detail import WINDOW, detail_share
from tfvgan.data.signs.edges import hard_share
from tfvgan.data.signs.noise import grain_deviation, noise_deviation
from tfvgan.data.signs.woven import woven_share
from tfvgan.video import LUMA

LONGEST = 200  # Frames that are decoded: about eight seconds.
EVERY = 24  # Frames from one pair that is looked at to the next.
LARGEST = 512  # Pixels of a side of the middle of frames that is looked at.
DARK = 3.0  # Deviation in levels of a frame that shows nothing, such as before a film fades in.
GREY = 1.5  # Deviation in levels of colours that are none.
WOVEN = 0.025  # Of `woven_share`, of either sign: above it frames are two moments woven.
LOSSLESS = ("ffv1", "huffyuv", "ffvhuff", "rawvideo", "images", "utvideo", "png", "apng", "gif")


class Signs(NamedTuple):
    """What is seen of a video.

    Attributes:
        codec: str, FFmpeg's name of it; "images" of a folder.
        height, width: int, pixels.
        bits: float, bits a pixel that the file has, its sound included.
        coarse: float, the quantiser's step as a power of two of levels, see `coarseness`; 0 of what
            is lossless; of what does not tell it is estimated from `bits`.
        noise: float, deviation of fine noise in levels.
        grain: float, of coarser noise that changes from frame to frame.
        blocks: float, see `blockiness`.
        rings: float, see `ringing`.
        detail: float, see `detail_share`.
        hard: float, see `hard_share`.
        spread: float, deviation of luma in levels: little of what is dark or flat.
        grey: bool, whether it is black and white.
        woven: bool, whether frames are two moments woven.
        flagged: bool, whether they say so.
        moves: bool, whether anything changes at all.
    """

    codec: str
    height: int
    width: int
    bits: float
    coarse: float
    noise: float
    grain: float
    blocks: float
    rings: float
    detail: float
    hard: float
    spread: float
    grey: bool
    woven: bool
    flagged: bool
    moves: bool


def signs_of(path: str | os.PathLike, partial: bool = False) -> Signs:
    """Returns the `Signs` of a file or a folder of numbered images.

    Args:
        path: of it.
        partial: bool, whether to take what is there of a file that is cut off.

    Raises:
        UnreadableVideo: when there is no video in it.
    """
    info = probe(path, partial)
    pairs, coarse = _looked(info)
    seen = [_seen(*pair) for pair in pairs]
    shown = [each for each in seen if each["spread"] > DARK] or seen
    middle = {name: float(np.median([each[name] for each in shown])) for name in shown[0]}
    bits = 8.0 * _bytes(info.path) / (info.frames * info.height * info.width)
    return Signs(
        codec=info.codec,
        height=info.height,
        width=info.width,
        bits=bits,
        coarse=_coarse(info.codec, coarse, bits),
        noise=middle["noise"],
        grain=middle["grain"],
        blocks=middle["blocks"],
        rings=middle["rings"],
        detail=middle["detail"],
        hard=middle["hard"],
        spread=middle["spread"],
        grey=max(each["colours"] for each in shown) < GREY,
        # The mean of all pairs: some films mix woven frames with whole ones. Of whole ones the
        # signs differ by chance, and of woven ones they are the same.
        woven=abs(float(np.mean([each["woven"] for each in shown]))) > WOVEN,
        flagged=info.interlaced,
        moves=max(each["change"] for each in shown) > 0.05,
    )


def _bytes(path):
    """Returns the bytes of a file, or of the files in a folder."""
    if not os.path.isdir(path):
        return os.path.getsize(path)
    with os.scandir(path) as entries:
        return sum(entry.stat().st_size for entry in entries if entry.is_file())


def _coarse(codec, told, bits):
    """Returns the step as a power of two: as it is told, or about that of H.264 of as many bits."""
    if codec in LOSSLESS:
        return 0.0
    if told:
        # Frames that others are predicted from are finer than those between them.
        return float(np.percentile(told, 25))
    # At .1 bits a pixel about 28, and six more for half of them.
    return float(np.clip(4.0 - np.log2(max(bits, 1e-4) / 0.1), 0.0, 8.0))


def _looked(info):
    """Returns pairs of frames in a row, uint8 `(h, w, 3)`, and what the quantisers' steps are."""
    pairs, steps, before, kept = [], [], None, Reformatter(info.location)
    last = max(info.frames - 2, 0)
    for number, frame in enumerate(_frames(info)):
        step = coarseness(frame)
        if step is not None:
            steps.append(step)
        # The second frame of a pair; the first ones of a file are often of another quality.
        if number % EVERY in (3, 4) or (not pairs and number >= last):
            picture = _middle(to_rgb(frame, kept=kept)[..., :3])
            if before is not None and before[0] == number - 1:
                pairs.append((before[1], picture))
            before = number, picture
        elif not number:
            before = number, _middle(to_rgb(frame, kept=kept)[..., :3])
        if number >= LONGEST:
            break
    if not pairs and before is not None:
        pairs.append((before[1], before[1]))
    return pairs, steps


def _frames(info):
    """Yields PyAV's frames, of a decoder that tells its quantisers."""
    if info.codec == "images":
        yield from raw_frames(info)
        return
    with opened(info.path) as container:
        stream = container.streams.video[info.stream]
        stream.codec_context.options = ASKED
        yield from decoded(info.path, container, stream)


def _middle(picture):
    """Returns the middle of a picture, of even places: where blocks and colours begin."""
    top, left = (max(side - LARGEST, 0) // 2 // 8 * 8 for side in picture.shape[:2])
    return np.ascontiguousarray(picture[top : top + LARGEST, left : left + LARGEST])


def _seen(before, now):
    """Returns what is seen of two frames in a row, numbers by name."""
    lumas = [_luma(picture) for picture in (before, now)]
    luma, colours = lumas[1], _colours(now, lumas[1])
    noise = noise_deviation(now) if min(luma.shape) >= 32 else 0.0
    spread = max(float(plane.std()) for plane in colours)
    return {
        "noise": noise,
        "grain": grain_deviation(before, now) if min(luma.shape) >= 32 else 0.0,
        "blocks": blockiness(luma) if min(luma.shape) >= 32 else 0.0,
        "rings": ringing(luma),
        "detail": detail_share(luma, noise) if min(luma.shape) >= WINDOW else 1.0,
        "hard": hard_share(luma, noise),
        "spread": float(luma.std()),
        "colours": max(spread, *(abs(float(plane.mean())) for plane in colours)),
        "woven": woven_share(*lumas),
        "change": float(np.abs(lumas[1] - lumas[0]).mean()),
    }


def _luma(picture):
    """Returns the luma of a picture, float32 `(h, w)` in [0, 255]."""
    return (picture.astype("float32") @ LUMA)[..., 0]


def _colours(picture, luma):
    """Returns how much bluer and redder than grey a picture is, two of float32 `(h, w)`."""
    blue, red = picture[..., 2].astype("float32"), picture[..., 0].astype("float32")
    return 0.564 * (blue - luma), 0.713 * (red - luma)
