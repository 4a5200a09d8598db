"""Enlargement: small videos made larger, the second of two stages."""

from tfvgan.tasks.enlargement.enlarger import Enlarger
from tfvgan.tasks.enlargement.video_enlarger import VideoEnlarger

__all__ = ["Enlarger", "VideoEnlarger"]
