"""What a clip is: the numbers that say how a video file becomes clips."""

import dataclasses

from tfvgan.data.deinterlacing import check_deinterlace
from tfvgan.data.masks import palette

CROPS = ("center", "random", "squeeze")
WHEN_SHORT = ("skip", "loop", "error")


@dataclasses.dataclass(frozen=True)
class ClipSettings:
    """The settings that decide a clip's pixels; a cache is bound to them.

    Args:
        frames: frames of a clip, >= 1.
        size: side of the square in pixels, or `(height, width)`.
        stride: every `stride`-th frame of the file is taken; 1 when `fps` is given.
        fps: frames per second that the file is resampled to; None keeps its own.
        crop: "center"; "random" (the whole resized picture is kept, one draw a clip cuts it); or
            "squeeze" (the whole picture becomes `size`, whatever its aspect).
        overlap: frames that a clip shares with the one before, 0 <= overlap < frames.
        short: what to do with a file of less than a clip: "skip" it, "loop" it, or "error".
        deinterlace: "auto", "no" or "yes"; see `tfvgan.data.decode.read_frames`.
        partial: bool, whether to take what is there of files that are cut off.
        masks: None, or of videos that are masks the palette that they are read by, see
            `tfvgan.data.masks.palette`: a clip then has the numbers of classes, three times.

    Raises:
        ValueError: when a setting is out of its range.
    """

    frames: int = 16
    size: int | tuple[int, int] = 64
    stride: int = 1
    fps: float | None = None
    crop: str = "center"
    overlap: int = 0
    short: str = "skip"
    deinterlace: str = "auto"
    partial: bool = False
    masks: str | None = None

    def __post_init__(self):
        if not isinstance(self.size, int):
            object.__setattr__(self, "size", tuple(self.size))
        _check_setting(self.frames >= 1, "frames", "1 or more", self.frames)
        _check_setting(
            len(self.shape) == 4 and min(self.shape[1:3]) >= 1, "size", "positive", self.size
        )
        _check_setting(self.stride >= 1, "stride", "1 or more", self.stride)
        _check_setting(self.fps is None or self.fps > 0, "fps", "None or above 0", self.fps)
        _check_setting(
            self.fps is None or self.stride == 1, "stride", "1 when `fps` is given", self.stride
        )
        _check_setting(self.crop in CROPS, "crop", f"one of {CROPS}", self.crop)
        _check_setting(0 <= self.overlap < self.frames, "overlap", "in [0, frames)", self.overlap)
        _check_setting(self.short in WHEN_SHORT, "short", f"one of {WHEN_SHORT}", self.short)
        check_deinterlace(self.deinterlace)
        if self.masks is not None:
            palette(self.masks)

    @property
    def shape(self):
        """The shape `(frames, height, width, 3)` of a clip."""
        sides = (self.size, self.size) if isinstance(self.size, int) else self.size
        return (self.frames, *sides, 3)

    def to_json(self):
        """Returns the settings as a dict of what JSON can hold; `masks` where these are some."""
        size = self.size if isinstance(self.size, int) else list(self.size)
        named = {**dataclasses.asdict(self), "size": size}
        return named if self.masks is not None else {n: named[n] for n in named if n != "masks"}


def _check_setting(holds, name, wanted, came):
    if not holds:
        raise ValueError(f"`{name}` must be {wanted}, but is {came!r}.")
