"""Blocks with weights, shared by the networks: `keras.layers` and `keras.ops` only."""

from tfvgan.layers.backdrop import Backdrop
from tfvgan.layers.borders import bordered
from tfvgan.layers.convolution import DownBlock, UpBlock, UpConv3D, convolution
from tfvgan.layers.coordinates import MovingWaves
from tfvgan.layers.dense import DenseBlock
from tfvgan.layers.folding import crop_frames, fold_frames, unfold_frames
from tfvgan.layers.labels import LabelledLatents, ProjectionHead
from tfvgan.layers.minibatch import with_minibatch_deviation
from tfvgan.layers.modulation import ModulatedConv
from tfvgan.layers.motion import MotionPath, TimesCode, anchors_needed, interval
from tfvgan.layers.resampling import bicubic, half_sized, nearest
from tfvgan.layers.shuffle import depth_to_space, space_to_depth
from tfvgan.layers.tracked import Tracked
from tfvgan.layers.warping import doubled, enlarge_flow, enlarged, warp, warp_sharply
from tfvgan.layers.wavelets import fold_pixels, from_wavelets, to_wavelets, wavelets

__all__ = [
    "Backdrop",
    "DenseBlock",
    "DownBlock",
    "LabelledLatents",
    "ModulatedConv",
    "MotionPath",
    "MovingWaves",
    "ProjectionHead",
    "TimesCode",
    "Tracked",
    "UpBlock",
    "UpConv3D",
    "anchors_needed",
    "bicubic",
    "bordered",
    "convolution",
    "crop_frames",
    "depth_to_space",
    "doubled",
    "enlarge_flow",
    "enlarged",
    "fold_frames",
    "fold_pixels",
    "from_wavelets",
    "half_sized",
    "interval",
    "nearest",
    "space_to_depth",
    "to_wavelets",
    "unfold_frames",
    "warp",
    "warp_sharply",
    "wavelets",
    "with_minibatch_deviation",
]
