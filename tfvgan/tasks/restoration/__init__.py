"""Restoration: videos larger, cleaner and whole again."""

from tfvgan.tasks.restoration.filler import Filler
from tfvgan.tasks.restoration.peer import PeerRestorer
from tfvgan.tasks.restoration.restorer import Restorer
from tfvgan.tasks.restoration.video_restorer import VideoRestorer, learning

__all__ = ["Filler", "PeerRestorer", "Restorer", "VideoRestorer", "learning"]
