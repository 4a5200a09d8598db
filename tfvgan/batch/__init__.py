"""Folders of videos, a file at a time: on one core or more, and in shares for many machines."""

from tfvgan.batch.folder import Outcome, run_folder
from tfvgan.batch.shard import Shard

__all__ = ["Outcome", "Shard", "run_folder"]
