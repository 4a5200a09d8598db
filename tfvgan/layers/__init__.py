"""Blocks with weights, shared by the networks: `keras.layers` and `keras.ops` only."""

from tfvgan.layers.convolution import DownBlock, UpBlock, UpConv3D, convolution
from tfvgan.layers.dense import DenseBlock
from tfvgan.layers.folding import crop_frames, fold_frames, unfold_frames
from tfvgan.layers.labels import LabelledLatents, ProjectionHead

__all__ = [
    "DenseBlock",
    "DownBlock",
    "LabelledLatents",
    "ProjectionHead",
    "UpBlock",
    "UpConv3D",
    "convolution",
    "crop_frames",
    "fold_frames",
    "unfold_frames",
]
