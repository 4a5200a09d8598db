"""A video made better as its first seconds ask for, where nobody said how."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from tfvgan import streaming
from tfvgan.data.degrade.recipes import STRONGEST
from tfvgan.data.errors import say_once
from tfvgan.engine.precision import has_bfloat16
from tfvgan.runs.choices import Choice, chosen_stepper
from tfvgan.runs.judging import TIMES, check_scale, judge_video, seen
from tfvgan.runs.shipped import check_preference
from tfvgan.streaming.outputs import check_out
from tfvgan.tasks import Restorer
from tfvgan.tasks.restoration.halved import Halved
from tfvgan.whole import write_whole

OTHERWISE = "--task and --scale choose otherwise"
COPIED = "no model helps, so it is copied as it is"
DEINTERLACED = "no model helps, so it is deinterlaced and no more"
AUTO = "auto"  # The task that this is.
PIPED = 2  # Scale of what can't be looked at, where none was asked for.
EVERYDAY = {1: "deblock", 2: "deblock_x2", 4: "x4"}  # What is taken of it: most went through one.


def automatic(
    video: str | os.PathLike,
    out: str | os.PathLike,
    *,
    scale: int | None = None,
    prefer: str = "detail",
    strength: float | None = None,
    level: float | None = None,
    partial: bool = False,
    encoded: bool = False,
    fast: bool = False,
) -> Callable[..., str]:
    """Returns a function that writes `out`, of further arguments of `tfvgan.streaming.process`.

    The function says in a line what was seen and is taken, through the logger "tfvgan".

    Args:
        video, out: as of `process`.
        scale, prefer, partial: as of `tfvgan.runs.judging.judge_video`.
        strength: float in [0, 1], instead of the one that is chosen; None for that.
        level: float in [0, 1], the strength of the noise, instead of the one that is measured.
        encoded: bool, whether the encoder or its quality were asked for; else a video of which
            nothing is to be changed is copied as it is.
        fast: bool, whether networks compute as `faster` says.

    Raises:
        ValueError: when there is no such scale or preference; as `judge_video` does.
    """
    check_scale(scale)
    check_preference(prefer)
    if os.fspath(video) == streaming.PIPE:
        return _piped(video, out, scale or PIPED, prefer, strength, fast)
    found = judge_video(video, scale, prefer, partial)
    choice = found.choice
    if strength is not None and choice.model is not None:
        choice = choice._replace(strength=strength)
    stays = found.choice.model is None and found.scale == 1

    def write(**how):
        how = {**how, "partial": partial}
        asked = how.get("deinterlace", AUTO)
        decides = asked == AUTO and (found.weave or found.signs.flagged)
        deinterlaces = asked == "yes" or decides
        copies = stays and not (deinterlaces or encoded or partial) and _is_alike(video, out)
        verdict = COPIED if copies else DEINTERLACED if stays and deinterlaces else found.verdict
        say_once(f"{os.fspath(video)}: {seen(found.signs)}; {verdict} ({OTHERWISE}).")
        if copies:
            return _copied(video, out, how.get("overwrite", False) or how.get("resume", False))
        if found.weave and asked == AUTO:
            how["deinterlace"] = "yes"
        noise = found.signs.noise if level is None else level * STRONGEST
        stepper = chosen_stepper(choice, found.scale, noise)
        return streaming.process(faster(stepper) if fast else stepper, video, out, **how)

    return write


def faster(stepper):
    """Returns what does the same in less time, with some levels off by one, where there is such.

    Where there is none, a line says so.
    """
    if not isinstance(stepper, Restorer | Halved):
        tell_of_fast("what restores here is no network of tfvgan")
        return stepper
    tell_of_fast()
    return stepper.fast()


def tell_of_fast(why=None):
    """Says in a line that `fast` changes nothing, where it does not.

    Args:
        why: text, why it does not on any machine; None where it depends on the CPU.
    """
    if why is None and not has_bfloat16():
        why = "the CPU does not compute in bfloat16"
    if why is not None:
        say_once(f"`fast` (--fast) changes nothing here: {why}.")


def _is_alike(video, out):
    """Returns whether a video is a file of the same format as `out` asks for."""
    names = [Path(os.fspath(each)).suffix.lower() for each in (video, out)]
    return os.path.isfile(video) and names[0] == names[1]


def _copied(video, out, replaces):
    """Returns `out`, where the file now is."""
    check_out(out, (video,), replaces, False)
    return write_whole(out, lambda path: shutil.copyfile(video, path))


def _piped(video, out, scale, prefer, strength, fast):
    """Returns the function for what comes through a pipe, which is read but once."""
    model = EVERYDAY[scale] + ("_detail" if prefer == "detail" else "")
    say_once(
        f"What comes through a pipe can't be looked at first: takes {model}, {TIMES[scale]} "
        f"({OTHERWISE})."
    )
    choice = Choice(model, strength=1.0 if strength is None else strength)
    stepper = chosen_stepper(choice, scale)
    stepper = faster(stepper) if fast else stepper
    return lambda **how: streaming.process(stepper, video, out, **how)
