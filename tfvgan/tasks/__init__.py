"""What the game is played for, one task a file."""

from tfvgan.tasks.generation import PRESETS, VideoGAN

__all__ = ["PRESETS", "VideoGAN"]
