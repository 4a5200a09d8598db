"""Frames of a group in limited memory: beyond it they lie in a temporary file."""

import os
import tempfile
from collections.abc import Iterable, Sequence
from typing import Self

import numpy as np


class Spilled(Sequence):
    """Frames of one size, uint8 `(h, w, 3)`, in the order in which they were appended.

    As a context it forgets them at the end. The file has no name: it is gone with this process,
    even if that is killed.

    Args:
        folder: where the file lies, if there is one.
        most: int, bytes that are kept in memory; of more than that all lie in the file.
    """

    def __init__(self, folder: str | os.PathLike | None, most: int):
        self._how = folder, most
        self._file = tempfile.SpooledTemporaryFile(most, dir=folder)  # noqa: SIM115 (closed below)
        self._shape, self._count = None, 0

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        self._file.close()

    def __len__(self):
        """Returns the number of frames."""
        return self._count

    def __getitem__(self, number):
        """Returns the frame of a number, a copy."""
        number = range(self._count)[number]
        frame = np.empty(self._shape, np.uint8)
        self._file.seek(number * frame.size)
        self._file.readinto(frame.reshape(-1))
        return frame

    def append(self, frame: np.ndarray) -> None:
        """Keeps one more frame."""
        self._shape = frame.shape if self._shape is None else self._shape
        self._file.seek(self._count * frame.size)
        self._file.write(np.ascontiguousarray(frame).reshape(-1))
        self._count += 1

    def alike(self) -> Self:
        """Returns another one without frames, kept in the same way."""
        return type(self)(*self._how)


def kept(frames: Iterable[np.ndarray], like: Sequence[np.ndarray]) -> Sequence[np.ndarray]:
    """Returns frames as a `Spilled` with the limits of `like`; in memory if that is none.

    Args:
        frames: iterable of uint8 `(h, w, 3)`.
        like: `Spilled`, or any other sequence.
    """
    spilled = like.alike() if isinstance(like, Spilled) else Spilled(None, 0)  # 0: without end.
    for frame in frames:
        spilled.append(frame)
    return spilled
