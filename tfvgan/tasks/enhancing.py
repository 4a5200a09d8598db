"""The practical codec: a standard stream, decoded, and then mended by what knows its faults.

A group of frames is the base layer of `tfvgan.data.base_layer`, which any player shows, and a few
bytes: its quantiser, which the network is told, and how much of what the network changes is taken.
"""

import hashlib
import itertools
import operator

import numpy as np

from tfvgan import streaming
from tfvgan.data.base_layer import STANDARDS, Base
from tfvgan.tasks.enhanced_group import FINEST, Group, unpacked
from tfvgan.tasks.enhancer import Enhancer

COARSE = 0.85  # Level from which half the size is tried, too.
SIZES = ("auto", "full", "half")
TRIES = 6  # Of quantisers for a rate.
ALLOWED = 0.25  # dB of luma that detail may cost a group: a mean of its frames then costs 0.3.
LUMA = np.array([0.299, 0.587, 0.114], "float32")


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
        size: "full", or "half" of the width and of the height, of the base layer; or "auto": for
            few `bits` both are tried, and what is nearer to the frames is taken; for a `quality` it
            is full.
        memory: float, MB that a step of the network may take.

    Raises:
        ValueError: when it is no such network, or a number is out of its range.
    """

    name = "enhanced"

    def __init__(
        self,
        generator,
        standard="av1",
        quality=None,
        bits=None,
        prefer="detail",
        size="auto",
        memory=1000.0,
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
        if size not in SIZES:
            raise ValueError(f"`size` must be auto, full or half, but is {size!r}.")
        self.standard, self.quality, self.bits = standard, quality, bits
        self.prefer, self.size, self.memory = prefer, size, memory
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
        tried = [self._mended(frames, fps, self.size == "half")]
        if self.size == "auto" and self.bits is not None and tried[0][0].level >= COARSE:
            tried.append(self._mended(frames, fps, True))

        def rank(each):
            group, far = each
            return (1, -far) if self._fits(group, frames) else (0, -group.size)

        return max(tried, key=rank)[0].packed()

    def decode(self, payload, count, size):
        """Yields the frames of a group; see `tfvgan.streaming.compressing.Codec`."""
        group, found = unpacked(payload, count), 0
        base = group.base.decode(group.packets, size)
        for frame in base if not group.strength else self._enhanced(base, group):
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
        group = unpacked(payload, count)
        return group.base, group.packets

    def _mended(self, frames, fps, half):
        """Returns the `Group` of frames at a size, and how far it is from them."""
        group = self._based(frames, fps, half)
        base = np.stack(list(group.base.decode(group.packets, frames.shape[1:3])))
        made = np.stack(list(self._enhanced(base, group._replace(strength=255))))
        strength, far = self._strength(frames, base, made)
        return group._replace(strength=round(255 * strength)), far

    def _fits(self, group, frames):
        """Returns whether a group takes no more bits than it may."""
        return self.bits is None or 8 * group.size <= self.bits * frames[..., 0].size

    def _based(self, frames, fps, half):
        """Returns the `Group` of frames at a size, of which nothing is mended."""
        how, base = STANDARDS[self.standard], Base(self.standard, fps, half=half)
        worst, best = round(FINEST * how.worst), round(FINEST * how.best)

        def group(step):
            packets = base.encode(frames, step / FINEST)
            return Group(self.standard, half, step, 0, packets)

        if self.quality is not None:
            return group(round(worst + (best - worst) * (self.quality - 1) / 7))
        tried = []
        while len(tried) < TRIES and best <= worst:
            step = (best + worst) // 2
            tried.append(group(step))
            if self._fits(tried[-1], frames):
                worst = step - 1
            else:
                best = step + 1
        fits = [each for each in tried if self._fits(each, frames)]
        step = operator.attrgetter("step")
        return min(fits, key=step) if fits else max(tried, key=step)

    def _enhanced(self, frames, group):
        """Yields the frames, mended as a group says."""
        enhancer = self._enhancer.told(group.strength / 255, group.level)
        frames = iter(frames)
        first = next(frames, None)
        if first is None:
            return
        side = streaming.side_within(self.memory, enhancer, first.shape[:2])
        recurrence = streaming.Recurrence(enhancer, side=side, cuts=False)
        for made in recurrence(itertools.chain([first], frames)):
            yield made.picture

    def _strength(self, frames, base, made):
        """Returns how much of what the network changes is taken, from 0 to 1, and how far luma is
        then from that of the frames, squared.

        The mean square of what is left of the error `e`, `e - s d`, is a parabola of the strength.
        """
        error, change = (np.subtract(each, base, dtype="float32") @ LUMA for each in (frames, made))
        square, cross, far = np.mean(change**2), np.mean(error * change), np.mean(error**2)
        if square == 0:
            return 0.0, far
        strength = cross / square
        if self.prefer == "detail":
            more = (10 ** (ALLOWED / 10) - 1) * far
            strength += np.sqrt(cross**2 + square * more) / square
        strength = float(np.clip(strength, 0, 1))
        return strength, far - 2 * strength * cross + strength**2 * square
