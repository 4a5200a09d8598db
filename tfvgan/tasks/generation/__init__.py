"""Generation: videos from noise, and, in a second stage, larger ones from small."""

from tfvgan.tasks.generation.colours import sharpened
from tfvgan.tasks.generation.enlarger import Enlarger
from tfvgan.tasks.generation.sampler import Sampler
from tfvgan.tasks.generation.video_enlarger import VideoEnlarger
from tfvgan.tasks.generation.video_gan import PRESETS, VideoGAN, learning

__all__ = [
    "PRESETS",
    "Enlarger",
    "Sampler",
    "VideoEnlarger",
    "VideoGAN",
    "learning",
    "sharpened",
]
