"""Videos in and out: files to clips, clips to batches, samples, synthetic videos, writing."""

from tfvgan.data.cache import ClipCache
from tfvgan.data.clips import clips
from tfvgan.data.decode import probe
from tfvgan.data.errors import UnreadableVideo
from tfvgan.data.files import list_videos
from tfvgan.data.prepare import prepare
from tfvgan.data.samples import sample_videos
from tfvgan.data.service import served_clips
from tfvgan.data.synthetic import moving_shapes
from tfvgan.data.write import write_video, write_videos

__all__ = [
    "ClipCache",
    "UnreadableVideo",
    "clips",
    "list_videos",
    "moving_shapes",
    "prepare",
    "probe",
    "sample_videos",
    "served_clips",
    "write_video",
    "write_videos",
]
