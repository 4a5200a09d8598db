"""Applications of the game, each in a folder of its own."""

from tfvgan.tasks.compression import EnhancedCodec, Enhancer, LearnedCodec, VideoCodec
from tfvgan.tasks.enlargement import Enlarger, VideoEnlarger
from tfvgan.tasks.generation import PRESETS, Sampler, VideoGAN, sharpened
from tfvgan.tasks.restoration import Restorer, VideoRestorer

__all__ = [
    "PRESETS",
    "EnhancedCodec",
    "Enhancer",
    "Enlarger",
    "LearnedCodec",
    "Restorer",
    "Sampler",
    "VideoCodec",
    "VideoEnlarger",
    "VideoGAN",
    "VideoRestorer",
    "sharpened",
]
