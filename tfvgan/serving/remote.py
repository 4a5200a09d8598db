"""A step on a frame that a server makes: files go through it as through a network in memory."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import tensorflow as tf

from tfvgan.serving.asking import ToldSignature

PROBE = 64  # Pixels of the picture by which a server is asked how large frames become.
KEPT = 4  # Files of pictures that are kept: a frame is before, in and after parts.
LARGEST = 24 << 20  # Bytes of frames in a request and its answer.
MAGICS = {1: b"P5", 3: b"P6"}  # Of PGM and PPM, by channels.
DEEPER = 257  # Levels of 16 bits in one of 8.
Ask = Callable[[str, dict[str, np.ndarray]], dict[str, np.ndarray]]


class FoundOut(NamedTuple):
    """What a picture has shown of a served model.

    Attributes:
        factor: how many times as large frames become.
        multiple: pixels of a side that one of a state's stands for.
        channels: of a state.
        reads_plain: whether PPM files are read, where they were tried.
    """

    factor: int
    multiple: int
    channels: int
    reads_plain: bool


class RemoteStepper:
    """Does to a frame what a served model does. It is a `tfvgan.streaming.Stepper`.

    By gRPC frames and states go as arrays, by REST as files and bytes, without loss either way.
    Files are PPM where nothing is gained by fewer bytes, if the server reads them, else PNG. Frames
    of 16 bits are sent as 8.

    Args:
        ask: function of a signature's name and its inputs, which returns its outputs.
        signatures: of the model, by name.
        verb: what it does, such as "restore".
        name: text that tells this model and version from all others.
        conditions: numbers that the signature reads, by name.
        arrays: whether pictures go as arrays.
        jpeg: whether pictures in files go as JPEG, which is smaller, and loses a little.
        near: whether the server is on this machine, where bytes cost less than packing them.
        measured: what another one of this model and verb has found out of it, its `measured`.

    Raises:
        ValueError: when the model does not do that, or reads something else.
    """

    alpha, found, together = False, None, 10
    factor = 1  # Until the server has said it.

    def __init__(
        self,
        ask: Ask,
        signatures: Mapping[str, ToldSignature],
        verb: str,
        name: str,
        conditions: Mapping[str, float] | None = None,
        arrays: bool = False,
        jpeg: bool = False,
        near: bool = False,
        measured: FoundOut | None = None,
    ):
        self._in_files = f"{verb}_part_encoded"
        if self._in_files not in signatures:
            raise ValueError(
                f"`{name}` must serve {self._in_files}, but serves "
                f"{', '.join(sorted(signatures))}: ask another model, or export it anew."
            )
        in_arrays = f"{verb}_part"
        self._arrays, self._jpeg = arrays and not jpeg and in_arrays in signatures, jpeg
        self._plain = near and not jpeg
        self._signature = in_arrays if self._arrays else self._in_files
        self._reads = signatures[self._signature].inputs
        self._ask, self._files = ask, []
        self._conditions = {key: np.float32([value]) for key, value in (conditions or {}).items()}
        lacking = [key for key in self._conditions if key not in self._reads]
        if lacking:
            raise ValueError(
                f"`{name}` is not told {', '.join(lacking)}: leave that out, or ask another model."
            )
        self.identity = f"remote {name} {verb} {sorted((conditions or {}).items())} {jpeg}"
        self.masked = any(key in self._reads for key in ("mask", "mask_bytes"))
        if measured is None:
            measured = self._measure(signatures[self._in_files].inputs)
        self.measured = measured
        self.factor, self.multiple, self._channels, reads_plain = measured
        self._plain = self._plain and reads_plain

    @property
    def bytes_per_pixel(self) -> float:
        """Returns roughly the bytes of memory that a step takes for each pixel of its frame.

        As of a restorer whose network is as wide as the state that came, so that frames are done
        in the same tiles.
        """
        folded = self.multiple**2
        small = 12 * folded + 6 * self._channels
        return 4.0 * (2 * small / folded + 18 * self.factor**2)

    def step(
        self, window: Sequence[np.ndarray], state: np.ndarray | None
    ) -> tuple[np.ndarray, np.ndarray]:
        """Returns the new frame, of the window's dtype, and the state after it.

        Args:
            window: three frames, as `tfvgan.streaming.Stepper` says.
            state: float32, what came with the frame before; None at the beginning.
        """
        (made,), state = self.steps(window, state)
        return made, state

    def steps(
        self, window: Sequence[np.ndarray], state: np.ndarray | None
    ) -> tuple[list[np.ndarray], np.ndarray]:
        """Returns the new frames of a window of any length, and the state after the last.

        Args:
            window: frames in a row, of which all but the first and the last become new ones.
            state: as of `step`.
        """
        made, state = self.outputs(window, state)
        return [_as_deep(picture, window[1].dtype) for picture in made], state

    def outputs(
        self, window: Sequence[np.ndarray], state: np.ndarray | None
    ) -> tuple[list[np.ndarray], np.ndarray]:
        """Returns what is made of frames, uint8 `(h, w, c)` each, and the state; see `steps`.

        What would be too large for one request becomes several.
        """
        seen = [_in_eight_bits(frame) for frame in window]
        most = max(1, LARGEST // (seen[1].nbytes * (1 + self.factor**2)))
        made = []
        for at in range(1, len(seen) - 1, most):
            part = seen[at - 1 : at + most + 1]
            pictures, state = self._read(self._ask(self._signature, self._inputs(part, state)))
            made += pictures
        return made, state

    def _inputs(self, seen, state):
        """Returns what the signature reads of frames in a row, and of the state before them."""
        inputs = dict(self._conditions)
        for name in self._reads:
            if name in ("state", "state_bytes"):
                inputs[name] = self._given_state(state, seen[1])
            elif name not in inputs:
                inputs[name] = self._pictures(name, seen)
        return inputs

    def _read(self, outputs):
        """Returns what was made, and the state, of what a server answered."""
        outputs = dict(outputs)
        if self._arrays:
            state = outputs.pop("state")
            (made,) = outputs.values()
            return list(made[0]), state
        state = tf.io.parse_tensor(outputs.pop("state_bytes")[0], tf.float32).numpy()[None]
        (files,) = outputs.values()
        files = files[0].reshape(files.shape[1], -1)  # Of masks one for each class.
        return [np.concatenate([_decoded(each) for each in row], axis=-1) for row in files], state

    def _measure(self, reads):
        """Returns how large frames become, what of them are the states, and which files go."""
        asked = self._signature, self._reads, self._arrays
        self._signature, self._reads, self._arrays = self._in_files, reads, False
        try:
            made, state = self._probed()
        finally:
            self._signature, self._reads, self._arrays = asked
        return FoundOut(len(made) // PROBE, PROBE // state.shape[1], state.shape[-1], self._plain)

    def _probed(self):
        """Returns what becomes of a grey picture, and the state; PNG goes where PPM is refused."""
        grey = np.full((PROBE, PROBE, 6), 128, np.uint8)
        try:
            (made,), state = self.outputs([grey] * 3, None)
        except ValueError:
            if not self._plain:
                raise
            self._plain, self._files = False, []  # Exported before PPM was read.
            return self._probed()
        return made, state

    def _given_state(self, state, frame):
        """Returns a state as the signature reads it."""
        if not self._arrays:
            data = b"" if state is None else tf.io.serialize_tensor(state[0]).numpy()
            return np.array([data], object)
        if state is not None:
            return np.asarray(state)
        sides = [-(-side // self.multiple) for side in frame.shape[:2]]
        return np.zeros((1, *sides, self._channels), np.float32)

    def _pictures(self, name, seen):
        """Returns the pictures of frames in a row that the signature reads by a name."""
        short = name.removesuffix("_bytes")
        when = short.rpartition("_")[2]
        single = when in ("before", "after")
        frames = seen[:1] if when == "before" else seen[-1:] if single else seen[1:-1]
        if short == "mask":
            pictures = [f[..., 3:] if f.shape[-1] == 4 else 0 * f[..., :1] for f in frames]
        else:
            first = 3 * short.startswith("processed")
            pictures = [frame[..., first : first + 3] for frame in frames]
        if not self._arrays:
            files = np.empty(len(pictures), object)
            files[:] = [self._file(np.ascontiguousarray(picture)) for picture in pictures]
            return files if single else files[None]
        clip = np.stack(pictures)
        clip = np.float32(clip / 255) if short == "mask" else clip
        return clip if single else clip[None]

    def _file(self, picture):
        """Returns the file of a picture, which is packed once for its place before and after."""
        if self._plain:
            return plain_file(picture)
        for kept, file in self._files:
            if np.array_equal(kept, picture):
                return file
        if self._jpeg and picture.shape[-1] == 3:
            file = tf.io.encode_jpeg(picture, quality=95).numpy()
        else:
            file = tf.io.encode_png(picture, compression=1).numpy()
        self._files = [*self._files, (picture.copy(), file)][-KEPT:]
        return file


def plain_file(picture: np.ndarray) -> bytes:
    """Returns a picture, uint8 `(h, w, 1 or 3)`, as a PGM or a PPM file."""
    height, width, channels = picture.shape
    return b"%s\n%d %d\n255\n" % (MAGICS[channels], width, height) + picture.tobytes()


def _decoded(file):
    if file.startswith(tuple(MAGICS.values())):
        _magic, sides, _, levels = file.split(b"\n", 3)
        width, height = map(int, sides.split())
        return np.frombuffer(levels, np.uint8).reshape(height, width, -1)
    return tf.io.decode_image(file, expand_animations=False).numpy()


def _in_eight_bits(frame):
    if frame.dtype == np.uint8:
        return frame
    return ((frame.astype(np.uint32) + DEEPER // 2) // DEEPER).astype(np.uint8)


def _as_deep(picture, dtype):
    return picture if dtype == np.uint8 else picture.astype(np.uint16) * np.uint16(DEEPER)
