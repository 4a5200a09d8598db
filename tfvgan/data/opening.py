"""The one place where FFmpeg is handed a file to read: no other file is opened on its word."""

import contextlib

from tfvgan.data.errors import UnreadableVideo
from tfvgan.formats import SAFE_INPUT


@contextlib.contextmanager
def opened(path):
    """The open container of a local file, whatever its name and tags look like.

    FFmpeg's own log is silent, and no other file is followed.

    Raises:
        UnreadableVideo: when FFmpeg can't read it, or it is of none of `tfvgan.formats`.
    """
    with open_input(f"file:{path}", path) as container:
        yield container


def open_input(file, named):
    """Returns the open container of a file, to be closed.

    Args:
        file: FFmpeg's address of a file, or a binary stream.
        named: what errors name.

    Raises:
        UnreadableVideo: when FFmpeg can't read it, or it is of none of `tfvgan.formats`.
    """
    import av

    try:
        return av.open(file, metadata_errors="ignore", options=SAFE_INPUT)
    except av.ArgumentError:
        reason = "it is of a kind that is not read, such as a playlist of other files, or damaged"
        raise UnreadableVideo(named, reason) from None
    except (av.FFmpegError, MemoryError) as error:
        raise UnreadableVideo(named, f"FFmpeg says {error.strerror!r} of it") from None
