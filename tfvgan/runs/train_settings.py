"""The keyword arguments of `tfvgan.train`, as a type that editors complete.

They run nothing, so that it can't be made of the table of applications; a test compares the two.
"""

from typing import TypedDict


class TrainSettings(TypedDict, total=False):
    """The settings of a run beside its videos, of all networks; see `tfvgan.runs.Settings`."""

    network: str
    factor: int | None
    recipes: str | list[str] | None
    versions: int | None
    square: int | None
    window: int | None
    depth: int | None
    detail: str | None
    perceptual: float | None
    adversarial: float | None
    begin: str | None
    filter: str | None
    style: str | None
    pairs: str | None
    steady: float | None
    masks: str | None
    palette: str | None
    cutouts: str | None
    width: int | None
    conditional: bool
    loss: str | None
    penalty: str | None
    penalty_weight: float | None
    augment: str | None
    learning_rate: float | None
    moving_average: float | None
    cool_down: float | None
    epochs: int
    steps_per_epoch: int
    minutes: float | None
    batch_size: int
    seed: int
    frames: int
    size: int
    stride: int
    fps: float | None
    crop: str
    overlap: int
    short: str
    deinterlace: str
    partial: bool
    bad: str
    flip: bool
    decoder: str
    cache: str | None
