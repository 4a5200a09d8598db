"""What is done to frames, done to whole files: any length, in constant memory, sound kept."""

from tfvgan.streaming.compare import compare, compared_names
from tfvgan.streaming.compressing import Codec, compress
from tfvgan.streaming.cuts import SceneCuts
from tfvgan.streaming.decompressing import decompress
from tfvgan.streaming.extracting import extract
from tfvgan.streaming.job import check_free, process
from tfvgan.streaming.recurrence import Recurrence, Stepper
from tfvgan.streaming.source import PIPE, Source
from tfvgan.streaming.tiles import side_within
from tfvgan.streaming.unfinished import unfinished

__all__ = [
    "PIPE",
    "Codec",
    "Recurrence",
    "SceneCuts",
    "Source",
    "Stepper",
    "check_free",
    "compare",
    "compared_names",
    "compress",
    "decompress",
    "extract",
    "process",
    "side_within",
    "unfinished",
]
