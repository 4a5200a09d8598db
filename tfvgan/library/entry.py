"""An entry of a library: the vectors and facts of a video, in one small file with a checksum."""

import dataclasses
import json
import os

import numpy as np

from tfvgan.claims import claimed
from tfvgan.library.embedding import Vectors
from tfvgan.library.windows import NUMBERS
from tfvgan.sealed import check_seal, write_sealed


@dataclasses.dataclass(frozen=True)
class Facts:
    """What a video is: the embedder's name as `model`, `size` in bytes, the upright picture's
    `height` and `width`, frames a second, seconds, and FFmpeg's name of the codec."""

    model: str
    size: int
    frames: int
    fps: float
    height: int
    width: int
    duration: float
    codec: str

    @property
    def bit_rate(self) -> float:
        """Returns the bits a second of the whole file, its sound too."""
        return 8 * self.size / max(self.duration, 1e-3)


@dataclasses.dataclass(frozen=True)
class VideoEntry:
    """The `Facts` of a video and its `Vectors`."""

    facts: Facts
    vectors: Vectors

    def save(self, path: str | os.PathLike) -> str:
        """Returns the path of the .npz file that is written, which appears whole."""
        text = json.dumps(dataclasses.asdict(self.facts))
        arrays = {**self.vectors._asdict(), "facts": np.frombuffer(text.encode(), np.uint8)}
        return write_sealed(path, lambda file: np.savez(file, **arrays))

    @classmethod
    def load(cls, path: str | os.PathLike) -> "VideoEntry":
        """Returns the entry in a file.

        Raises:
            FileNotFoundError: when there is none.
            ValueError: when it is damaged, or something else.
        """
        if not os.path.exists(path):
            raise FileNotFoundError(path)
        check_seal(path)
        try:
            with np.load(path, allow_pickle=False) as arrays:
                facts = claimed(json.loads(arrays["facts"].tobytes()), Facts, "an entry")
                return cls(facts, _checked(arrays["times"], arrays["numbers"]))
        except Exception as error:  # A stranger's archive raises whatever its bytes lead to.
            raise ValueError(f"`{path}` is no entry of a library ({error}).") from error


def _checked(times, numbers):
    """Returns the `Vectors` that arrays are.

    Raises:
        ValueError: when they are none.
    """
    kinds = (times.dtype, numbers.dtype) == (np.float32, np.int8)
    if not kinds or numbers.shape != (*times.shape, NUMBERS) or times.ndim != 1:
        raise ValueError(f"its vectors are {numbers.dtype} {numbers.shape}")
    if not np.isfinite(times).all() or (np.diff(times) <= 0).any():
        raise ValueError("its times do not grow")
    return Vectors(times, numbers)
