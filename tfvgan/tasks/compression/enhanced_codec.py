"""The enhanced codec: a standard's stream, and a network that mends its decoded frames.

A group of frames is the base layer of `tfvgan.data.base_layer`, which any player shows, and a few
bytes: its quantiser, which the network is told, how much of what the network changes is taken, and
how sharp it gets then.
"""

import itertools
from collections.abc import Iterator, Sequence
from fractions import Fraction

import numpy as np

from tfvgan import streaming
from tfvgan.data.base_layer import STANDARDS, Base
from tfvgan.data.read_ahead import ahead
from tfvgan.engine.precision import has_bfloat16, in_bfloat16
from tfvgan.networks import RestorerGenerator
from tfvgan.tasks.compression.enhanced_group import FINEST, EncodedGroup, unpacked
from tfvgan.tasks.compression.enhancer import Enhancer
from tfvgan.tasks.compression.sharpness import details_of
from tfvgan.video import LUMA

COARSE = 0.85  # Level from which half the size is tried, too.
SIZES = ("auto", "full", "half")
TRIES = 6  # Of quantisers for a rate.
ALLOWED = 0.25  # dB of luma that detail may cost a group: a mean of its frames then costs 0.3.
SHARE = 0.7  # Of these, what the network may cost; the rest is for sharpness.
SHARPEST = 0.3


class EnhancedCodec:
    """Compresses groups of frames, and decodes them: see `tfvgan.tasks.compression.encode_file`.

    Args:
        generator: `tfvgan.networks.RestorerGenerator` of factor 1, told the level, that learned
            from the recipe "coded".
        standard: of `tfvgan.data.base_layer.STANDARDS`.
        quality: float from 1 to 8, of the base layer; None where `bits` says it.
        bits: float, bits per pixel that a group may take, at most where its codec can.
        prefer: "detail", as much of what the network changes, and then as sharp, as costs no more
            than `ALLOWED` dB of luma; or "fidelity", as is best for luma's PSNR.
        size: "full", or "half" of the width and of the height, of the base layer; or "auto": for
            few `bits` both are tried, and what is nearer to the frames is taken; for a `quality` it
            is full.
        memory: float, MB that a step of the network may take.
        fast: bool, whether frames are decoded in bfloat16 where this machine is faster then: a few
            levels are off by one.

    Raises:
        ValueError: when it is no such network, or a number is out of its range.
    """

    name = "enhanced"

    def __init__(
        self,
        generator: RestorerGenerator,
        standard: str = "av1",
        quality: float | None = None,
        bits: float | None = None,
        prefer: str = "detail",
        size: str = "auto",
        memory: float = 1000.0,
        fast: bool = False,
    ):
        self._enhancer = Enhancer(generator)
        self.fast = fast and has_bfloat16()
        self._decoding = Enhancer(in_bfloat16(generator)) if self.fast else self._enhancer
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
    def identity(self) -> bytes:
        """Returns the sha256 of the network's weights."""
        return self._enhancer.digest()

    @property
    def settings(self) -> dict:
        """Returns what else decides the bytes of a group; see `tfvgan.tasks.compression.Codec`."""
        names = ("standard", "quality", "bits", "prefer", "size", "memory")
        settings = {name: getattr(self, name) for name in names}
        return {**settings, "fast": True} if self.fast else settings

    def encode(self, frames: Sequence[np.ndarray], fps: Fraction) -> bytes:
        """Returns the bytes of a group; see `tfvgan.tasks.compression.file_encoding.Codec`."""
        tried = [self._mended(frames, fps, self.size == "half")]
        if self.size == "auto" and self.bits is not None and tried[0][0].level >= COARSE:
            tried.append(self._mended(frames, fps, True))

        def rank(each):
            group, far = each
            return (1, -far) if self._fits(group, frames) else (0, -group.size)

        return max(tried, key=rank)[0].packed()

    def decode(self, payload: bytes, count: int, size: tuple[int, int]) -> Iterator[np.ndarray]:
        """Yields the frames of a group; see `tfvgan.tasks.compression.file_encoding.Codec`."""
        group = unpacked(payload, count)
        base = group.base.decode(group.packets, size)
        frames = self._enhanced(ahead(base), group, self._decoding) if group.mended else base
        yield from _whole(frames, count)

    @staticmethod
    def decode_base(payload: bytes, count: int, size: tuple[int, int]) -> Iterator[np.ndarray]:
        """Yields the frames of a group's base layer, which no network changes; as `decode` does."""
        group = unpacked(payload, count)
        yield from _whole(group.base.decode(group.packets, size), count)

    @staticmethod
    def base_layer(payload: bytes, count: int) -> tuple[Base, bytes]:
        """Returns the `Base` of a group and its packets, of which no network knows."""
        group = unpacked(payload, count)
        return group.base, group.packets

    def _mended(self, frames, fps, half):
        """Returns the `EncodedGroup` of frames at a size, and its squared error."""
        group = self._based(frames, fps, half)
        base = Decoded(group, frames[0].shape[:2])
        enhanced = self._enhanced(base, group._replace(strength=255))
        with streaming.kept(enhanced, frames) as made:
            strength, sharpness, far = self._amounts(frames, base, made)
        group = group._replace(strength=round(255 * strength), sharpness=round(256 * sharpness))
        return group, far

    def _fits(self, group, frames):
        """Returns whether a group takes no more bits than it may."""
        return self.bits is None or 8 * group.size <= self.bits * _pixels(frames)

    def _based(self, frames, fps, half):
        """Returns the `EncodedGroup` of frames at a size, without enhancement."""
        how, base = STANDARDS[self.standard], Base(self.standard, fps, half=half)
        worst, best = round(FINEST * how.worst), round(FINEST * how.best)

        def group(step):
            packets = base.encode(frames, step / FINEST)
            return EncodedGroup(self.standard, half, step, 0, packets)

        if self.quality is not None:
            return group(round(worst + (best - worst) * (self.quality - 1) / 7))
        made, fitting = None, None
        for _ in range(TRIES):
            if best > worst:
                break
            made = group((best + worst) // 2)
            if self._fits(made, frames):
                worst, fitting = made.step - 1, made
            else:
                best = made.step + 1
        return fitting or made

    def _enhanced(self, frames, group, enhancer=None):
        """Yields the frames, enhanced by a group's strength and sharpness."""
        enhancer = (enhancer or self._enhancer).with_settings(*group.amounts)
        frames = iter(frames)
        first = next(frames, None)
        if first is None:
            return
        side = streaming.side_within(self.memory, enhancer, first.shape[:2])
        recurrence = streaming.Recurrence(enhancer, side=side, cuts=False)
        for made in recurrence(itertools.chain([first], frames)):
            yield made.picture

    def _amounts(self, frames, base, made):
        """Returns the blend weight of the network, 0 to 1, the sharpness, and the squared error of
        luma with both.

        The three videos are read twice, a frame at a time.
        """
        detail = self.prefer == "detail"
        changed = ((_luma(f - b), _luma(m - b)) for f, b, m in _floats(frames, base, made))
        plain, *sums = _sums(changed)
        strength = float(np.clip(_best(plain, *sums, plain * _more(SHARE) * detail), 0, 1))

        def taken():
            for frame, below, mended in _floats(frames, base, made):
                luma = _luma(below + strength * (mended - below))
                yield _luma(frame) - luma, details_of(luma[None, ..., None]).numpy()[0, ..., 0]

        far, *sums = _sums(taken())
        sharpness = _best(far, *sums, plain * _more(1) * detail)
        sharpness = float(np.clip(sharpness, -SHARPEST, SHARPEST))
        return strength, sharpness, _far(far, *sums, sharpness) / _pixels(frames)


class Decoded:
    """The frames of a base layer, decoded anew by each loop over them.

    Args:
        group: `EncodedGroup`.
        size: `(height, width)` of its frames.
    """

    def __init__(self, group, size):
        self._group, self._size = group, size

    def __iter__(self):
        return self._group.base.decode(self._group.packets, self._size)


def _whole(frames, count):
    """Yields the frames of a group.

    Raises:
        ValueError: when there are not `count` of them.
    """
    made = 0
    for frame in frames:
        made += 1
        if made > count:
            break
        yield frame
    if made != count:
        raise ValueError(
            f"A group should hold {count} frames, but holds {made}: its base layer is damaged."
        )


def _pixels(frames):
    """Returns the number of pixels in a sequence of frames."""
    return len(frames) * frames[0][..., 0].size


def _more(share):
    """Returns the factor of squared errors for a share of the decibels that detail may cost."""
    return 10 ** (share * ALLOWED / 10)


def _floats(*videos):
    """Yields the frames of videos side by side, float32."""
    for frames in zip(*videos):
        yield [frame.astype("float32") for frame in frames]


def _luma(frame):
    return (frame @ LUMA)[..., 0]


def _sums(pairs):
    """Returns the sums of errors squared, of errors times changes, and of changes squared."""
    return np.sum([(np.vdot(e, e), np.vdot(e, c), np.vdot(c, c)) for e, c in pairs], 0, "float64")


def _far(far, cross, square, amount):
    """Returns the squared error when an amount of the change is subtracted from it."""
    return far - 2 * amount * cross + amount**2 * square


def _best(far, cross, square, allowed=0.0):
    """Returns the amount of least squared error; or the largest whose error is still allowed."""
    if not square:
        return 0.0
    return (cross + np.sqrt(max(cross**2 - square * (far - allowed), 0) * (allowed > 0))) / square
