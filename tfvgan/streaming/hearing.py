"""Time stamps of a film's sound: where it begins, and whether it stops at a jump of stamps."""

import functools

import numpy as np

from tfvgan.data.opening import opened
from tfvgan.data.stamps import jumps
from tfvgan.data.streams import packets


class SoundStamps:
    """The time stamps of a file's sound, read when they are asked for first.

    Args:
        path: of the file.
    """

    def __init__(self, path):
        self.path = path

    @property
    def begin(self):
        """Returns the stamp at which sound begins, a Fraction; None without sound."""
        with opened(self.path) as container:
            streams = [each for each in container.streams.audio if each.start_time is not None]
            return min((each.start_time * each.time_base for each in streams), default=None)

    def jump(self, begin, end):
        """Returns whether sound stops in the middle of a stretch, and plays before and behind it.

        Args:
            begin, end: seconds.
        """
        middle, gaps = float(begin + end) / 2, []
        for stamps in self._stamps:
            at = int(np.searchsorted(stamps, middle))
            if 0 < at < len(stamps):
                gaps.append(jumps(stamps[at] - stamps[at - 1]))
        return bool(gaps) and all(gaps)

    @functools.cached_property
    def _stamps(self):
        """The stamps of each stream, in seconds, sorted."""
        with opened(self.path) as container:
            by_stream = {stream.index: [] for stream in container.streams.audio}
            for packet in packets(container, *container.streams.audio) if by_stream else ():
                if packet.size and packet.pts is not None:
                    by_stream[packet.stream.index].append(float(packet.pts * packet.time_base))
        return [np.sort(stamps) for stamps in by_stream.values()]
