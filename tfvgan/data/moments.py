"""Which frames of a clip are shown to networks that render and judge single moments."""

import numpy as np

from tfvgan.data.order import generator

LONGEST_SPAN = 32  # frames from the first moment to the last, the published `max_dist`


class Moments:
    """Draws `count` distinct frames of a clip, as a pure function of (seed, epoch, sample).

    First the span, from the first of the frames to the last; then where in the clip it lies, and
    which frames between its ends, both uniformly. So it is in StyleGAN-V's published code, whose
    spans are the powers of two up to 32, equally likely. Here every whole number up to 32 is one,
    as likely as 1 / span. Short spans, which motion is judged by, are still the most frequent; and
    of 3 frames of 16, the two furthest are up to 15 apart instead of 8, and the first frame is
    seen 0.80 times as often as frames are on average instead of 0.50 times.

    Source: Skorokhodov et al. 2022, "StyleGAN-V", section 3.3, and its `random_frame_sampling`.

    Args:
        count: frames to draw, 1 to `frames`.
        frames: of a clip.
        seed: of the draws.
        anew: whether each epoch draws other frames; False draws those of epoch 0 every time.

    Raises:
        ValueError: when `count` is out of its range.
    """

    def __init__(self, count, frames, seed, anew=True):
        if not 1 <= count <= frames:
            raise ValueError(
                f"`moments` must be from 1 to the {frames} frames of a clip, but is {count!r}."
            )
        self.count = count
        self.frames = frames
        self.seed = seed
        self.anew = anew
        longest = min(frames - 1, max(LONGEST_SPAN, count - 1)) if count > 1 else 0
        self.spans = np.arange(count - 1, longest + 1)
        chances = 1 / np.maximum(self.spans, 1)
        self.chances = chances / chances.sum()

    def draw(self, epoch, sample):
        """Returns the frames' numbers, ascending, int64 `(count,)`."""
        draws = generator("moments", self.seed, epoch if self.anew else 0, sample)
        span = draws.choice(self.spans, p=self.chances)
        first = draws.integers(self.frames - span)
        if self.count == 1:
            return np.array([first])
        inside = 1 + draws.choice(max(span - 1, 1), self.count - 2, replace=False)
        return first + np.sort([0, *inside, span])
