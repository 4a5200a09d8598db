"""The rate of a coded video, from the bytes that it has."""

import os


def bits_per_pixel(
    source: str | os.PathLike | bytes, frames: int, height: int, width: int
) -> float:
    """Returns the bits spent on each pixel of each frame: float, lower is cheaper.

    `8 * bytes / (frames * height * width)`, over the whole file: container, headers and sound too,
    since those are stored and sent as well. Raw RGB is 24.

    Args:
        source: path of a file, or its bytes.
        frames, height, width: int >= 1, of the video that the bytes stand for; for one coded at
            another size, those of the original.

    Raises:
        ValueError: when a number is below 1 or there is no such file.
    """
    for name, value in (("frames", frames), ("height", height), ("width", width)):
        _check_range(name, value, value >= 1, "1 or more")
    return _size_in_bits(source) / (frames * height * width)


def kilobits_per_second(source: str | os.PathLike | bytes, frames: int, fps: float) -> float:
    """Returns the rate at which the bytes play, in 1000 bits per second: float, lower is cheaper.

    Args:
        source: path of a file, or its bytes.
        frames: int >= 1, how many frames the bytes stand for.
        fps: frames per second, above 0.

    Raises:
        ValueError: when a number is out of range or there is no such file.
    """
    _check_range("frames", frames, frames >= 1, "1 or more")
    _check_range("fps", fps, fps > 0, "above 0")
    return _size_in_bits(source) * fps / (1000 * frames)


def _size_in_bits(source):
    if isinstance(source, (bytes, bytearray, memoryview)):
        return 8 * memoryview(source).nbytes
    if not os.path.isfile(source):
        raise ValueError(f"`source` must be bytes or a file, but {source!r} is neither.")
    return 8 * os.path.getsize(source)


def _check_range(name, value, holds, range_):
    if not holds:
        raise ValueError(f"`{name}` must be {range_}, but is {value!r}.")
