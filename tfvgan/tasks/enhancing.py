"""The practical codec: a standard stream, decoded, and then mended by what knows its faults.

A group of frames is the base layer of `tfvgan.data.base_layer`, which any player shows, and a few
bytes: its quantiser, which the network is told, and how much of what the network changes is taken.
"""

import hashlib
import itertools

import numpy as np

from tfvgan import streaming
from tfvgan.coding import obus
from tfvgan.coding.varints import Cursor, varint
from tfvgan.data.base_layer import STANDARDS, Base
from tfvgan.tasks.enhancer import Enhancer

FINEST = 4  # Steps of the quantiser in one of FFmpeg's.
CLOSE = 0x80  # Of the first byte: packets are as `tfvgan.coding.obus` packs them.
TRIES = 6  # Of quantisers for a rate.
ALLOWED = 0.25  # dB of luma that detail may cost a group: a mean of its frames then costs 0.3.
LUMA = np.array([0.299, 0.587, 0.114])


class EnhancedCodec:
    """Compresses groups of frames, and decodes them: see `tfvgan.streaming.compress`.

    Args:
        generator: `tfvgan.networks.RestorerGenerator` of factor 1, told the level, that learned
            from the recipe "coded".
        standard: of `tfvgan.data.base_layer.STANDARDS`.
        quality: float from 1 to 8, of the base layer; None where `bits` says it.
        bits: float, bits per pixel that a group may take, at most where its codec can.
        prefer: "detail", as much of what the network changes as costs no more than `ALLOWED` dB of
            luma; or "fidelity", as much as is best for luma's PSNR.
        memory: float, MB that a step of the network may take.

    Raises:
        ValueError: when it is no such network, or a number is out of its range.
    """

    name = "enhanced"

    def __init__(
        self, generator, standard="av1", quality=None, bits=None, prefer="detail", memory=1000.0
    ):
        self._enhancer = Enhancer(generator)
        if (quality is None) == (bits is None):
            raise ValueError("Give either `quality` or `bits`.")
        if quality is not None and not 1 <= quality <= 8:
            raise ValueError(f"`quality` must be from 1 to 8, but is {quality!r}.")
        if bits is not None and not bits > 0:
            raise ValueError(f"`bits` must be above 0, but is {bits!r}.")
        if prefer not in ("detail", "fidelity"):
            raise ValueError(f"`prefer` must be detail or fidelity, but is {prefer!r}.")
        self.standard, self.quality, self.bits, self.prefer = standard, quality, bits, prefer
        self.memory = memory
        Base(standard)

    @property
    def identity(self):
        """Returns the sha256 of the network's weights."""
        told = hashlib.sha256()
        for weight in self._enhancer.generator.get_weights():
            told.update(np.ascontiguousarray(weight, "<f4").tobytes())
        return told.digest()

    def encode(self, frames, fps):
        """Returns the bytes of a group; see `tfvgan.streaming.compressing.Codec`."""
        frames = np.stack(frames)
        step, packets = self._based(frames, Base(self.standard, fps))
        base = np.stack(list(Base(self.standard).decode(packets, frames.shape[1:3])))
        made = np.stack(list(self._enhanced(base, self.level(self.standard, step), 1.0)))
        strength = round(255 * self._strength(frames, base, made))
        standard = list(STANDARDS).index(self.standard)
        close = obus.pack(packets) if self.standard == "av1" else None
        if close is not None:
            return bytes([standard | CLOSE, step, strength]) + close
        sizes = [varint(len(packet)) for packet in packets]
        return b"".join([bytes([standard, step, strength]), *sizes, *packets])

    def decode(self, payload, count, size):
        """Yields the frames of a group; see `tfvgan.streaming.compressing.Codec`."""
        standard, step, strength, packets = unpacked(payload, count)
        found, base = 0, Base(standard).decode(packets, size)
        level = self.level(standard, step)
        for frame in base if not strength else self._enhanced(base, level, strength / 255):
            found += 1
            if found > count:
                break
            yield frame
        if found != count:
            raise ValueError(
                f"A group should hold {count} frames, but holds {found}: its base layer is damaged."
            )

    @staticmethod
    def base_layer(payload, count):
        """Returns the `Base` of a group and its packets, of which no network knows."""
        standard, _, _, packets = unpacked(payload, count)
        return Base(standard), packets

    @staticmethod
    def level(standard, step):
        """Returns what the network is told of a quantiser's step, float in [0, 1]."""
        return STANDARDS[standard].level(step / FINEST)

    def _based(self, frames, base):
        """Returns the quantiser's step, and the packets of the base layer."""
        how = STANDARDS[self.standard]
        worst, best = round(FINEST * how.worst), round(FINEST * how.best)
        if self.quality is not None:
            step = round(worst + (best - worst) * (self.quality - 1) / 7)
            return step, base.encode(frames, step / FINEST)
        allowed, tried = self.bits * frames[..., 0].size / 8, {}
        while len(tried) < TRIES and best <= worst:
            step = (best + worst) // 2
            tried[step] = base.encode(frames, step / FINEST)
            if sum(map(len, tried[step])) <= allowed:
                worst = step - 1
            else:
                best = step + 1
        fits = [step for step in tried if sum(map(len, tried[step])) <= allowed]
        step = min(fits) if fits else max(tried)
        return step, tried[step]

    def _enhanced(self, frames, level, strength):
        """Yields the frames, mended."""
        enhancer = self._enhancer.told(strength, level)
        frames = iter(frames)
        first = next(frames, None)
        if first is None:
            return
        side = streaming.side_within(self.memory, enhancer, first.shape[:2])
        recurrence = streaming.Recurrence(enhancer, side=side, cuts=False)
        for made in recurrence(itertools.chain([first], frames)):
            yield made.picture

    def _strength(self, frames, base, made):
        """Returns how much of what the network changes is taken, from 0 to 1.

        The mean square of what is left of the error `e`, `e - s d`, is a parabola of the strength.
        """
        error = (frames.astype("float32") - base) @ LUMA
        change = (made.astype("float32") - base) @ LUMA
        square, cross = np.mean(change**2), np.mean(error * change)
        if square == 0:
            return 0.0
        if self.prefer == "fidelity":
            return float(np.clip(cross / square, 0, 1))
        more = (10 ** (ALLOWED / 10) - 1) * np.mean(error**2)
        return float(np.clip((cross + np.sqrt(cross**2 + square * more)) / square, 0, 1))


def unpacked(payload, count):
    """Returns the standard, the quantiser's step, the strength in 255ths, and the packets.

    Args:
        payload: bytes of `EnhancedCodec.encode`.
        count: int, frames.

    Raises:
        ValueError: when it is no such group.
    """
    cursor = Cursor(payload)
    number, step, strength = cursor.take(3)
    number, close = number & ~CLOSE, number & CLOSE
    if number >= len(STANDARDS):
        raise ValueError(
            f"A group names base layer {number} of {len(STANDARDS)}: update tfvgan, or fetch the "
            "file anew."
        )
    if close:
        packets = list(obus.unpack(cursor))
    else:
        sizes = [cursor.varint() for _ in range(count)]
        packets = [cursor.take(size) for size in sizes]
    cursor.finish()
    if len(packets) != count:
        raise ValueError(f"{count} packets should be in a group, but {len(packets)} are: copy it.")
    return list(STANDARDS)[number], step, strength, packets
