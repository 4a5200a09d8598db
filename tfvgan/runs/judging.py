"""What is done to a video where nobody said what: by its signs, and a table of thresholds.

The table, choices.json beside this file, is written by `benchmarks/restoration/auto.py --choose`.
"""

import functools
import json
import os
from pathlib import Path
from typing import NamedTuple

from tfvgan.data.signs import Signs, signs_of
from tfvgan.runs.choices import Choice

TABLE = Path(__file__).with_name("choices.json")
SCALES = (1, 2, 4)
SCREEN = 720  # Lines that any screen shows: smaller pictures are enlarged by who plays them.
NAMES = {"h264": "H.264", "hevc": "HEVC", "mpeg1video": "MPEG-1", "mpeg2video": "MPEG-2"}
NAMES |= {"mpeg4": "MPEG-4", "vp8": "VP8", "vp9": "VP9", "av1": "AV1", "libdav1d": "AV1"}
NAMES |= {"mjpeg": "Motion JPEG", "ffv1": "FFV1"}
TIMES = {1: "of its size", 2: "twice as large", 4: "four times as large"}
NOISY, GRAINY, BLOCKY, RINGING = 2.0, 2.0, 0.5, 1.5  # Levels from which on it is worth a word.
COARSE = (4.0, 5.5)  # Powers of two of the quantiser's step, likewise.


class Judgement(NamedTuple):
    """What was seen of a video, and what is to be done.

    Attributes:
        signs: `Signs`.
        scale: int, how many times as large it becomes: 1, 2 or 4.
        choice: `Choice`.
        weave: bool, whether frames are two moments woven and do not say so.
    """

    signs: Signs
    scale: int
    choice: Choice
    weave: bool

    @property
    def verdict(self) -> str:
        """Returns what is to be done, a clause."""
        if self.choice.model is not None:
            return f"takes {self.choice.name}, {TIMES[self.scale]}"
        if self.scale == 1:
            return "no model helps, so frames stay as they are"
        return f"no model helps, so it is enlarged bicubically, {TIMES[self.scale]}"


def judge_video(
    path: str | os.PathLike,
    scale: int | None = None,
    prefer: str = "detail",
    partial: bool = False,
) -> Judgement:
    """Returns the `Judgement` of a file or a folder of images.

    Args:
        path: of it; its first seconds are looked at.
        scale: int, how many times as large it is to become, 1, 2 or 4; None decides: 2 where the
            picture is smaller than a screen and its detail fills its pixels, and else 1.
        prefer: "detail" or "fidelity".
        partial: bool, whether to take what is there of a file that is cut off.

    Raises:
        ValueError: when there is no such scale.
        UnreadableVideo: when there is no video in it.
    """
    check_scale(scale)
    signs = signs_of(path, partial)
    taken = _scale(signs) if scale is None else scale
    # A large picture is soft because its pixels are many: nobody asked to draw it anew.
    choice = decided(signs, taken, prefer, worn=scale is not None or _is_small(signs))
    weave = signs.woven and not signs.flagged
    return Judgement(signs, taken, choice, weave)


def check_scale(scale):
    """Raises ValueError when a scale is none of `SCALES`, nor None."""
    if scale is not None and scale not in SCALES:
        raise ValueError(f"`scale` (--scale) must be 1, 2 or 4, but is {scale!r}.")


def decided(
    signs: Signs,
    scale: int,
    prefer: str = "detail",
    table: dict | None = None,
    worn: bool = True,
) -> Choice:
    """Returns the `Choice` for a video of these signs.

    Args:
        signs: `Signs`.
        scale: int, 1, 2 or 4.
        prefer: "detail" or "fidelity".
        table: of thresholds; None takes the package's.
        worn: bool, whether contours may be drawn anew where no detail is left. For fidelity they
            never are.
    """
    table = table or _table()
    gate = table.get("worn", {}).get(str(scale)) if worn and prefer == "detail" else None
    if gate and _without_detail(signs, gate):
        return Choice(**gate["choice"])
    node = table["trees"][str(scale)][prefer]
    while "sign" in node:
        node = node["below" if getattr(signs, node["sign"]) < node["at"] else "above"]
    return Choice(**node)


def seen(signs: Signs) -> str:
    """Returns what was seen of a video, in words.

    Args:
        signs: `Signs`.
    """
    name = "images" if signs.codec == "images" else NAMES.get(signs.codec, signs.codec)
    words = [f"{name} of {signs.width}x{signs.height}, {signs.bits:.2f} bits a pixel"]
    for limit, word in zip(COARSE[::-1], ("very coarsely coded", "coarsely coded"), strict=True):
        if signs.coarse >= limit:
            words.append(word)
            break
    if signs.noise >= NOISY:
        words.append(f"noise of {signs.noise:.0f} levels")
    elif signs.grain >= GRAINY:
        words.append(f"grain of {signs.grain:.0f} levels")
    told = {"blocks": signs.blocks >= BLOCKY, "ringing": signs.rings >= RINGING}
    told |= {"black and white": signs.grey, "a still": not signs.moves}
    told |= {"interlaced": signs.woven or signs.flagged}
    words += [word for word, is_so in told.items() if is_so]
    return ", ".join([*words, f"{100 * signs.detail:.0f} % of the detail that its pixels can show"])


def _scale(signs):
    """Returns how many times as large a video becomes by itself."""
    return 2 if _is_small(signs) and signs.detail >= _table()["sharp"] else 1


def _without_detail(signs, gate):
    """Returns whether a video has less detail than a gate says, and is neither noisy nor dark."""
    told = signs.noise < gate["noise"] and signs.spread >= gate["spread"]
    return told and signs.detail < gate["detail"]


def _is_small(signs):
    """Returns whether a video has fewer lines than any screen."""
    return min(signs.height, signs.width) < SCREEN


@functools.cache
def _table():
    """Returns the package's table of thresholds."""
    return json.loads(TABLE.read_text(encoding="utf-8"))
