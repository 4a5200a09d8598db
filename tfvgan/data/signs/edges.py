"""How much of a picture is hard edges: of text and drawings, and hardly of what cameras see."""

import numpy as np

HARD = 64.0  # Levels from one pixel to the next: lenses and sensors blur most edges to less.
SURE = 4.0  # Deviations of noise that are no edge.


def hard_share(luma: np.ndarray, noise: float = 0.0) -> float:
    """Returns the share of neighbours that an edge of one pixel lies between, from 0 to 1.

    Args:
        luma: float `(h, w)` in [0, 255].
        noise: deviation in levels of noise, which makes no edges.
    """
    luma = np.asarray(luma, "float32")
    least = HARD + SURE * noise
    return float(np.mean([np.mean(np.abs(np.diff(luma, axis=axis)) > least) for axis in (0, 1)]))
