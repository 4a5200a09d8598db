"""Generators and discriminators, one paper a file, both players inside."""

from tfvgan.networks.codec import CodecGenerator
from tfvgan.networks.codec_discriminator import CodecDiscriminator
from tfvgan.networks.compact import CompactGenerator
from tfvgan.networks.continuous import ContinuousDiscriminator, ContinuousGenerator
from tfvgan.networks.cut_finder import CutFinder
from tfvgan.networks.dcgan import DcganDiscriminator, DcganGenerator
from tfvgan.networks.embedder import EmbedderDiscriminator
from tfvgan.networks.enlarger import EnlargerDiscriminator, EnlargerGenerator
from tfvgan.networks.network import Discriminator, Generator, Network
from tfvgan.networks.plain import PlainDiscriminator, PlainGenerator
from tfvgan.networks.restorer import RestorerDiscriminator, RestorerGenerator
from tfvgan.networks.segmenter import SegmenterGenerator
from tfvgan.networks.span import SpanGenerator
from tfvgan.networks.steadier import SteadierGenerator
from tfvgan.networks.stylizer import StylizerGenerator
from tfvgan.networks.vgan import VganDiscriminator, VganGenerator

__all__ = [
    "CodecDiscriminator",
    "CodecGenerator",
    "CompactGenerator",
    "ContinuousDiscriminator",
    "ContinuousGenerator",
    "CutFinder",
    "DcganDiscriminator",
    "DcganGenerator",
    "Discriminator",
    "EmbedderDiscriminator",
    "EnlargerDiscriminator",
    "EnlargerGenerator",
    "Generator",
    "Network",
    "PlainDiscriminator",
    "PlainGenerator",
    "RestorerDiscriminator",
    "RestorerGenerator",
    "SegmenterGenerator",
    "SpanGenerator",
    "SteadierGenerator",
    "StylizerGenerator",
    "VganDiscriminator",
    "VganGenerator",
]
