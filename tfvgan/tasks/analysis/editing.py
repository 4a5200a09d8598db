"""What editors read of a film's shots: chapters, as FFmpeg has them, and an edit decision list."""

import os

from tfvgan.data.errors import say_once

MOST_EVENTS = 999  # Of a CMX 3600 list: their numbers have three digits.


def chapters(analysis) -> str:
    """Returns the shots as chapters of an FFmpeg metadata file, a text.

    `ffmpeg -i in.mp4 -i chapters.txt -map_metadata 1 -codec copy out.mp4` puts them into a film.
    Source: https://ffmpeg.org/ffmpeg-formats.html#Metadata-2.

    Args:
        analysis: `Analysis`.
    """
    parts = [";FFMETADATA1"]
    for number, shot in enumerate(analysis.shots, start=1):
        begin, end = (round(1000 * analysis.time(frame)) for frame in shot)
        parts += ["", "[CHAPTER]", "TIMEBASE=1/1000", f"START={begin}", f"END={end}"]
        parts.append(f"title=Shot {number}")
    return "\n".join(parts) + "\n"


def edit_list(analysis) -> str:
    """Returns the shots as an edit decision list in the format CMX 3600, a text.

    Each shot is an event, a cut, whose source and record times are those of the film, counted in
    frames of a constant rate without dropped numbers.

    Args:
        analysis: `Analysis`.
    """
    name = os.path.basename(analysis.video)
    rate = max(1, round(analysis.fps))
    shots = analysis.shots
    if len(shots) > MOST_EVENTS:
        say_once(
            f"cuts.edl holds the first {MOST_EVENTS} of {len(shots)} shots: a CMX 3600 list counts "
            "no further."
        )
    title = "".join(letter if letter.isprintable() else "?" for letter in name)
    lines = [f"TITLE: {title[:70]}", "FCM: NON-DROP FRAME", ""]
    for number, shot in enumerate(shots[:MOST_EVENTS], start=1):
        times = [
            timecode(round(analysis.time(frame) * float(analysis.fps)), rate) for frame in shot
        ]
        lines.append(f"{number:03d}  AX       V     C        {' '.join(times * 2)}")
        lines.append(f"* FROM CLIP NAME: {title}")
    return "\n".join(lines) + "\n"


def timecode(frame: int, rate: int) -> str:
    """Returns a frame's number as hours, minutes, seconds and frames: "00:01:02:03".

    Args:
        frame: int.
        rate: int, frames of a second as they are counted.
    """
    seconds, frames = divmod(frame, rate)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}:{frames:02d}"
