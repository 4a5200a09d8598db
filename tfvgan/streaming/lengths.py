"""Durations of frames: each is shown until the next one, the last until the film's end."""

from collections import deque

from tfvgan.data.stamps import LONGEST_STAND
from tfvgan.streaming.timeline import SAME


def with_lengths(packets, end=None):
    """Yields packets of a video with their durations; few are held back to know them.

    Args:
        packets: iterable of packets in order of decoding, with time stamps of one time base.
        end: seconds at which the last frame goes; None where nobody knows: it keeps its duration.
    """
    waiting, shown = deque(), []
    for packet in packets:
        waiting.append(packet)
        shown.append(packet.pts)
        while (behind := _next(shown, waiting[0])) is not None and behind <= packet.dts:
            yield _lasting(waiting.popleft(), behind)
            if not waiting:
                break
            shown = [stamp for stamp in shown if stamp > waiting[0].dts]
    for packet in waiting:
        behind = _next(shown, packet)
        yield _lasting(packet, _stamp(end, packet) if behind is None else behind)


def is_steady(packets, fps):
    """Returns whether packets of a video are shown at a constant rate from 0, but for rounding.

    Args:
        packets: iterable of packets in order of decoding.
        fps: Fraction, frames a second.
    """
    shown = sorted(packet.pts * packet.time_base for packet in packets)
    return all(abs(time - n / fps) < SAME for n, time in enumerate(shown))


def _next(shown, packet):
    """Returns the first of the stamps behind the packet's, or None."""
    return min((stamp for stamp in shown if stamp > packet.pts), default=None)


def _stamp(end, packet):
    """Returns the stamp of the film's end; None where a frame can't stay until then."""
    if end is None or end - packet.pts * packet.time_base > LONGEST_STAND:
        return None
    return round(end / packet.time_base)


def _lasting(packet, behind):
    """Returns the packet with the duration until a stamp, if that is later than its own."""
    if behind is not None and behind > packet.pts:
        packet.duration = behind - packet.pts
    return packet
