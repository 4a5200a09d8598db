"""VMAF, Netflix's estimate of how people rate a coded video, by the ffmpeg of imageio-ffmpeg."""

import json
import os
import re
import subprocess
import tempfile
from typing import NamedTuple

import numpy as np

from tfvgan.formats import SAFE_INPUT
from tfvgan.video import check_video, levels

MODELS = ("vmaf_v0.6.1", "vmaf_v0.6.1neg", "vmaf_4k_v0.6.1")
LEAST_SIZE = 17  # pixels a side: libvmaf crashes on smaller pictures

# Frames are paired by number, whatever their times, and compared as 8 bit luma of limited range,
# whose matrix is that of the reference.
FRAME_FILTER = "settb=1/25,setpts=N,scale=out_range=tv{},format=yuv420p"
SAFE = [word for name, value in SAFE_INPUT.items() for word in (f"-{name}", value)]
QUIET_OPTIONS = ("-nostdin", "-hide_banner", "-loglevel", "error")


class FfmpegFailed(ValueError):
    """ffmpeg failed; the message is its own."""


class Vmaf(NamedTuple):
    """A video's score, higher is better, 0 to 100.

    Attributes:
        mean: float, the mean over the frames.
        frames: float64 `(frames,)`, each frame's score.
        name: str, the model.
    """

    mean: float
    frames: np.ndarray
    name: str


class _Source(NamedTuple):
    """A source of ffmpeg: its arguments, its number of frames and their size."""

    arguments: list
    frames: int
    height: int
    width: int


def vmaf(
    reference: str | os.PathLike | np.ndarray,
    output: str | os.PathLike | np.ndarray,
    model: str = "vmaf_v0.6.1",
    matrices: tuple[int | None, int | None] = (None, None),
) -> Vmaf:
    """Returns the `Vmaf` of `output` against `reference`.

    A video held against itself scores near the top, 97 and more, and not always 100: libvmaf sees
    less motion in a still and in the first frame, and takes a little off. The score reads luma
    alone, and frames by their number: the frame rate does not enter.

    Args:
        reference: uint8 `(frames, height, width, 3)` in [0, 255], or float in [-1, 1] that is
            rounded to the levels first; or the path of a video file, which ffmpeg decodes.
        output: likewise; the one may be an array and the other a file.
        model: one of `MODELS`. `vmaf_v0.6.1` is for a television at three picture heights;
            `vmaf_v0.6.1neg` gives nothing for sharpness and contrast beyond the reference's,
            and is the one for networks that enhance; `vmaf_4k_v0.6.1` is for 2160 lines.
        matrices: FFmpeg's numbers of the colour matrices that the two files are meant by, 1 for
            BT.709, 5 or 6 for BT.601; None where they say it. Both are compared by the first.

    Raises:
        ValueError: when the two differ in frames or size, a side is below 17 pixels, there is
            no such file or model, or ffmpeg or its libvmaf is missing or fails.

    Source: Li et al. 2016, "Toward a practical perceptual video quality metric"; the models are
        those of github.com/Netflix/vmaf.
    """
    if model not in MODELS:
        raise ValueError(f"`model` must be one of {', '.join(MODELS)}, but is {model!r}.")
    with tempfile.TemporaryDirectory(prefix="tfvgan-vmaf-") as folder:
        output = _source("output", output, folder)
        reference = _source("reference", reference, folder)
        _check_alike(reference, output)
        log = os.path.join(folder, "log.json")
        first, second = (
            FRAME_FILTER.format(_colours(each, matrices[0])) for each in reversed(matrices)
        )
        # libvmaf takes what is judged first, and what it is held against second.
        graph = (
            f"[0:v:0]{first}[output];[1:v:0]{second}[reference];[output][reference]"
            f"libvmaf=model=version={model}:log_fmt=json:log_path=log.json"
            f":n_threads={os.cpu_count()}"
        )
        inputs = [*output.arguments, *reference.arguments]
        _ffmpeg([*inputs, "-filter_complex", graph, "-f", "null", "-"], folder)
        with open(log, encoding="utf-8") as file:
            rows = json.load(file)["frames"]
    scores = np.array([row["metrics"]["vmaf"] for row in rows], np.float64)
    return Vmaf(float(scores.mean()), scores, model)


def _colours(matrix, wanted):
    """Returns the options of FFmpeg's filter that read by a matrix, and write by another."""
    options = "" if matrix is None else f":in_color_matrix={matrix}"
    return options if wanted is None else f"{options}:out_color_matrix={wanted}"


def _source(name, video, folder):
    """Returns the `_Source` of an array, written into the folder, or of a file."""
    if isinstance(video, (str, os.PathLike)):
        return _file(name, os.fspath(video))
    frames, height, width = check_video(video, name, rank=4).shape[:3]
    path = os.path.join(folder, f"{name}.rgb")
    with open(path, "wb") as file:
        for frame in video:  # One by one: as floats, a film is four times its size.
            file.write(np.asarray(levels(frame)).astype(np.uint8).tobytes())
    form = ["-f", "rawvideo", "-pixel_format", "rgb24", "-video_size", f"{width}x{height}"]
    return _Source([*form, "-i", path], frames, height, width)


def _file(name, path):
    """Returns the `_Source` of a file, whose frames are decoded to count them."""
    if not os.path.isfile(path):
        raise ValueError(f"`{name}` must be a video or the path of one, but is {path!r}: no file.")
    arguments = [*SAFE, "-i", f"file:{os.path.abspath(path)}"]
    every = ["-map", "0:v:0", "-vf", FRAME_FILTER.format(""), "-fps_mode", "passthrough"]
    try:
        listing = _ffmpeg([*arguments, *every, "-f", "framecrc", "-"])
    except FfmpegFailed as error:
        raise ValueError(f"`{name}` must be a video file, but is {path}: {error}") from error
    frames = len(re.findall(r"^\d", listing, re.MULTILINE))
    size = re.search(r"^#dimensions 0: (\d+)x(\d+)", listing, re.MULTILINE)
    if size is None or not frames:
        raise ValueError(f"`{name}` must hold frames, but ffmpeg finds none in {path}.")
    width, height = map(int, size.groups())
    return _Source(arguments, frames, height, width)


def _check_alike(reference, output):
    if reference[1:] != output[1:]:
        shapes = [f"{s.frames} frames of {s.width}x{s.height}" for s in (reference, output)]
        raise ValueError(
            "The reference and the output must have the same size and number of frames, but have "
            f"{shapes[0]} and {shapes[1]}: cut or resize one."
        )
    if min(reference.height, reference.width) < LEAST_SIZE:
        raise ValueError(
            f"VMAF needs pictures of {LEAST_SIZE}x{LEAST_SIZE} or larger, but these have "
            f"{reference.width}x{reference.height}: leave VMAF out."
        )


def _ffmpeg(arguments, folder=None):
    """Returns what ffmpeg wrote to its standard output."""
    try:
        import imageio_ffmpeg

        program = imageio_ffmpeg.get_ffmpeg_exe()
        command = [program, *QUIET_OPTIONS, *arguments]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    except (ImportError, RuntimeError, OSError) as error:
        raise ValueError("VMAF needs ffmpeg: `pip install 'tfvgan[metrics]'`.") from error
    if done.returncode:
        if "No such filter: 'libvmaf'" in done.stderr:
            raise ValueError(
                f"VMAF needs an ffmpeg with libvmaf, but {program} has none: `pip install -U "
                "imageio-ffmpeg`, or set IMAGEIO_FFMPEG_EXE to one that has it."
            )
        lines = re.findall(r"^(?:\[[^]]* @ 0x\w+\] )*(.+?)\.?$", done.stderr, re.MULTILINE)
        raise FfmpegFailed(f"ffmpeg failed: {[*lines, f'exit code {done.returncode}'][0]}.")
    return done.stdout
