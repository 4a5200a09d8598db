"""Restoration: videos larger, cleaner and whole again."""

from tfvgan.tasks.restoration.restorer import Restorer
from tfvgan.tasks.restoration.video_restorer import VideoRestorer, learning

__all__ = ["Restorer", "VideoRestorer", "learning"]
