"""What was made of a video, beside what it was made of, where that is asked for."""

import os

from tfvgan import streaming
from tfvgan.streaming.bar import Bar


def with_comparison(load, video, out, read, job, compare, show, shown=None):
    """Returns the paths of what is written: `out`, and what compares it with the video.

    Args:
        load: function that returns one that writes `out`, and takes further arguments of
            `tfvgan.streaming.process`; it is not called where that is finished already.
        video, out, compare, show: as of `tfvgan.restore`.
        read: dict of how the video is read, arguments of `process`.
        job: dict of further arguments of `process`, `resume` and `overwrite` among them.
        shown: dict as `read`, of how both are read to be compared; None for the same.

    Raises:
        ValueError: when a pipe is to be compared, or a file of the comparison is there.
    """
    resume, overwrite = job["resume"], job["overwrite"]
    if compare and streaming.PIPE in (os.fspath(video), os.fspath(out)):
        raise ValueError("What goes through a pipe is not kept to compare: leave `compare` out.")
    if not (compare and resume and _is_finished(out)):
        if compare and not (resume or overwrite):
            for path in streaming.compared_names(out):
                streaming.check_free(path)
        write = load()
        with Bar(show) as progress:
            write(**read, **job, progress=progress)
    if not compare:
        return [os.fspath(out)]
    compared = streaming.compare(video, out, streaming.compared_names(out), **(shown or read))
    return [os.fspath(out), *compared]


def _is_finished(out):
    """Returns whether what is made is finished already: only its comparison is missing."""
    return os.path.exists(out) and not streaming.unfinished(out).exists()
