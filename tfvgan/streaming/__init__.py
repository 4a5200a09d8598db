"""Whole files through a step on frames: of any length, in constant memory, with their sound."""

from tfvgan.streaming.bar import Bar
from tfvgan.streaming.compare import compare, compared_names
from tfvgan.streaming.cuts import SceneCuts
from tfvgan.streaming.job import process
from tfvgan.streaming.outputs import PIPE, check_free
from tfvgan.streaming.recurrence import Recurrence
from tfvgan.streaming.scenes import Scenes
from tfvgan.streaming.source import Source
from tfvgan.streaming.spilled import Spilled, kept
from tfvgan.streaming.stepper import Stepper
from tfvgan.streaming.tiles import side_within
from tfvgan.streaming.unfinished import can_go_on, unfinished

__all__ = [
    "PIPE",
    "Bar",
    "Recurrence",
    "SceneCuts",
    "Scenes",
    "Source",
    "Spilled",
    "Stepper",
    "can_go_on",
    "check_free",
    "compare",
    "compared_names",
    "kept",
    "process",
    "side_within",
    "unfinished",
]
