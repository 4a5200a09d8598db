"""Callbacks of training: previews, health, checkpoints, early stops."""

from tfvgan.callbacks.checkpoint import Checkpoint
from tfvgan.callbacks.cool_down import CoolDown
from tfvgan.callbacks.csv_log import CsvLog
from tfvgan.callbacks.duality_gap import DualityGap
from tfvgan.callbacks.epoch_line import EpochLine
from tfvgan.callbacks.health import Health
from tfvgan.callbacks.observer import Observer
from tfvgan.callbacks.preview import Preview
from tfvgan.callbacks.progress import Progress
from tfvgan.callbacks.scores import Scores
from tfvgan.callbacks.stop_after import StopAfter
from tfvgan.callbacks.stop_at_target import StopAtTarget

__all__ = [
    "Checkpoint",
    "CoolDown",
    "CsvLog",
    "DualityGap",
    "EpochLine",
    "Health",
    "Observer",
    "Preview",
    "Progress",
    "Scores",
    "StopAfter",
    "StopAtTarget",
]
