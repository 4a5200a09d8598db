"""A run: one folder with everything about one training."""

from tfvgan.runs.analyze import analyze, load_finder
from tfvgan.runs.codec_models import load_codec
from tfvgan.runs.compress import compress, decompress
from tfvgan.runs.duplicates import duplicates
from tfvgan.runs.edges import for_edge
from tfvgan.runs.export import export
from tfvgan.runs.generate import generate, walk
from tfvgan.runs.index import index, load_embedder
from tfvgan.runs.loading import enlarge, load_model, load_run, load_sampler
from tfvgan.runs.play import play
from tfvgan.runs.publish import publish
from tfvgan.runs.restore import load_restorer, restore
from tfvgan.runs.search import search
from tfvgan.runs.segment import load_segmenter, segment
from tfvgan.runs.settings import Settings
from tfvgan.runs.shipped import shipped_tasks
from tfvgan.runs.steady import load_steadier, steady
from tfvgan.runs.stylize import load_stylizer, shipped_styles, stylize
from tfvgan.runs.tabulate import tabulate
from tfvgan.runs.team import WorkerLost
from tfvgan.runs.train import Unhealthy, train

__all__ = [
    "Settings",
    "Unhealthy",
    "WorkerLost",
    "analyze",
    "compress",
    "decompress",
    "duplicates",
    "enlarge",
    "export",
    "for_edge",
    "generate",
    "index",
    "load_codec",
    "load_embedder",
    "load_finder",
    "load_model",
    "load_restorer",
    "load_run",
    "load_sampler",
    "load_segmenter",
    "load_steadier",
    "load_stylizer",
    "play",
    "publish",
    "restore",
    "search",
    "segment",
    "shipped_styles",
    "shipped_tasks",
    "steady",
    "stylize",
    "tabulate",
    "train",
    "walk",
]
