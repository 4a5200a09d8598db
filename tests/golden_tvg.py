"""A compressed video that is kept for ever, and the network that it is decoded by.

Its three groups of four frames have a base layer each by AV1, HEVC and H.264. Beside it is the
middle of each group's third frame, decoded where it was made. It was written by `write`; a new
version of the format gets files of its own. In another file the packets of its AV1 group lie closer
together; in a third one that group has half the size; in a fourth one it gets sharper; and in a
fifth one all three groups are as they are written today, without what packets repeat.
"""

from fractions import Fraction
from pathlib import Path

import numpy as np
from moving import texture

from tfvgan.coding import Header, Writer
from tfvgan.data.base_layer import STANDARDS
from tfvgan.networks import RestorerGenerator
from tfvgan.tasks import EnhancedCodec
from tfvgan.tasks.compression.enhanced_group import unpacked

FOLDER = Path(__file__).with_name("tasks") / "compression" / "golden"
FILE, PIXELS = FOLDER / "enhanced-v1.tvg", FOLDER / "enhanced-v1.npy"
CLOSE = FOLDER / "enhanced-v1-close.tvg"
HALF, HALF_PIXELS = FOLDER / "enhanced-v1-half.tvg", FOLDER / "enhanced-v1-half.npy"
SHARP, SHARP_PIXELS = FOLDER / "enhanced-v1-sharp.tvg", FOLDER / "enhanced-v1-sharp.npy"
HEADS, HEADS_PIXELS = FOLDER / "enhanced-v1-heads.tvg", FOLDER / "enhanced-v1-heads.npy"
FRAMES, SIZE, SHOWN, PART = 4, (90, 106), 2, slice(30, 62)


def network():
    """Returns the network, all of whose weights are drawn by NumPy."""
    made = RestorerGenerator(1, 8, 1, folds=2, leveled=True)
    made.build()
    draws = np.random.default_rng(3)
    for weight in made.weights:
        weight.assign(draws.normal(0.0, 0.05, weight.shape))
    return made


def codec(standard="av1", size="full"):
    """Returns the codec that it was compressed by."""
    return EnhancedCodec(network(), standard, quality=3, size=size)


def write(folder, file=FILE, pixels=PIXELS, standards=tuple(STANDARDS), size="full", sharpness=0):
    """Writes a file, and what it was decoded to."""
    height, width = SIZE
    time_base = Fraction(1, 25000)
    header = Header("enhanced", codec().identity[:8], width, height, time_base)
    shown = []
    with Writer(Path(folder, file.name), header) as writer:
        for number, standard in enumerate(standards):
            video = texture(FRAMES, max(SIZE), (1.5, 0.5), number)[0][:, :height, :width]
            group = unpacked(codec(standard, size).encode(list(video), 25), FRAMES)
            payload = group._replace(strength=160, sharpness=sharpness).packed()
            times = [1000 * (FRAMES * number + n) for n in range(FRAMES)]
            writer.write_group(times, payload)
            made = list(codec(standard).decode(payload, FRAMES, SIZE))
            shown.append(made[SHOWN][PART, PART])
    np.save(Path(folder, pixels.name), np.stack(shown))
