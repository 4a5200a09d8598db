"""Retrieval: half seconds of video as vectors, near each other where they show the same."""

from tfvgan.tasks.retrieval.batches import batches
from tfvgan.tasks.retrieval.embedder import Embedder
from tfvgan.tasks.retrieval.video_embedder import VideoEmbedder

__all__ = ["Embedder", "VideoEmbedder", "batches"]
