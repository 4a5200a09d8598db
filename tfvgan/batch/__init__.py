"""Folders of videos, a file at a time: on one core or more, and in shares for many machines."""

from tfvgan.batch.evaluate_by_file import evaluate_by_file
from tfvgan.batch.folder import Outcome, run_folder
from tfvgan.batch.index_by_file import index_by_file
from tfvgan.batch.parts import Spread
from tfvgan.batch.prepare_by_file import prepare_by_file
from tfvgan.batch.shard import Shard

__all__ = [
    "Outcome",
    "Shard",
    "Spread",
    "evaluate_by_file",
    "index_by_file",
    "prepare_by_file",
    "run_folder",
]
