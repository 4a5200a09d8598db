"""Scene cuts, by FFmpeg's score of how much a frame differs from the one before."""

from fractions import Fraction

import numpy as np

from tfvgan.data.colours import Reformatter

SIDES = (96, 160)  # Frames are looked at in this size, height and width.
THRESHOLD = 0.3  # Of FFmpeg's score; its manual advises 0.3 to 0.5.


class SceneCuts:
    """Tells for each frame of a video, in order, whether a new scene begins with it.

    Source: the `scene` score of FFmpeg's filter `select`: the mean absolute difference from the
    frame before, and no more than that has grown since the one before that.

    Args:
        threshold: float in [0, 1], of the score; lower finds more.

    Attributes:
        picture: uint8 `(*SIDES, 3)`, the last frame as it was looked at; None before the first.
    """

    def __init__(self, threshold: float = THRESHOLD):
        self.threshold = threshold
        self._graph = None
        self._reformatter = Reformatter()
        self._count = 0
        self.picture = None

    def __call__(self, frame: np.ndarray) -> bool:
        """Returns whether the frame, uint8 or uint16 `(h, w, 3)`, is the first of a scene."""
        import av

        frame = (frame >> 8).astype("uint8") if frame.dtype == np.uint16 else frame
        if self._graph is None:
            self._make()
        picture = av.VideoFrame.from_ndarray(np.ascontiguousarray(frame), format="rgb24")
        height, width = SIDES
        picture = self._reformatter.reformat(picture, width=width, height=height)
        self.picture = picture.to_ndarray()
        picture.pts, picture.time_base = self._count, Fraction(1, 25)
        self._count += 1
        self._source.push(picture)
        try:
            self._sink.pull()
        except av.BlockingIOError:
            return self._count == 1
        return True

    def _make(self):
        import av

        self._graph = av.filter.Graph()
        self._source = self._graph.add_buffer(
            width=SIDES[1], height=SIDES[0], format="rgb24", time_base=Fraction(1, 25)
        )
        self._sink = self._graph.add("buffersink")
        chosen = self._graph.add("select", f"gt(scene,{self.threshold})")
        self._source.link_to(chosen)
        chosen.link_to(self._sink)
        self._graph.configure()
