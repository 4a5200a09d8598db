"""Times of the frames of a group: a constant rate takes two or three bytes, and none is rounded."""

import itertools

from tfvgan.coding.varints import LARGEST_SIGNED, Cursor, signed_varint, varint

MOST_FRAMES = 4096  # in a group
TWO_STEPS, RUNS = b"\0", b"\1"  # how times are written whose steps are not all equal


def pack_times(times):
    """Returns the times as bytes.

    Steps between frames are one number if they are all equal; else two numbers and a bit a step
    where there are two, as where a constant rate is rounded; else numbers and how often they come.

    Args:
        times: 1 to 4096 int that grow, in ticks, within 2**61 of 0.

    Raises:
        ValueError: when they are others.
    """
    times = [int(time) for time in times]
    steps = [after - before for before, after in zip(times, times[1:])]
    if not 1 <= len(times) <= MOST_FRAMES or min(steps, default=1) < 1:
        raise ValueError(
            f"A group should be of 1 to {MOST_FRAMES} frames whose times grow, but these "
            f"{len(times)} are not: cut the video into groups, and give each frame a later time."
        )
    signed_varint(times[-1])  # raises when it is too far away
    constant = len(set(steps)) < 2
    begin = varint(2 * len(times) + constant) + signed_varint(times[0])
    if constant:
        return begin + b"".join(map(varint, steps[:1]))
    ways = [RUNS + _coded_runs(steps)]
    if len(set(steps)) == 2:
        ways.append(TWO_STEPS + _two_steps(steps))
    return begin + min(ways, key=len)


def read_times(data):
    """Returns what `pack_times` wrote, a tuple of int, and the bytes that follow it.

    Args:
        data: bytes that begin with times.

    Raises:
        ValueError: when no times are there.
    """
    cursor = Cursor(data)
    count, constant = divmod(cursor.varint(), 2)
    if not 1 <= count <= MOST_FRAMES:
        raise ValueError(f"A group should be of 1 to {MOST_FRAMES} frames, but {count} are said.")
    first = cursor.signed()
    if constant:
        steps = [cursor.varint()] * (count - 1) if count > 1 else []
    else:
        read = _read_two_steps if cursor.take(1) == TWO_STEPS else _read_runs
        steps = read(cursor, count - 1)
    times = tuple(itertools.accumulate(steps, initial=first))
    if min(steps, default=1) < 1 or max(-first, times[-1]) > LARGEST_SIGNED:
        raise ValueError("Times should grow, and within 2**61 ticks, but do not: they are none.")
    return times, cursor.rest()


def _two_steps(steps):
    """Returns bytes of steps of which there are two: both, and a bit a step, 1 for the longer."""
    short, long = min(steps), max(steps)
    bits = sum(1 << place for place, step in enumerate(steps) if step == long)
    return varint(short) + varint(long - short) + bits.to_bytes((len(steps) + 7) // 8, "little")


def _read_two_steps(cursor, count):
    """Returns what `_two_steps` wrote."""
    short, longer = cursor.varint(), cursor.varint()
    bits = int.from_bytes(cursor.take((count + 7) // 8), "little")
    return [short + longer * (bits >> place & 1) for place in range(count)]


def _coded_runs(steps):
    """Returns bytes of steps: each and how often it comes, one after the other."""
    runs = [(step, len(list(run))) for step, run in itertools.groupby(steps)]
    return b"".join(varint(number) for run in runs for number in run)


def _read_runs(cursor, count):
    """Returns what `_coded_runs` wrote."""
    steps = []
    while len(steps) < count:
        step, length = cursor.varint(), cursor.varint()
        if not 1 <= length <= count - len(steps):
            raise ValueError(f"{count} steps should follow, but more do: these are no times.")
        steps += [step] * length
    return steps
