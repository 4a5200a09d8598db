"""How much of the detail that its pixels can show a picture has."""

import numpy as np

WINDOW = 64  # Pixels of a side of the squares whose spectra are averaged.
MIDDLE = (0.06, 0.14)  # Cycles a pixel: what every picture has, and the rest is compared with.
LEAST_POWER = 1e-3  # Levels squared: below it rounding to whole levels is all there is.


def detail_share(plane: np.ndarray, noise: float = 0.0) -> float:
    """Returns how much of the detail that its pixels can show a picture has, from 0 to 1.

    Pictures of the world have a power that falls with the square of the frequency. 1 is a picture
    whose detail goes on so to the highest frequency that pixels have; one that was enlarged twice
    has about half. Each frequency counts by its amplitude over what that law says, and at most 1.

    Args:
        plane: float `(h, w)` in [0, 255], luma or chroma, of 64 pixels a side or more.
        noise: deviation in levels of white noise, whose power is taken off.

    Source: the law is Field 1987, "Relations between the statistics of natural images and the
        response properties of cortical cells".
    """
    power = np.mean([_along(plane, noise), _along(np.asarray(plane).T, noise)], axis=0)
    frequencies = np.fft.rfftfreq(WINDOW)
    middle = (frequencies >= MIDDLE[0]) & (frequencies <= MIDDLE[1])
    usual = np.mean((power * frequencies**2)[middle])
    if usual <= LEAST_POWER * np.mean(frequencies[middle] ** 2):
        return 0.0
    share = np.sqrt(np.minimum(power * frequencies**2 / usual, 1))
    share[frequencies < MIDDLE[0]] = 1.0
    return float(share.mean())


def _along(plane, noise):
    """Returns the power of each frequency along rows, `(WINDOW / 2 + 1,)`, without noise's."""
    plane = np.asarray(plane, "float32")
    starts = range(0, plane.shape[1] - WINDOW + 1, WINDOW // 2)
    window = np.hanning(WINDOW).astype("float32")
    window /= np.sqrt(np.sum(window**2))
    parts = np.stack([plane[:, start : start + WINDOW] for start in starts])
    spectra = np.abs(np.fft.rfft((parts - parts.mean(-1, keepdims=True)) * window)) ** 2
    # The rounding to whole levels is noise, too.
    return np.maximum(spectra.mean(axis=(0, 1)) - noise**2 - 1 / 12, 0)
