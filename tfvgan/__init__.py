"""From a folder of videos to a trained, measured, served video GAN in Keras."""

import inspect
import os
import types

# Left off by default on some CPUs, where 3-D convolutions are slow without it. It is read once,
# when TensorFlow is first imported.
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")

from tfvgan.quiet import import_keras

import_keras()

from tfvgan import (
    callbacks,
    coding,
    data,
    engine,
    evaluation,
    export,
    library,
    losses,
    metrics,
    networks,
    plots,
    runs,
    streaming,
    tasks,
    weights,
)
from tfvgan.engine import AdaptiveAugment, AdversarialModel, DiffAugment
from tfvgan.evaluation import evaluate
from tfvgan.runs import (
    analyze,
    compress,
    decompress,
    duplicates,
    generate,
    index,
    play,
    restore,
    search,
    segment,
    steady,
    stylize,
    train,
)
from tfvgan.tasks import (
    Embedder,
    Restorer,
    Sampler,
    Segmenter,
    Steadier,
    Stylizer,
    VideoCodec,
    VideoEmbedder,
    VideoEnlarger,
    VideoGAN,
    VideoRestorer,
    VideoSegmenter,
    VideoSteadier,
    VideoStylizer,
)
from tfvgan.version import __version__


class _Export(types.ModuleType):
    """The package `tfvgan.export`, which can be called as its verb, too."""

    __call__ = staticmethod(runs.export)


export.__class__ = _Export
export.__signature__ = inspect.signature(runs.export)

__all__ = [
    "AdaptiveAugment",
    "AdversarialModel",
    "DiffAugment",
    "Embedder",
    "Restorer",
    "Sampler",
    "Segmenter",
    "Steadier",
    "Stylizer",
    "VideoCodec",
    "VideoEmbedder",
    "VideoEnlarger",
    "VideoGAN",
    "VideoRestorer",
    "VideoSegmenter",
    "VideoSteadier",
    "VideoStylizer",
    "__version__",
    "analyze",
    "callbacks",
    "coding",
    "compress",
    "data",
    "decompress",
    "duplicates",
    "engine",
    "evaluate",
    "evaluation",
    "export",
    "generate",
    "index",
    "library",
    "losses",
    "metrics",
    "networks",
    "play",
    "plots",
    "restore",
    "runs",
    "search",
    "segment",
    "steady",
    "streaming",
    "stylize",
    "tasks",
    "train",
    "weights",
]
