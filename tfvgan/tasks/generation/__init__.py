"""Generation: videos from noise."""

from tfvgan.tasks.generation.colours import sharpened
from tfvgan.tasks.generation.sampler import Sampler
from tfvgan.tasks.generation.video_gan import PRESETS, VideoGAN, learning

__all__ = [
    "PRESETS",
    "Sampler",
    "VideoGAN",
    "learning",
    "sharpened",
]
