"""Networks that are never trained here: those that metrics look with, and those that restore."""

from tfvgan.networks.frozen.alexnet import AlexNet
from tfvgan.networks.frozen.basicvsr import BasicVSR
from tfvgan.networks.frozen.ffdnet import FFDNet
from tfvgan.networks.frozen.i3d import I3D
from tfvgan.networks.frozen.lpips import Lpips
from tfvgan.networks.frozen.ncnn_network import NcnnNetwork
from tfvgan.networks.frozen.spynet import SpyNet
from tfvgan.networks.frozen.vgg16 import VGG16

__all__ = ["I3D", "VGG16", "AlexNet", "BasicVSR", "FFDNet", "Lpips", "NcnnNetwork", "SpyNet"]
