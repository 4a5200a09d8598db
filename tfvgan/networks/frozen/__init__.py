"""Networks that are never trained here: they look at videos and images for metrics and losses."""

from tfvgan.networks.frozen.alexnet import AlexNet
from tfvgan.networks.frozen.i3d import I3D
from tfvgan.networks.frozen.lpips import Lpips
from tfvgan.networks.frozen.vgg16 import VGG16

__all__ = ["I3D", "VGG16", "AlexNet", "Lpips"]
