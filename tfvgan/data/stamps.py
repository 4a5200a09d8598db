"""Time stamps of frames: their steps, their jumps, damaged ones, and how times are written."""

import numpy as np

LONGEST_FRAME = 60.0  # Seconds that neighbours are apart without a doubt.
LONGEST_STAND = 6 * 3600.0  # Seconds that a picture may stand: most files can't say more.
BACK = 1  # Second: what goes back by more begins anew; by less, it is a damaged stamp.


def jumps(step):
    """Returns whether two stamps, so many seconds apart, may be of what was put together."""
    return not -BACK < step <= LONGEST_FRAME


def is_stray(before, stamp, behind, back=BACK):
    """Returns whether a stamp is damaged: those before and behind it go on as if it were not there.

    Args:
        before, stamp, behind: seconds.
        back: how far it is to lie before both, if it does; more where frames come in another order.
    """
    apart = stamp - before, stamp - behind
    away = min(apart) > LONGEST_FRAME or max(apart) <= -back
    return away and not jumps(behind - before)


def with_next(items):
    """Yields `(item, next item)` for each; None behind the last."""
    items = iter(items)
    item = next(items, None)
    while item is not None:
        behind = next(items, None)
        yield item, behind
        item = behind


def rate_of(times, nominal):
    """Returns frames a second, and whether some frame lies half a frame or more off that grid.

    Args:
        times: list of seconds in any order, None where unknown.
        nominal: float, frames a second that the file says.
    """
    if len(times) < 2 or None in times:
        return nominal, False
    times = np.sort(_without_strays(times))
    steps = np.diff(times)
    if steps.max() > LONGEST_STAND or times[-1] - times[0] < len(steps) / 1000:
        return nominal, False
    fps = float(len(steps) / (times[-1] - times[0]))
    fps = nominal if abs(fps / nominal - 1) < 1e-3 else fps  # Time stamps are rounded.
    grid = times[0] + np.arange(len(times)) / fps
    return fps, bool(np.abs(times - grid).max() > 0.5 / fps)


def clock(seconds: float) -> str:
    """Returns seconds as hours, minutes and seconds: "1:02:03.5", "0:07.0"; below 0 as 0."""
    minutes, tenths = divmod(round(max(seconds, 0) * 10), 600)
    hours, minutes = divmod(minutes, 60)
    rest = f"{tenths // 10:02d}.{tenths % 10}"
    return f"{hours}:{minutes:02d}:{rest}" if hours else f"{minutes}:{rest}"


def _without_strays(times):
    """Returns the times, damaged ones put in the middle between their neighbours."""
    times = list(times)
    for at in range(1, len(times) - 1):
        before, stamp, behind = times[at - 1 : at + 2]
        if is_stray(before, stamp, behind, LONGEST_FRAME):
            times[at] = (before + behind) / 2
    return times
