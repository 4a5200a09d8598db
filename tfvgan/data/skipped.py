"""What happens to files that give no clips: named in the log and counted, or raised."""

import logging

from tfvgan.data.cut import ShortVideo
from tfvgan.data.errors import UnreadableVideo

BAD = ("warn", "error")
_log = logging.getLogger("tfvgan")


class Skipped:
    """The files left out so far: `reasons`, a dict of path -> reason.

    Args:
        total: how many files there are.
        bad: "warn" or "error", for files that cannot be decoded.
        short: "skip", "loop" or "error", for files of less than a clip.

    Raises:
        ValueError: when `bad` is neither.
    """

    def __init__(self, total, bad, short):
        if bad not in BAD:
            raise ValueError(f"`bad` must be one of {BAD}, but is {bad!r}.")
        self.total = total
        self.bad = bad
        self.short = short
        self.reasons = {}

    def add(self, path, error):
        """Notes why a file ended early and warns, the first time; raises what must not be skipped.

        Raises:
            UnreadableVideo: when `bad` is "error".
            ShortVideo: when `short` is "error".
        """
        lenient = (isinstance(error, UnreadableVideo) and self.bad == "warn") or (
            isinstance(error, ShortVideo) and self.short != "error"
        )
        if not lenient:
            raise error
        if path not in self.reasons:
            self.reasons[path] = error.reason
            _log.warning(
                "Skipped `%s` (%d of %d files so far): %s.",
                path,
                len(self.reasons),
                self.total,
                error.reason.rstrip("."),
            )

    def none_left(self):
        """Returns the error to raise when no file gave a clip."""
        reasons = "; ".join(f"{path}: {reason}" for path, reason in list(self.reasons.items())[:3])
        return ValueError(
            f"None of the {self.total} video files gives a clip ({reasons}): "
            "look at the files with `tfvgan doctor`, or ask for shorter clips."
        )
