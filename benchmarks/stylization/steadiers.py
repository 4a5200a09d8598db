"""What `tfvgan steady` is compared with; each maps a video and what was made of it to the like.

Both are uint8 `(t, h, w, 3)`. Of the first one only motion is read, or nothing.
"""

import numpy as np

from benchmarks.restoration.rivals import through_ffmpeg
from tfvgan.layers import warp
from tfvgan.metrics.flow import optical_flow, visible

SHARE = 0.7  # Of what was before, in the mean along the flow.
RADIUS = 1  # Frames before and after, in the median.


def as_it_is(original, processed):
    """Returns what was given."""
    return processed


def along_flow(original, processed, share=SHARE):
    """Returns each frame mixed with what was made of the one before, moved as the original moves.

    Where that one hides what lies there, the frame stays as it is. The flow is Farnebäck's.
    """
    frames = original.astype("float32")
    before = processed[0].astype("float32")
    made = [before]
    for number in range(1, len(frames)):
        pair = frames[number : number + 1], frames[number - 1 : number]
        back, forth = optical_flow(*pair), optical_flow(*pair[::-1])
        seen = share * visible(back, forth).numpy()[0][..., None].astype("float32")
        moved = warp(before[None], back).numpy()[0]
        before = processed[number] + seen * (moved - processed[number])
        made.append(before)
    return np.rint(made).astype("uint8")


def deflickered(original, processed):
    """Returns the video with even brightness, by FFmpeg's filter `deflicker` as it comes."""
    return through_ffmpeg(processed, "deflicker")


def in_the_middle(original, processed):
    """Returns the median of each pixel over three frames, by FFmpeg's filter `tmedian`."""
    # It makes only those frames that have enough of others before and after them.
    longer = np.pad(processed, [(RADIUS, RADIUS), (0, 0), (0, 0), (0, 0)], "edge")
    return through_ffmpeg(longer, f"tmedian=radius={RADIUS}", "gbrp")


STEADIERS = {
    "input": as_it_is,
    "flow-EMA": along_flow,
    "ffmpeg deflicker": deflickered,
    "ffmpeg tmedian": in_the_middle,
}
