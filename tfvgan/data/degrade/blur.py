"""Blur: a kernel over every frame, with the border's pixels mirrored."""

import numpy as np


def gaussian_kernel(along: float, across: float | None = None, angle: float = 0.0) -> np.ndarray:
    """Returns a Gaussian kernel, float32 `(side, side)`, side odd, that sums to 1.

    Args:
        along: deviation in pixels, above 0, in the direction of `angle`.
        across: deviation at right angles to it; None for the same.
        angle: in radians, from the right downwards.
    """
    across = along if across is None else across
    reach = max(int(np.ceil(3 * max(along, across))), 1)
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1].astype("float64")
    first = (np.cos(angle) * x + np.sin(angle) * y) / along
    second = (np.cos(angle) * y - np.sin(angle) * x) / across
    kernel = np.exp(-0.5 * (first**2 + second**2))
    return (kernel / kernel.sum()).astype("float32")


def gaussian_profile(deviation: float) -> np.ndarray:
    """Returns the weights of a Gaussian blur along one axis, float32 `(side,)`, odd, that sum to 1.

    Args:
        deviation: in pixels, above 0.
    """
    return gaussian_kernel(deviation).sum(axis=0)


def blurred_along(
    values: np.ndarray, profile: np.ndarray, axis: int, border: str = "edge"
) -> np.ndarray:
    """Returns values blurred along an axis, float32 and unrounded.

    Args:
        values: numbers of any shape and range.
        profile: weights `(side,)`, side odd, that sum to 1.
        axis: int, from 0.
        border: what is beyond it, as of `numpy.pad`: "edge" repeats it, "symmetric" mirrors.
    """
    reach, length = len(profile) // 2, values.shape[axis]
    edges, steps = [(0, 0)] * values.ndim, [slice(None)] * values.ndim
    edges[axis] = (reach, reach)
    wide, total = np.pad(values, edges, border), np.zeros(values.shape, "float32")
    for place, weight in enumerate(profile):
        steps[axis] = slice(place, place + length)
        total += np.float32(weight) * wide[tuple(steps)]
    return total


def box_kernel(width: float, angle: float = 0.0) -> np.ndarray:
    """Returns the kernel of a steady movement by `width` pixels, float32 `(side, side)`, sum 1.

    Args:
        width: in pixels, above 0.
        angle: in radians, from the right downwards.
    """
    reach = max(int(np.ceil(width / 2)), 1)
    kernel = np.zeros((2 * reach + 1, 2 * reach + 1))
    steps = np.linspace(-width / 2, width / 2, 8 * reach + 1)
    for x, y in zip(steps * np.cos(angle), steps * np.sin(angle)):
        left, top = int(np.floor(x)), int(np.floor(y))
        for column, row in ((0, 0), (0, 1), (1, 0), (1, 1)):
            share = abs(1 - column - (x - left)) * abs(1 - row - (y - top))
            place = (min(top + row + reach, 2 * reach), min(left + column + reach, 2 * reach))
            kernel[place] += share
    return (kernel / kernel.sum()).astype("float32")


def blur(video: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """Returns the video with a kernel laid over every frame.

    Args:
        video: uint8 `(t, h, w, 3)`.
        kernel: float32 `(side, side)`, side odd and at most twice the picture's, sum 1.
    """
    reach = len(kernel) // 2
    edges = [(0, 0), (0, 0), (reach, reach), (reach, reach)]
    wide = np.pad(video.transpose(0, 3, 1, 2), edges, "symmetric")  # Fastest along the last axes.
    shape = wide.shape[2:]
    blurred = np.fft.irfft2(np.fft.rfft2(wide) * np.fft.rfft2(kernel, shape), shape)
    blurred = blurred[:, :, 2 * reach :, 2 * reach :].transpose(0, 2, 3, 1)
    return np.clip(np.rint(blurred), 0, 255).astype("uint8")
