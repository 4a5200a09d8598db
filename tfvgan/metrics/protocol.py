"""The protocol of a score: all that it depends on beside the videos, and its full name."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Protocol:
    """How features came to be: scores compare with scores of the same protocol, and no other.

    Args:
        extractor: name of the extractor.
        resize: how it resizes frames, such as "224bilinear".
        per: "video" or "frame", what has one row of features.
        frames: int, frames in each clip.
        videos: int, clips.
        stride: int, from one frame of the clip to the next, in frames of the source.
        seed: int, chose the clips.
        fps: float, frames a second that files were resampled to, instead of `stride`; or None.
    """

    extractor: str
    resize: str
    per: str
    frames: int
    videos: int
    stride: int = 1
    seed: int = 0
    fps: float | None = None

    def name(self, score: str, generated_videos: int | None = None) -> str:
        """Returns a score's whole name, such as `fvd_i3d_16f_256v_stride1_224bilinear_seed0`.

        Args:
            score: what was computed, such as "fvd".
            generated_videos: the number of generated clips; where it is another than that of the
                real ones, the name says both, as in `200x256v`.
        """
        videos = f"{self.videos}v"
        if generated_videos not in (None, self.videos):
            videos = f"{self.videos}x{generated_videos}v"
        return (
            f"{score}_{self.extractor}_{self.frames}f_{videos}_{pace(self.stride, self.fps)}"
            f"_{self.resize}_seed{self.seed}"
        )

    def as_dict(self) -> dict:
        """Returns the fields by name, as JSON can hold them."""
        return asdict(self)


def pace(stride, fps=None):
    """Returns how frames were taken, as names say it: "stride2", or "8fps" where resampled."""
    return f"stride{stride}" if fps is None else f"{fps:g}fps"
