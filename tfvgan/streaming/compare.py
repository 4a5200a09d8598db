"""Before and after, side by side: a video of both, and a picture of one moment and its details."""

import os
from pathlib import Path

import numpy as np

from tfvgan.data.colours import DEEP, YUV420
from tfvgan.streaming.sink import EncodedFile
from tfvgan.streaming.source import Source
from tfvgan.whole import named_after, write_whole

WIDEST = 1920  # Pixels: of a comparison's video, which is made smaller where it would be wider.
DETAIL = 4  # The share of height and width that the picture's details show is 1 / this.
LEAST = 320  # Pixels that a frame in a picture is wide at least,
CAPTION = 24  # and that a line of text in it is high.
GAP = 4  # Pixels between what is before and after.
GREY = 128  # Level of what lies behind transparent frames.


def compare(
    before: str | os.PathLike,
    after: str | os.PathLike,
    names: tuple[str | os.PathLike, str | os.PathLike],
    deinterlace: str = "auto",
    fps: float | None = None,
    partial: bool = False,
) -> list[str]:
    """Returns the paths of two new files: a video of both, side by side, and a picture.

    The picture shows the moment in the middle, above, and below it, larger, the part of it that
    differs most. Frames of the smaller of the two are enlarged bicubically. What is
    transparent shows grey.

    Args:
        before, after: paths of two videos of as many frames.
        names: `(video, picture)`, paths to write, .mp4 and .png.
        deinterlace: as of `Source`, for what was before.
        fps: as of `Source`, where what is after is a folder of images; None takes that of a file
            before.
        partial: as of `Source`, for what was before.
    """
    video, picture = names
    count = Source(after).count
    middle = []

    def write(path):
        first = Source(before, deinterlace, partial=partial)
        rate = fps or (None if first.is_folder else first.fps)
        source = Source(after, fps=rate if os.path.isdir(after) else None)
        look = source.look._replace(alpha=False, depth=DEEP, chroma=YUV420)
        sink = EncodedFile(path, fps=source.fps, look=look)
        for number, (old, new) in enumerate(zip(first.frames(), source.frames())):
            seen = [_over(frame) for frame in (old, new)]
            pair = _alike(*seen)
            if number <= count // 2:
                middle[:] = seen
            sink.write(_narrowed(side_by_side(*pair), WIDEST), None, new.time)
        sink.close()

    write_whole(video, lambda path: write(os.fspath(path)))
    captions = (
        f"{name}, {frame.shape[1]}x{frame.shape[0]}"
        for name, frame in zip(("before", "after"), middle)
    )
    drawn = picture_of(dict(zip(captions, _alike(*middle))))
    write_whole(picture, lambda path: _image(drawn).save(path))
    return [str(video), str(picture)]


def compared_names(out: str | os.PathLike) -> list[Path]:
    """Returns the paths of the comparison of a file or folder, beside it: video and picture."""
    return [named_after(out, f"-compared{ending}") for ending in (".mp4", ".png")]


def side_by_side(*frames):
    """Returns the frames in one, with white between them, uint8, of uint8 `(h, w, 3)` each."""
    line = np.full((len(frames[0]), GAP, 3), 255, "uint8")
    parts = [part for frame in frames for part in (line, frame)]
    return np.concatenate(parts[1:], axis=1)


def picture_of(frames):
    """Returns the picture of some frames, each under its caption, and of a part of them, enlarged.

    Small frames are shown larger, by a whole number, so that captions fit.

    Args:
        frames: dict of uint8 `(h, w, 3)` by caption, two or more; the part is where the first two
            differ most.
    """
    shown = list(frames.values())
    sides = shown[0].shape[:2]
    size = [side * -(-LEAST // sides[1]) for side in sides]
    height, width = (max(side // DETAIL, 1) for side in sides)
    top, left = _most_different(*shown[:2], height, width)
    part = np.s_[top : top + height, left : left + width]
    heads = side_by_side(*(_caption(text, size[1]) for text in frames))
    below = f"where the first two differ most, {DETAIL} times as large"
    rows = [
        heads,
        side_by_side(*(_of_size(frame, *size) for frame in shown)),
        _caption(below, heads.shape[1]),
        side_by_side(*(_of_size(frame[part], *size) for frame in shown)),
    ]
    return np.concatenate(rows)


def _over(frame):
    """Returns a `Frame` over grey, uint8 `(h, w, 3)`."""
    if frame.alpha is None:
        return frame.rgb
    share = frame.alpha / 255.0
    return np.rint(share * frame.rgb + (1.0 - share) * GREY).astype("uint8")


def _caption(text, width):
    """Returns a line of black text on white, uint8 `(CAPTION, width, 3)`, no wider than that."""
    from PIL import Image, ImageDraw, ImageFont

    line = Image.new("RGB", (width, CAPTION), "white")
    size = CAPTION * 0.7
    while (font := ImageFont.load_default(size)).getlength(text) > width - 2 * GAP and size > 6:
        size -= 1
    ImageDraw.Draw(line).text((GAP, CAPTION / 2), text, "black", font, anchor="lm")
    return np.asarray(line)


def _most_different(before, after, height, width):
    """Returns top and left of the rectangle in which two frames differ most."""
    far = np.abs(before.astype("float32") - after).mean(-1)
    total = np.pad(far.cumsum(0, "float64").cumsum(1), [(1, 0), (1, 0)])
    inside = (
        total[height:, width:] - total[:-height, width:]
        - total[height:, :-width] + total[:-height, :-width]
    )  # fmt: skip
    return np.unravel_index(inside.argmax(), inside.shape)


def _alike(before, after):
    """Returns the two frames, the smaller one enlarged."""
    size = [max(sides) for sides in zip(before.shape[:2], after.shape[:2])]
    return [_of_size(frame, *size, smooth=True) for frame in (before, after)]


def _narrowed(frame, width):
    """Returns the frame, made smaller if it is wider than `width`."""
    if frame.shape[1] <= width:
        return frame
    return _of_size(frame, round(len(frame) * width / frame.shape[1]), width, smooth=True)


def _of_size(frame, height, width, smooth=False):
    """Returns the frame resized: bicubic, or nearest pixels."""
    from PIL import Image

    if frame.shape[:2] == (height, width):
        return frame
    how = Image.Resampling.BICUBIC if smooth else Image.Resampling.NEAREST
    return np.asarray(_image(frame).resize((width, height), how))


def _image(frame):
    from PIL import Image

    return Image.fromarray(np.ascontiguousarray(frame))
