"""Applications of the game, each in a folder of its own."""

from tfvgan.tasks.analysis import Finder
from tfvgan.tasks.compression import EnhancedCodec, Enhancer, LearnedCodec, VideoCodec
from tfvgan.tasks.enlargement import Enlarger, VideoEnlarger
from tfvgan.tasks.generation import PRESETS, Sampler, VideoGAN, sharpened
from tfvgan.tasks.restoration import Filler, PeerRestorer, Restorer, VideoRestorer
from tfvgan.tasks.retrieval import Embedder, VideoEmbedder
from tfvgan.tasks.segmentation import Segmenter, VideoSegmenter
from tfvgan.tasks.steadying import Steadier, VideoSteadier
from tfvgan.tasks.stylization import Stylizer, VideoStylizer

__all__ = [
    "PRESETS",
    "Embedder",
    "EnhancedCodec",
    "Enhancer",
    "Enlarger",
    "Filler",
    "Finder",
    "LearnedCodec",
    "PeerRestorer",
    "Restorer",
    "Sampler",
    "Segmenter",
    "Steadier",
    "Stylizer",
    "VideoCodec",
    "VideoEmbedder",
    "VideoEnlarger",
    "VideoGAN",
    "VideoRestorer",
    "VideoSegmenter",
    "VideoSteadier",
    "VideoStylizer",
    "sharpened",
]
