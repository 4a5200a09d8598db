"""A stand-in for TensorFlow Serving where there is no Docker: `tfvgan serve`, and its page."""

from tfvgan.serving.server.limits import Limits
from tfvgan.serving.server.serve import serve_folder

__all__ = ["Limits", "serve_folder"]
