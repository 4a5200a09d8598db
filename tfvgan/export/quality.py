"""What an export loses, in the units by which its model is judged.

Differences of numbers say little: a file of 8 bits may be far off in some pixels and look the same.
"""

from collections.abc import Mapping, Sequence

import numpy as np

ASSUMED = 35.0  # dB of PSNR of the Keras model itself against the truth, where `lost` is asked for.
EXACT = 100.0  # dB above which pictures are told to be equal.


def agreement(
    made: Mapping[str, Sequence[np.ndarray]], expected: Mapping[str, Sequence[np.ndarray]]
) -> tuple[float, str]:
    """Returns how near outputs are to the Keras model's, and the unit of that.

    - "dB": of videos and frames, the PSNR between both, 100 at most;
    - "IoU": of masks, the overlap of what is most likely at each pixel, the mean over classes;
    - "cosine": of vectors, the mean;
    - "share": of anything else, 1 less the mean difference.

    Args:
        made: dict of lists of arrays by output: float32 videos in [-1, 1] or uint8 ones, masks and
            scores in [0, 1], vectors of any length.
        expected: likewise, of the Keras model.
    """
    if "mask" in expected:
        return _overlap(made["mask"], expected["mask"]), "IoU"
    if "vectors" in expected:
        pairs = zip(made["vectors"], expected["vectors"], strict=True)
        return float(np.mean([_cosine(*pair) for pair in pairs])), "cosine"
    name = next(key for key in expected if key != "state" or len(expected) == 1)
    pairs = [(_floats(one), _floats(two)) for one, two in zip(made[name], expected[name])]
    if name not in ("video", "frame"):
        return 1 - float(np.mean([np.abs(one - two).mean() for one, two in pairs])), "share"
    error = float(
        np.mean([np.mean((one.clip(-1, 1) - two.clip(-1, 1)) ** 2) for one, two in pairs])
    )
    return min(EXACT, 10 * np.log10(4 / error) if error else EXACT), "dB"


def lost(agreed: float, unit: str) -> float:
    """Returns what is lost by an agreement: dB of PSNR, and per cent of all else.

    A model is off the truth, and an export is off the model: where these errors are independent,
    squares of both add up. So what is lost depends on how good the model is; it is taken to be at
    35 dB, and one that is worse loses less.

    Args:
        agreed: of `agreement`.
        unit: likewise.
    """
    if np.isnan(agreed):
        return float("inf")
    if unit != "dB":
        return 100 * (1 - agreed)
    return 0.0 if agreed >= EXACT else float(10 * np.log10(1 + 10 ** ((ASSUMED - agreed) / 10)))


def _floats(values):
    """Returns videos in [-1, 1], from bytes, too."""
    return values / 127.5 - 1 if values.dtype == np.uint8 else values.astype("float64")


def _overlap(made, expected):
    both = np.concatenate([np.stack([one.argmax(-1).ravel(), two.argmax(-1).ravel()])
                           for one, two in zip(made, expected, strict=True)], axis=1)  # fmt: skip
    shares = []
    for number in range(expected[0].shape[-1]):
        inside = both == number
        if inside.any():
            shares.append(inside.all(axis=0).sum() / inside.any(axis=0).sum())
    return float(np.mean(shares))


def _cosine(one, two):
    one, two = one.astype("float64"), two.astype("float64")
    lengths = np.linalg.norm(one, axis=-1) * np.linalg.norm(two, axis=-1)
    return float(np.mean((one * two).sum(-1) / np.maximum(lengths, 1e-12)))
