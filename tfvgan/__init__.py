"""From a folder of videos to a trained, measured, served video GAN in Keras."""

import os

# Left off by default on some CPUs; 3-D convolutions are 4 to 8 times slower without it. It is read
# once, when TensorFlow is first imported.
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")

from tfvgan import data, engine, losses, networks, tasks  # noqa: E402
from tfvgan.engine import AdversarialModel, DiffAugment  # noqa: E402
from tfvgan.tasks import VideoGAN  # noqa: E402

__all__ = [
    "AdversarialModel",
    "DiffAugment",
    "VideoGAN",
    "data",
    "engine",
    "losses",
    "networks",
    "tasks",
]
