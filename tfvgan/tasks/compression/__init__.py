"""Compression: videos in few bits, by a standard's stream and a network, or a network alone."""

from tfvgan.tasks.compression.base_extraction import extract_base
from tfvgan.tasks.compression.enhanced_codec import EnhancedCodec
from tfvgan.tasks.compression.enhancer import Enhancer
from tfvgan.tasks.compression.file_decoding import decode_file
from tfvgan.tasks.compression.file_encoding import Codec, encode_file, sound_in
from tfvgan.tasks.compression.file_playing import play_file
from tfvgan.tasks.compression.learned_codec import LearnedCodec
from tfvgan.tasks.compression.video_codec import VideoCodec

__all__ = [
    "Codec",
    "EnhancedCodec",
    "Enhancer",
    "LearnedCodec",
    "VideoCodec",
    "decode_file",
    "encode_file",
    "extract_base",
    "play_file",
    "sound_in",
]
