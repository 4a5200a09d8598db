"""Videos in and out: files to clips, clips to batches, samples, synthetic videos, writing."""

from tfvgan.data.samples import sample_videos
from tfvgan.data.synthetic import moving_shapes
from tfvgan.data.write import write_video, write_videos

__all__ = ["moving_shapes", "sample_videos", "write_video", "write_videos"]
