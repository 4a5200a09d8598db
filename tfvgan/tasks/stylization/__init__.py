"""Stylization: the same videos in a style that is held from frame to frame."""

from tfvgan.tasks.stylization.batches import batches, blended, filtered, panned
from tfvgan.tasks.stylization.stylizer import Stylizer
from tfvgan.tasks.stylization.video_stylizer import VideoStylizer

__all__ = ["Stylizer", "VideoStylizer", "batches", "blended", "filtered", "panned"]
