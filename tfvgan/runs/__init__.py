"""A run: one folder that holds all there is to know of one training."""

from tfvgan.runs.codec_models import load_codec
from tfvgan.runs.compressing import compress, decompress
from tfvgan.runs.edges import for_edge
from tfvgan.runs.enlarging import enlarge
from tfvgan.runs.loading import load_model, load_run, load_sampler
from tfvgan.runs.publishing import publish
from tfvgan.runs.restoring import load_restorer, restore, shipped_tasks
from tfvgan.runs.samples import generate, walk
from tfvgan.runs.settings import Settings
from tfvgan.runs.tabulating import tabulate
from tfvgan.runs.training import Unhealthy, train

__all__ = [
    "Settings",
    "Unhealthy",
    "compress",
    "decompress",
    "enlarge",
    "for_edge",
    "generate",
    "load_codec",
    "load_model",
    "load_restorer",
    "load_run",
    "load_sampler",
    "publish",
    "restore",
    "shipped_tasks",
    "tabulate",
    "train",
    "walk",
]
