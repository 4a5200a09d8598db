"""Segmentation: videos in, masks of what is in them out, steady from frame to frame."""

from tfvgan.tasks.segmentation.batches import batches
from tfvgan.tasks.segmentation.segmenter import Segmenter
from tfvgan.tasks.segmentation.video_segmenter import VideoSegmenter

__all__ = ["Segmenter", "VideoSegmenter", "batches"]
