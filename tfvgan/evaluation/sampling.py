"""Sampling of clips from a set of videos: two sets must share it to be compared."""

import dataclasses

from tfvgan.data.settings import ClipSettings

FRAMES = 16  # of a clip, as in the published Fréchet video distances


@dataclasses.dataclass(frozen=True)
class Sampling:
    """How clips are taken from a set of videos; None leaves the choice to the sets.

    Args:
        frames: frames of a clip; by default 16, or fewer where a model or an array has fewer.
        size: side of the square in pixels, or `(height, width)`: pictures are resized to cover it
            and cut at the centre. By default the size that both sets have.
        stride: every `stride`-th frame of a file is taken; by default what a run was trained with,
            or 1. What a model or an array holds is taken as it is.
        fps: frames a second that files are resampled to, instead of `stride`.
        videos: how many clips of each set, at most.
        seed: chooses the clips, and what a model samples.
        partial: whether clips are taken of what is there of files that are cut off, too.

    Raises:
        ValueError: when a number is out of its range.
    """

    frames: int | None = None
    size: int | tuple[int, int] | None = None
    stride: int | None = None
    fps: float | None = None
    videos: int = 256
    seed: int = 0
    partial: bool = False

    def __post_init__(self):
        ClipSettings(
            frames=FRAMES if self.frames is None else self.frames,
            size=1 if self.size is None else self.size,
            stride=1 if self.stride is None else self.stride,
            fps=self.fps,
        )
        if isinstance(self.size, int):
            object.__setattr__(self, "size", (self.size, self.size))
        for name, value, least in (("videos", self.videos, 2), ("seed", self.seed, 0)):
            if value < least:
                raise ValueError(f"`{name}` must be {least} or more, but is {value!r}.")

    def settled(self, *sources):
        """Returns a sampling that all sources can give, complete but for `fps` and `size`.

        Args:
            *sources: `tfvgan.evaluation.sources.VideoSet`; theirs is what is not asked for here.

        Raises:
            ValueError: when a source can't give what is asked for, or two can't give the same.
        """
        most = [source.most_frames for source in sources if source.most_frames is not None]
        frames = min([FRAMES, *most]) if self.frames is None else self.frames
        for source in sources:
            if source.most_frames is not None and source.most_frames < frames:
                raise ValueError(
                    f"A clip is to have {frames} frames, but {source} has {source.most_frames}: "
                    f"ask for {min(most)} frames."
                )
        chosen = {"frames": frames}
        for name in ("size", "stride", "fps"):
            chosen[name] = self._fixed(name, sources)
        if self.stride is None and self.fps is None:
            for source in reversed(sources):
                chosen.update({k: v for k, v in source.suggested.items() if chosen[k] is None})
        if chosen["stride"] is None:
            chosen["stride"] = 1
        return dataclasses.replace(self, **chosen)

    def _fixed(self, name, sources):
        """Returns a setting as asked for, or as the sources have it and cannot change it."""
        value = getattr(self, name)
        for source in sources:
            theirs = source.fixed.get(name, value)
            if value is None:
                value = theirs
            elif value != theirs:
                raise ValueError(
                    f"The clips are to have {name} {_plain(value)}, but {source} has "
                    f"{_plain(theirs)}: leave {name} out, or give videos that fit."
                )
        return value


def _plain(value):
    """Returns a setting as people write it."""
    return "x".join(map(str, value)) if isinstance(value, tuple) else str(value)
