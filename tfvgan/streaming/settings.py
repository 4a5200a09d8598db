"""The keyword arguments of `tfvgan.streaming.process`, as a type that editors complete."""

from collections.abc import Callable
from typing import TypedDict


class ProcessSettings(TypedDict, total=False):
    """The arguments of `tfvgan.streaming.process` but the stepper and all paths."""

    deinterlace: str
    fps: float | None
    partial: bool
    codec: str | None
    crf: float | None
    memory: float
    resume: bool
    overwrite: bool
    part: int
    overlap: int
    cuts: bool
    progress: Callable[[int, int | None], None]
