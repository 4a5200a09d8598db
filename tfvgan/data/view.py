"""The view of a video: which frames, and which part of the picture at which size."""

from typing import NamedTuple

VIEW_CROPS = ("center", "none", "squeeze")


class View(NamedTuple):
    """A resize and a cut: the upright picture becomes `height` x `width`, of which the rows
    `top` to `bottom` and the columns `left` to `right` are kept."""

    height: int
    width: int
    top: int
    bottom: int
    left: int
    right: int

    def cut(self, pictures):
        """Returns resized pictures (..., height, width, 3) without what lies outside."""
        return pictures[..., self.top : self.bottom, self.left : self.right, :]


def view(height, width, size=None, crop="center"):
    """Returns the `View` of upright pictures of `height` x `width`.

    Args:
        height, width: of the upright picture, in pixels.
        size: None keeps the size; an int is the length of the shorter side; `(height, width)` is
            covered without changing the aspect.
        crop: "center" cuts the middle square, or `(height, width)`, out; "none" cuts nothing;
            "squeeze" makes the whole picture a square of `size`, or `(height, width)`.
    """
    if size is None:
        return View(height, width, 0, height, 0, width)
    wanted = (size, size) if isinstance(size, int) else size
    if crop == "squeeze":
        return View(*wanted, 0, wanted[0], 0, wanted[1])
    scale = max(wanted[0] / height, wanted[1] / width)
    tall, wide = max(wanted[0], round(height * scale)), max(wanted[1], round(width * scale))
    if crop == "none":
        return View(tall, wide, 0, tall, 0, wide)
    top, left = (tall - wanted[0]) // 2, (wide - wanted[1]) // 2
    return View(tall, wide, top, top + wanted[0], left, left + wanted[1])


def check_view(size, crop, fps, stride):
    """Raises ValueError when one of them is none that `read_frames` knows."""
    sides = (size, size) if size is None or isinstance(size, int) else size
    good = isinstance(sides, (tuple, list)) and len(sides) == 2
    good = good and all(isinstance(side, int) and side > 0 for side in sides)
    if size is not None and not good:
        raise ValueError(f"`size` must be None, a side or (height, width) in pixels, not {size!r}.")
    if crop not in VIEW_CROPS:
        raise ValueError(f"`crop` must be one of {VIEW_CROPS}, not {crop!r}.")
    if fps is not None and not fps > 0:
        raise ValueError(f"`fps` must be None or above 0, not {fps!r}.")
    if not isinstance(stride, int) or stride < 1:
        raise ValueError(f"`stride` must be a whole number of 1 or more, not {stride!r}.")
    if fps is not None and stride != 1:
        raise ValueError(f"`stride` must be 1 when `fps` is given, not {stride!r}: leave one out.")


def take(frames, fps=None, stride=1, slack=1e-6):
    """Yields every `stride`-th frame, or for each tick of `fps` the frame that is on show then.

    Args:
        frames: iterable of `(start, end, frame)`, where a frame is anything and is on show from
            `start` to `end`, in seconds after the first one's start.
        fps: ticks a second.
        slack: seconds that a frame may start after its tick.
    """
    if fps is None:
        for index, (_, _, frame) in enumerate(frames):
            if index % stride == 0:
                yield frame
        return
    tick, shown, over = 0, None, 0.0
    for start, end, frame in frames:
        while shown is not None and tick / fps < start - slack:
            yield shown
            tick += 1
        shown, over = frame, end
    while shown is not None and tick / fps < over - slack:
        yield shown
        tick += 1
