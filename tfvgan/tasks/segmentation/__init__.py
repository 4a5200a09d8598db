"""Segmentation: which class each pixel of a video is of."""

from tfvgan.tasks.segmentation.batches import batches

__all__ = ["batches"]
