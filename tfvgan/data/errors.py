"""The one error that a bad video file raises, and the one way to say something only once."""

import functools
import logging
import os
import threading

_speaking = threading.Lock()  # A cache alone lets threads that come at once all speak.


class UnreadableVideo(ValueError):
    """A file that gives no frames; the message names the file and the cause.

    Args:
        path: the file.
        reason: why, as a clause: "the file is empty".
    """

    def __init__(self, path: str | os.PathLike, reason: str):
        super().__init__(f"{path} can't be read as a video: {reason}.")
        self.path = str(path)
        self.reason = reason

    def __reduce__(self):
        return type(self), (self.path, self.reason)


class CutOff(UnreadableVideo):
    """A file whose end is missing, of which some may be read."""


def say_once(message):
    """Warns through the logger "tfvgan", once a process for each message."""
    with _speaking:
        _warn_once(message)


@functools.cache
def _warn_once(message):
    logging.getLogger("tfvgan").warning(message)
