"""The learned codec: a network turns groups of frames into latents, and latents into frames.

A group of frames is a byte, its quality, and one range-coded stream of the latents of its frames.
Whoever writes decodes, too: each frame is told beside the one that was decoded before it.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Self

import numpy as np
import tensorflow as tf

from tfvgan.coding import DamagedData, Decoder, encode
from tfvgan.engine import Endpoint
from tfvgan.networks import CodecGenerator
from tfvgan.networks.codec import STRIDE
from tfvgan.networks.gains import QUALITIES
from tfvgan.tasks.compression.latent_tables import LatentTables
from tfvgan.tasks.compression.latents import Latents
from tfvgan.tasks.compression.synthesis import EDGE, codec_endpoints
from tfvgan.tasks.served import Served
from tfvgan.video import from_uint8, to_uint8

FINEST = 32  # Steps between two qualities.
FINEST_TRIED = 4  # Of these steps, where a rate is asked for.
LARGEST = 1 << 15  # Of latents: far above what networks say of black and white, at quality 8.
MOST_PIXELS = 1 << 23  # Of a frame: those of UHD take 1.6 GB.


class LearnedCodec(Served):
    """Compresses groups of frames, and decodes them: see `tfvgan.tasks.compression.encode_file`.

    Args:
        generator: `tfvgan.networks.CodecGenerator`.
        tables: `tfvgan.tasks.compression.latent_tables.LatentTables` of this network.
        quality: float from 1 to 8; None where `bits` says it.
        bits: float, bits per pixel that a group may take, at most where quality 1 does.
        edge: `(height, width)` of the frames that an edge device decodes, multiples of 16.

    Raises:
        ValueError: when it is no such network, tables are another's, or a number is out of its
            range.
    """

    name = "learned"

    def __init__(
        self,
        generator: CodecGenerator,
        tables: LatentTables,
        quality: float | None = None,
        bits: float | None = None,
        edge: tuple[int, int] = EDGE,
    ):
        if not isinstance(generator, CodecGenerator):
            raise ValueError(
                "`generator` must be a tfvgan.networks.CodecGenerator, but is a "
                f"{type(generator).__name__}: give that of a VideoCodec."
            )
        if tables.channels != generator.channels:
            raise ValueError(
                f"`tables` must be for {generator.channels} channels, but are for "
                f"{tables.channels}: give those that were counted for this network."
            )
        if (quality is None) == (bits is None):
            raise ValueError("Give either `quality` or `bits`.")
        if quality is not None and not 1 <= quality <= QUALITIES:
            raise ValueError(f"`quality` must be from 1 to {QUALITIES}, but is {quality!r}.")
        if bits is not None and not bits > 0:
            raise ValueError(f"`bits` must be above 0, but is {bits!r}.")
        self.generator, self.tables = generator, tables
        self.quality, self.bits, self.edge = quality, bits, tuple(edge)
        self._analyzed = tf.function(generator.analyze)
        self._synthesized = tf.function(generator.synthesize)

    def with_settings(
        self,
        quality: float | None = None,
        bits: float | None = None,
        tables: LatentTables | None = None,
    ) -> Self:
        """Returns another one of the same network, for which nothing is compiled anew.

        Args:
            quality, bits: as of the constructor.
            tables: likewise; None for the same.
        """
        tables = self.tables if tables is None else tables
        other = type(self)(self.generator, tables, quality, bits, self.edge)
        other._analyzed, other._synthesized = self._analyzed, self._synthesized
        return other

    @property
    def identity(self) -> bytes:
        """Returns the sha256 of the network's weights and of the tables."""
        return self.digest(bytes.fromhex(self.tables.identity))

    @property
    def settings(self) -> dict:
        """Returns what else decides the bytes of a group; see `tfvgan.tasks.compression.Codec`."""
        return {"quality": self.quality, "bits": self.bits}

    def endpoints(self) -> dict[str, Endpoint]:
        """Returns `synthesize` and `analyze`; see `synthesis.codec_endpoints`."""
        return codec_endpoints(self.generator, self.edge)

    def encode(self, frames: Sequence[np.ndarray], fps: Fraction) -> bytes:
        """Returns the bytes of a group; see `tfvgan.tasks.compression.file_encoding.Codec`."""
        if self.bits is None:
            return self._encoded(frames, round(FINEST * (self.quality - 1)))
        allowed = self.bits * frames[0][..., 0].size * len(frames) / 8
        worst, best, fitting = 0, FINEST * (QUALITIES - 1) // FINEST_TRIED, None
        while worst <= best:
            middle = (worst + best) // 2
            payload = self._encoded(frames, FINEST_TRIED * middle)
            if len(payload) <= allowed:
                worst, fitting = middle + 1, payload
            else:
                best = middle - 1
        return payload if fitting is None else fitting

    def decode(self, payload: bytes, count: int, size: tuple[int, int]) -> Iterator[np.ndarray]:
        """Yields the frames of a group; see `tfvgan.tasks.compression.file_encoding.Codec`."""
        height, width = size
        walk = None
        for latents in self.latents(payload, count, size):
            if walk is None:
                walk = _Walk(self, _padded_size(size), quality_of(payload))
            walk.step(latents)
            yield to_uint8(walk.previous[0, :height, :width]).numpy()

    def latents(self, payload: bytes, count: int, size: tuple[int, int]) -> Iterator[np.ndarray]:
        """Yields the latents of a group's frames; see `latents_of`."""
        return latents_of(payload, count, size, self.tables)

    def analyse(self, frames: Sequence[np.ndarray], quality: float) -> Iterator[np.ndarray]:
        """Yields the latents of a group's frames, int32 `(h, w, channels)`.

        Args:
            frames: uint8 `(t, h, w, 3)`, or a list of them.
            quality: float from 1 to 8.

        Raises:
            ValueError: when frames are too large, or latents are none that a decoder takes.
        """
        size = frames[0].shape[:2]
        _check_size(size)
        walk = _Walk(self, _padded_size(size), quality)
        pads = [(0, after - now) for after, now in zip(walk.size, size)] + [(0, 0)]
        for frame in frames:
            latents = walk.encode(np.pad(frame, pads, "edge"))
            yield latents
            walk.step(latents)

    def _encoded(self, frames, step):
        """Returns the bytes of a group at a quality."""
        return bytes([step]) + encode(self._blocks(frames, step), self.tables.symbols)

    def _blocks(self, frames, step):
        """Yields latents and their tables, as they are coded."""
        order, before = _order(frames[0].shape[:2], self.tables), None
        for latents in self.analyse(frames, 1 + step / FINEST):
            for numbers, tables in order.symbols(before, latents):
                yield numbers, self.tables.rows[tables]
            before = latents


def network_in(model):
    """Returns the `CodecGenerator` that a model is or has, the average of one that trains; or None.

    Args:
        model: what was loaded.
    """
    network = getattr(model, "average", model)
    return network if isinstance(network, CodecGenerator) else None


class _Walk:
    """The state of a group's decoder: its last frame and the network's memory.

    Args:
        codec: `LearnedCodec`.
        size: `(height, width)`, multiples of 16.
        quality: float from 1 to 8.
    """

    def __init__(self, codec, size, quality):
        self._codec, self.size = codec, size
        self.previous, self._state = codec.generator.start(tf.zeros((1, *size, 3)))
        self._first, self._quality = tf.ones((1,)), tf.constant([quality], tf.float32)

    def encode(self, frame):
        """Returns the latents of a frame, int32; the frame is uint8 of this size.

        Raises:
            ValueError: when they are none that a decoder takes.
        """
        frame = from_uint8(frame[None])
        made = self._codec._analyzed(frame, self.previous, self._first, self._quality)
        latents = np.rint(made.numpy()[0])
        largest = np.abs(latents).max()
        if not largest <= LARGEST:  # What is no number is not, either.
            raise ValueError(
                f"Latents should be within {LARGEST} of 0, but this network says {largest:g}: its "
                "weights are damaged, or its training went astray; take another model."
            )
        return latents.astype(np.int32)

    def step(self, latents):
        """Decodes the next frame, which is `previous` then."""
        latents = tf.constant(latents[None], tf.float32)
        self.previous, _, self._state = self._codec._synthesized(
            latents, self.previous, self._state, self._first, self._quality
        )
        self._first = tf.zeros((1,))


def quality_of(payload):
    """Returns the quality of a group, float from 1 to 8.

    Raises:
        ValueError: when it has none.
    """
    if not payload or payload[0] > FINEST * (QUALITIES - 1):
        raise DamagedData("A group should begin with its quality, but does not: it is damaged.")
    return 1 + payload[0] / FINEST


def latents_of(payload, count, size, tables):
    """Yields the latents of a group's frames, int32 `(h, w, channels)`; no network is needed.

    Args:
        payload, count, size: as of `LearnedCodec.decode`.
        tables: `tfvgan.tasks.compression.latent_tables.LatentTables` of the codec.

    Raises:
        ValueError: when it is no such group, or frames are too large.
    """
    _check_size(size)
    quality_of(payload)
    order, before = _order(size, tables), None
    decoder = Decoder(payload[1:], tables.symbols)
    for _ in range(count):
        before = order.visit(before, lambda _, chosen: decoder.decode(tables.rows[chosen]))
        if np.abs(before).max() > LARGEST:
            raise DamagedData(
                f"Latents should be within {LARGEST} of 0, but are not: the group is damaged."
            )
        yield before


def _order(size, tables):
    """Returns the order of the latents of a frame."""
    height, width = _padded_size(size)
    return Latents(height // STRIDE, width // STRIDE, tables.channels, tables.flagged)


def _padded_size(size):
    """Returns the height and width as multiples of 16."""
    return tuple(-(-side // STRIDE) * STRIDE for side in size)


def _check_size(size):
    """Raises ValueError when a frame takes more memory than machines are expected to have."""
    if min(size) < 1 or np.prod(size, dtype=np.int64) > MOST_PIXELS:
        raise ValueError(
            f"Frames of the learned codec should have up to {MOST_PIXELS} pixels, but these are "
            f"{size[1]}x{size[0]}: make the video smaller, or take the enhanced codec."
        )
