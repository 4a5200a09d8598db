"""Writing videos to .mp4 and .gif files that play anywhere."""

import os
from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from tfvgan.data.colours import BT601, MATRIX_NAMES, Reformatter, to_yuv
from tfvgan.video import check_video
from tfvgan.whole import write_whole


def write_video(
    path: str | os.PathLike, video: np.ndarray, fps: float = 25, crf: float | None = None
) -> str:
    """Returns `path`, where the video now is.

    Args:
        path: ends in .mp4 (H.264, yuv420p; an odd side is made even by repeating its last row or
            column) or .gif (256 colours chosen for this video, loops for ever, times in 1/100 s).
            The folder is made if it is missing, and an older file is replaced as a whole.
        video: uint8 `(frames, height, width, 3)` in [0, 255], with at least one frame.
        fps: frames per second, from 1/1000 to 1000.
        crf: of .mp4 alone, the constant rate factor of H.264, from 0, no loss, to 51; None is 17.

    Raises:
        ValueError: for another ending, shape, dtype or range, and for a `crf` of a .gif.
    """
    path = os.fspath(path)
    video = np.asarray(video)
    encode = _ENCODERS.get(os.path.splitext(path)[1].lower())
    if encode is None:
        raise ValueError(f"`path` must end in .mp4 or .gif, but is `{path}`: rename it.")
    check_video(video, rank=4)
    if video.dtype != np.uint8 or 0 in video.shape:
        raise ValueError(
            "`video` must be uint8 and hold a frame, but is "
            f"{video.dtype} of shape {video.shape}: convert with tfvgan.video.to_uint8."
        )
    if not 1 / 1000 <= fps <= 1000:
        raise ValueError(f"`fps` must be above 0, from 1/1000 to 1000, but is {fps!r}.")
    if crf is not None and encode is not _mp4:
        raise ValueError(f"`crf` is of .mp4, but `path` is `{path}`: leave it out, or rename it.")
    if crf is not None and not 0 <= crf <= 51:
        raise ValueError(f"`crf` must be from 0, no loss, to 51, but is {crf!r}.")
    os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
    rate = Fraction(fps).limit_denominator(1001)
    more = {} if crf is None else {"crf": crf}
    write_whole(path, lambda temporary: encode(os.fspath(temporary), video, rate, **more))
    return path


def write_videos(
    folder: str | os.PathLike,
    videos: np.ndarray,
    fps: float = 25,
    prefix: str = "sample",
    formats: Sequence[str] = ("mp4", "gif"),
) -> list[str]:
    """Returns the paths of the files written, `folder/prefix-000.mp4` and so on.

    Args:
        folder: where to write; made if it is missing.
        videos: uint8 `(batch, frames, height, width, 3)` in [0, 255].
        fps: frames per second, above 0.
        prefix: how the names begin.
        formats: "mp4", "gif" or both; each video is written in each.

    Raises:
        ValueError: as `write_video` does.
    """
    return [
        write_video(os.path.join(os.fspath(folder), f"{prefix}-{number:03d}.{ending}"), video, fps)
        for number, video in enumerate(check_video(videos, "videos"))
        for ending in formats
    ]


def _mp4(path, video, fps, crf=17):
    import av

    height, width = video.shape[1:3]
    video = np.pad(video, ((0, 0), (0, height % 2), (0, width % 2), (0, 0)), "edge")
    with av.open(path, "w", options={"movflags": "+faststart"}) as container:
        stream = container.add_stream("libx264", rate=fps)
        stream.height, stream.width = video.shape[1:3]
        stream.pix_fmt = "yuv420p"
        # Of any size; said, so that players undo the same one.
        stream.options = {"crf": str(crf), "preset": "medium", "colorspace": MATRIX_NAMES[BT601]}
        kept = Reformatter()
        for number, picture in enumerate(video):
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame = to_yuv(frame, stream.pix_fmt, BT601, kept)
            frame.pts, frame.time_base = number, 1 / fps
            container.mux(stream.encode(frame))
        container.mux(stream.encode())


def _gif(path, video, fps):
    import av

    with av.open(path, "w", options={"loop": "0"}) as container:
        stream = container.add_stream("gif", rate=fps)
        stream.height, stream.width = video.shape[1:3]
        stream.pix_fmt = "pal8"
        for frame in _paletted(video, fps):
            container.mux(stream.encode(frame))
        container.mux(stream.encode())


def _paletted(video, fps):
    """Yields the frames in the 256 colours that suit the whole video."""
    import av

    graph = av.filter.Graph()
    height, width = video.shape[1:3]
    source = graph.add_buffer(width=width, height=height, format="rgb24", time_base=1 / fps)
    split, choose = graph.add("split"), graph.add("palettegen", "reserve_transparent=0")
    apply, sink = graph.add("paletteuse", "dither=sierra2_4a"), graph.add("buffersink")
    source.link_to(split)
    split.link_to(apply, 0, 0)
    split.link_to(choose, 1, 0)
    choose.link_to(apply, 0, 1)
    apply.link_to(sink)
    graph.configure()
    for number, picture in enumerate(video):
        frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
        frame.pts, frame.time_base = number, 1 / fps
        source.push(frame)
    source.push(None)
    while True:
        try:
            yield sink.pull()
        except (av.error.EOFError, av.error.BlockingIOError):
            return


_ENCODERS = {".mp4": _mp4, ".gif": _gif}
