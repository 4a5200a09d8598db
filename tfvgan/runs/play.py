"""Compressed videos played while they are decoded."""

import os

from tfvgan.coding import Reader
from tfvgan.runs.compress import check_base, check_frames, decoder
from tfvgan.streaming.player import PLAYER, play_through, player_words
from tfvgan.tasks import EnhancedCodec, LearnedCodec, Restorer, VideoRestorer
from tfvgan.tasks.compression import play_file
from tfvgan.tasks.compression.file_decoding import check_codec
from tfvgan.tasks.compression.file_encoding import MEMORY


def play(
    video: str | os.PathLike,
    model: str | os.PathLike | VideoRestorer | Restorer | LearnedCodec | None = None,
    *,
    base_only: bool = False,
    player: str = PLAYER,
    memory: float = MEMORY,
) -> list[str]:
    """Returns sentences on damage, empty if all that was played was whole.

    It ends when the player does, which may be closed at any time. Nothing is written. The network
    computes as with `fast` of `decompress`.

    Args:
        video: path of a compressed file.
        model: as in `decompress`.
        base_only: bool, whether to show the stream inside, which needs no model and is faster.
        player: the player's command; it is handed NUT on standard input.
        memory: float, MB that a frame may take.

    Raises:
        ValueError: when there is no such player or it fails, and as `decompress` does.
    """
    damaged = []
    words = player_words(player, os.path.basename(video))
    with Reader(video) as reader:
        check_frames(reader.header, video, memory)
        name, wanted = reader.header.codec, reader.header.model
        if base_only:
            check_base(name, video)
            decode = EnhancedCodec.decode_base
        else:
            made = decoder(name, wanted, model, memory, fast=True)
            check_codec(reader, made, video)
            decode = made.decode
    play_through(lambda stream: damaged.extend(play_file(decode, video, stream)), words)
    return damaged
