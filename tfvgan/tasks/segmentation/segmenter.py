"""A trained segmenter on its own: arrays or files in, masks or other backgrounds out."""

import os
from collections.abc import Sequence
from typing import Self, Unpack

import numpy as np
import tensorflow as tf

from tfvgan.data.errors import say_once
from tfvgan.engine import Endpoint
from tfvgan.networks import SegmenterGenerator
from tfvgan.networks.segmenter import KEPT
from tfvgan.streaming.settings import ProcessSettings
from tfvgan.tasks.examples import smooth_pictures
from tfvgan.tasks.filling import cut_off, filled_up
from tfvgan.tasks.recurrent import EDGE, Recurrent, are_files
from tfvgan.tasks.segmentation.views import CUTOUT, MASK, behind, grown, pictured
from tfvgan.video import from_levels, to_levels, to_uint8

RUN = 4  # Frames of a picture that moves, for edge devices.
SEEN = 256  # Pixels that the shorter side of what a network sees has at most, if it may choose.
MOST_GROWN = 64  # Pixels.


class Segmenter(Recurrent):
    """Says of each pixel of videos how far it is of which class; nothing of the training is needed.

    It is a `tfvgan.streaming.Stepper`, and takes whole files as `segment` is handed their paths.

    Args:
        generator: `tfvgan.networks.SegmenterGenerator`; it must not learn any more.
        view: what becomes of a video: "mask", a picture of its masks, of two classes grey;
            "overlay", the frame with colours over it; "cutout", the frame with an alpha channel:
            how far it is of another class than the first; "blur", the frame with all that is of the
            first class blurred; or what is in its place: a colour, such as "green" or "#00ff00", or
            the path of a picture or a video, see `tfvgan.streaming.behind.Behind`, of files alone.
        shrink: how many times smaller the network sees frames; masks have the frames' own edges,
            whatever it is. None is 1 for endpoints, and else what leaves `SEEN` pixels or less of
            the shorter side, about as large as what networks learn from.
        edge: `(height, width)` of the frames that an edge device is to segment.
        grow: pixels by which what was cut out is shown larger each way, `MOST_GROWN` at most.

    Raises:
        ValueError: when it is no such network, or something else is none of the above.
    """

    verb = "segment"
    outputs = ("mask", "mask")

    def __init__(
        self,
        generator: SegmenterGenerator,
        view: str | os.PathLike = MASK,
        shrink: int | None = None,
        edge: tuple[int, int] = EDGE,
        grow: int = 0,
    ):
        if not isinstance(generator, SegmenterGenerator):
            raise ValueError(
                "`generator` must be a tfvgan.networks.SegmenterGenerator, but is a "
                f"{type(generator).__name__}: of a VideoSegmenter give its `average`."
            )
        self.behind = behind(view)
        if shrink is not None and shrink < 1:
            raise ValueError(f"`shrink` must be 1 or more, but is {shrink!r}.")
        if not 0 <= grow <= MOST_GROWN:
            raise ValueError(f"`grow` must be from 0 to {MOST_GROWN} pixels, but is {grow!r}.")
        self._hold(generator, edge)
        self.view, self.alpha, self.found = view, view == CUTOUT, False
        self.shrink, self.grow = shrink, grow
        self.multiple *= shrink or 1
        self._stepped = tf.function(self._step)

    @property
    def identity(self) -> str:
        """Returns a text that is unique to this network, and to what is shown."""
        view = self.view if self.behind is None else "behind"  # Jobs tell by themselves which.
        return self.digest(f"segmenter {view} {self.shrink} {self.grow}".encode()).hex()

    @property
    def bytes_per_pixel(self) -> float:
        """Returns roughly the bytes of memory that a step takes for each pixel of its frame.

        Numbers of 4 bytes: of what the network reads and makes at a quarter of the sides, and of
        the ground, twice; of what it says of each class, twice; and of ten pictures.
        """
        network = self.generator
        small = (3 * 16 + 2 * KEPT + 6 * network.width) / 16
        return 4.0 * (2 * small + 2 * 5 * network.classes + 10 * 3)

    def resized(self, edge: tuple[int, int]) -> Self:
        """Returns the same segmenter for edge devices with frames of another `(height, width)`."""
        return type(self)(self.generator, self.view, self.shrink, edge, self.grow)

    def step(
        self, window: Sequence[np.ndarray], state: np.ndarray | tf.Tensor | None
    ) -> tuple[np.ndarray, tf.Tensor]:
        """Returns what is shown of a frame, `(h, w, 3)`, of a cutout 4, and the state after it.

        From the first frame on in which more than half of a pixel is of another class than the
        first, `found` is True.

        Args:
            window: three frames, uint8 `(h, w, 3)`, or uint16 as the new frame is then: before,
                now, after, of which the middle one is read; `(h, w, 6)` with what is behind.
            state: float32 of the frame before, as it came or an array; None at the beginning of a
                scene. It stays where the network is.
        """
        given = tf.constant(window[1][None])
        state = self._started(given[..., :3]) if state is None else state
        picture, state, found = self._stepped(given, tf.convert_to_tensor(state))
        self.found = self.found or bool(found)
        return picture.numpy()[0], state

    def _step(self, given, state):
        frame = given[..., :3]
        shares, state = self._both(frame, state, self._times(frame))
        ground = None if self.behind is None else from_levels(given[..., 3:])
        shares = grown(shares, self.grow)
        made = pictured(self.view, from_levels(frame), shares, ground)
        return to_levels(made, given.dtype.name), state, tf.reduce_any(shares[..., 0] < 0.5)

    def _times(self, frame):
        """Returns how many times smaller the network sees frames of a size that is known."""
        return self.shrink or max(1, -(-min(frame.shape[1:3]) // SEEN))

    def _filled(self, frame, times):
        return from_levels(filled_up(frame, 2**self.generator.folds * times))

    def _started(self, frame, times=None):
        times = times or self._times(frame)
        return self.generator.start(self._filled(frame, times), times)

    def _both(self, frame, state, times):
        """Returns the shares of frames of any size, float32, and the states, of a batch."""
        shares, state = self._network(self._filled(frame, times), state, times)
        return cut_off(shares, frame), state

    def segment(
        self,
        video: np.ndarray | str | os.PathLike,
        out: str | os.PathLike | None = None,
        **how: Unpack[ProcessSettings],
    ) -> np.ndarray | str:
        """Returns what is shown of the video, uint8 `(t, h, w, 3)`; or, of a file, `out`.

        Of a cutout there are 4 channels. Where nothing was found in a file, a warning says so.

        Args:
            video: uint8 `(t, h, w, 3)` in [0, 255], one scene; or the path of a file of any length,
                of a folder of images, or "-".
            out: where to write what a path's video becomes; see `tfvgan.streaming.process`.
            **how: further arguments of `tfvgan.streaming.process`.

        Raises:
            ValueError: when a path comes without `out`, or an array with it or to be put before a
                file; as `process` does.
        """
        from tfvgan import streaming

        if are_files({"video": video}, out, how):
            written = streaming.process(self, video, out, background=self.behind, **how)
            if not self.found:
                _tell_nothing("standard input" if os.fspath(video) == streaming.PIPE else video)
            return written
        if self.behind is not None:
            raise ValueError(
                "A picture or a video as `view` is behind videos in files: give a path and `out`, "
                "or another `view`."
            )
        return self.scene(video)

    def masks(self, video: np.ndarray) -> np.ndarray:
        """Returns the shares of a scene's pixels in whole levels, uint8 `(t, h, w, classes)`.

        They are not grown.

        Args:
            video: uint8 `(t, h, w, 3)` in [0, 255].

        Raises:
            ValueError: when it is no such array.
        """
        are_files({"video": video}, None, {})
        state, made = None, []
        for frame in video:
            frame = tf.constant(frame[None])
            state = self._started(frame) if state is None else state
            shares, state = self._both(frame, state, self._times(frame))
            made.append(self._rounded(shares)[0].numpy())
        return np.stack(made)

    # What is served.

    def endpoints(self) -> dict[str, Endpoint]:
        """Returns `segment` for clips and `segment_frame` for edge devices, a frame at a time.

        `segment(video)` reads uint8 `(batch, t, h, w, 3)`, and gives `mask`, uint8 `(batch, t, h,
        w, classes)`: shares times 255. `segment_frame(frame, state)` reads a frame and the `state`
        that came with the one before, zeros at first; it gives `mask`, on edge devices float32
        shares, and `state`. Frames may be of any size: a state's sides are theirs over `multiple`,
        rounded up.
        """
        return self.endpoints_of(self.verb)

    def _rounded(self, made):
        return to_uint8(2.0 * made - 1.0)

    def _clip_specs(self):
        return [tf.TensorSpec((None, None, None, None, 3), tf.uint8, "video")]

    def _frame_specs(self, extents):
        return [tf.TensorSpec((*extents, 3), tf.uint8, "frame"), self._state_spec(extents)]

    def _made(self, frame, state):
        return self._both(frame, state, self.shrink or 1)

    def _channels(self):
        return self.generator.classes

    def _examples(self, count, seed):
        """Returns inputs of `segment_frame`: synthetic pictures that move, and the states so far.

        The first state is that of a beginning, zeros, where a network has seen no motion.
        """
        height, width = self.edge
        pictures = smooth_pictures(-(-count // RUN), max(self.edge), seed)
        made = []
        for picture in pictures:
            state = tf.zeros(self._state_spec((1, *self.edge)).shape)
            for number in range(RUN):
                frame = tf.roll(picture, (number, 2 * number), (0, 1))[None, :height, :width]
                made.append({"frame": frame.numpy(), "state": state.numpy()})
                _, state = self._made(frame, state)
        return made[:count]


def _tell_nothing(video):
    """Warns that a file's masks are empty."""
    say_once(
        f"In {video} nothing was found: in no frame is more than half of any pixel of another "
        "class than the first, which is the background."
    )
