"""What restoration is compared with: resizing, FFmpeg's filters, OpenCV, frames before and after.

Each takes `Degraded` and returns uint8 video of the size that was asked for. Published networks are
there once `tfvgan weights fetch` has fetched them.
"""

import subprocess

import numpy as np

from benchmarks.sets.squares import filled
from tfvgan import weights
from tfvgan.data.degrade import resize
from tfvgan.tasks import PeerRestorer

# Its sigma is on a scale of its own: for noise of 25, 60 did best among 10 to 80. With groups of
# blocks (group=8) hardly any noise went, at sigmas to 200.
BM3D = "bm3d=sigma={sigma}"
SIGMAS = (50, 60, 70)


def resized(method):
    """Returns the rival that resizes by a method of `tfvgan.data.degrade`."""

    def rival(degraded):
        size = [degraded.factor * side for side in degraded.video.shape[1:3]]
        return resize(degraded.video, size, method)

    return rival


def as_it_is(degraded):
    """Returns what was given: the decoder, and nothing behind it."""
    return degraded.video


def through_ffmpeg(video, filters, pixels="yuv444p"):
    """Returns what FFmpeg's filters make of a video, uint8 `(n, h, w, 3)`, on one thread.

    Args:
        video: uint8 `(t, h, w, 3)`.
        filters: FFmpeg's text of them.
        pixels: the format of pixels that they read.
    """
    import imageio_ffmpeg

    height, width = video.shape[1:3]
    raw = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{width}x{height}"]
    quiet = ["-hide_banner", "-loglevel", "error", "-threads", "1", "-filter_threads", "1"]
    chain = f"format={pixels},{filters},format=rgb24"
    command = [imageio_ffmpeg.get_ffmpeg_exe(), *quiet, *raw, "-i", "-", "-vf", chain]
    raw_bytes = np.ascontiguousarray(video).tobytes()
    done = subprocess.run([*command, *raw, "-"], input=raw_bytes, capture_output=True)
    if done.returncode:
        raise RuntimeError(done.stderr.decode())
    return np.frombuffer(done.stdout, "uint8").reshape(-1, height, width, 3)


def by_ffmpeg(filters, pixels="yuv444p"):
    """Returns the rival that FFmpeg's filters are, on frames of a pixel format."""
    return lambda degraded: through_ffmpeg(degraded.video, filters, pixels)


def telea(degraded):
    """Returns the holes filled by OpenCV, frame by frame, after Telea 2004."""
    import cv2

    return np.stack(
        [
            cv2.inpaint(np.ascontiguousarray(frame), hole, 5, cv2.INPAINT_TELEA)
            for frame, hole in zip(degraded.video, degraded.mask[..., 0].astype("uint8"))
        ]
    )


def in_time(degraded):
    """Returns the holes filled from frames before and after, and else from around them."""
    return filled(degraded)[0]


RESIZING = {"bicubic": resized("bicubic"), "lanczos": resized("lanczos")}
RIVALS = {
    "x2": RESIZING,
    "x4": RESIZING,
    "x2 after x264 crf 28": RESIZING,
    "x264 crf 38": {
        "decoder alone": as_it_is,
        "ffmpeg spp": by_ffmpeg("spp=4:8", "yuv420p"),
        "ffmpeg deblock": by_ffmpeg("deblock", "yuv420p"),
    },
    "noise 25": {
        "none": as_it_is,
        **{f"ffmpeg bm3d {n}": by_ffmpeg(BM3D.format(sigma=n)) for n in SIGMAS},
    },
    "static 64x64 hole": {"OpenCV Telea": telea, "filled, no network": in_time},
    "moving 48x48 hole": {"OpenCV Telea": telea, "interpolation in time": in_time},
    "x2 old": RESIZING,
}
PEERS = {  # Names of published networks.
    "x2": ("span_x2",),
    "x4": ("span_x4", "basicvsr_vimeo_bi", "basicvsr", "realesrgan_x4plus"),
    "x2 after x264 crf 28": (
        "span_x2",
        "waifu2x_photo_x2",
        "waifu2x_photo_x2_noise0",
        "waifu2x_photo_x2_noise1",
        "realesr_animevideov3_x2",
    ),
    "x264 crf 38": ("ffdnet",),
    "noise 25": ("ffdnet",),
}
LEVELS = {"x264 crf 38": 0.2, "noise 25": 0.5}  # Of FFDNet: noise of 10, and of 25.


def peers(task):
    """Returns the published networks of a task that were fetched, by name."""
    fetched = [name for name in PEERS.get(task, ()) if weights.path(name).is_file()]
    return {name: _peer(PeerRestorer(name, level=LEVELS.get(task))) for name in fetched}


def _peer(restorer):
    """Returns a published network as a rival."""
    return lambda degraded: restorer.restore(degraded.video)
