"""What the game is played for, one task a file."""

from tfvgan.tasks.compression import VideoCodec
from tfvgan.tasks.enhancer import Enhancer
from tfvgan.tasks.enhancing import EnhancedCodec
from tfvgan.tasks.enlargement import VideoEnlarger
from tfvgan.tasks.enlarging import Enlarger
from tfvgan.tasks.generation import PRESETS, VideoGAN
from tfvgan.tasks.learned import LearnedCodec
from tfvgan.tasks.restoration import VideoRestorer
from tfvgan.tasks.restoring import Restorer
from tfvgan.tasks.sampling import Sampler
from tfvgan.tasks.sharpening import sharpened

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
