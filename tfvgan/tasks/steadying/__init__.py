"""Steadying: what a tool made of a video frame by frame, without its flicker."""

from tfvgan.tasks.steadying.batches import batches
from tfvgan.tasks.steadying.steadier import Steadier
from tfvgan.tasks.steadying.video_steadier import VideoSteadier

__all__ = ["Steadier", "VideoSteadier", "batches"]
