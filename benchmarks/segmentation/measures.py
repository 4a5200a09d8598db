"""What is measured of masks beside the true ones: how far they overlap, edges, and flips.

Masks are bool `(t, h, w)`, true where something is. Overlap and edges are those of DAVIS, and so
are the answers where nothing is: Perazzi et al. 2016, A benchmark dataset and evaluation
methodology for video object segmentation, https://doi.org/10.1109/CVPR.2016.85, sec. 4.
"""

import cv2
import numpy as np

TOLERANCE = 0.008  # Of the diagonal, how far an edge may be from the true one.
MEASURES = ("IoU", "boundary F", "flips x1000")


def measured(made, true):
    """Returns `MEASURES` of masks."""
    values = overlap(made, true), boundary(made, true), flips(made, true)
    return dict(zip(MEASURES, values, strict=True))


def overlap(made, true):
    """Returns the mean over frames of intersection over union, 1 where both masks are empty."""
    common, either = (each.sum((1, 2)) for each in (made & true, made | true))
    return float(np.where(either > 0, common / np.maximum(either, 1), 1.0).mean())


def boundary(made, true):
    """Returns the mean over frames of the edges' F, of precision and recall.

    Precision is the share of a mask's edge that is no further than the tolerance from the true
    one's, in pixels `TOLERANCE` of the diagonal, rounded up; recall is the reverse.
    """
    far = int(np.ceil(TOLERANCE * np.hypot(*made.shape[1:])))
    places = np.arange(-far, far + 1)
    disk = (np.hypot(places[:, None], places[None]) <= far).astype("uint8")
    found = []
    for pair in zip(made, true, strict=True):
        edges = [_edge(mask) for mask in pair]
        near = [cv2.dilate(edge.astype("uint8"), disk).astype(bool) for edge in edges]
        precision, recall = _share(edges[0], near[1]), _share(edges[1], near[0])
        both = precision + recall
        found.append(2 * precision * recall / both if both else 0.0)
    return float(np.mean(found))


def flips(made, true):
    """Returns how many of a thousand pixels change between two frames where the true one doesn't.

    Masks that follow the true ones have none, and neither have those that never change.
    """
    changed, truly = (each[1:] != each[:-1] for each in (made, true))
    return float(1000 * (changed & ~truly).mean())


def _edge(mask):
    """Returns the pixels that differ from the next one right, below, or both."""
    padded = np.pad(mask, (0, 1), "edge")
    right, below, both = padded[:-1, 1:], padded[1:, :-1], padded[1:, 1:]
    return (mask != right) | (mask != below) | (mask != both)


def _share(edge, near):
    """Returns the share of an edge that is near another; 1 where there is none."""
    count = edge.sum()
    return (edge & near).sum() / count if count else 1.0
