"""Files as people have them: real and drawn clips, spoilt in known ways, beside what they were.

Of real clips it is the middle, of 360 lines at most: shrunk pictures are sharper than what codecs
leave. Drawn ones are a screen with text and a cartoon; others are made of real ones, a dark scene
and a still. Every way of spoiling writes a file, since what a container tells is judged, too.
"""

import functools
import subprocess
from typing import NamedTuple

import numpy as np

from benchmarks.sets.squares import middle, pictures
from tfvgan.data import probe
from tfvgan.data.degrade import (
    blur,
    blurred_along,
    gaussian_kernel,
    gaussian_noise,
    gaussian_profile,
    recompress,
    resize,
)
from tfvgan.data.siting import usual_location
from tfvgan.video import LUMA

LINES = 360  # Of a real clip, at most.
SIDES = {1: 128, 2: 160, 4: 256}  # Of what was, by how many times smaller the file is.
FRAMES = 24  # Of a file.
SHOWN = slice(8, 16)  # Those that are measured.
RATE = 25


class Coded(NamedTuple):
    """An encoder, its options, and the ending of its file."""

    encoder: str
    options: tuple = ()
    ending: str = "mkv"


def x264(crf):
    """Returns libx264 at a CRF, as most programs use it."""
    return Coded("libx264", ("-crf", str(crf), "-pix_fmt", "yuv420p"), "mp4")


def quantised(encoder, scale, ending):
    """Returns an encoder of one quantiser."""
    return Coded(encoder, ("-q:v", str(scale), "-g", "15", "-pix_fmt", "yuv420p"), ending)


LOSSLESS = Coded("ffv1", ("-pix_fmt", "bgr0"))


def noisy(video, deviation):
    """Returns the clip with normal noise, another in each channel."""
    return gaussian_noise(video, np.random.default_rng(7), deviation)


def blurred(video, deviation):
    """Returns the clip out of focus."""
    return blur(video, gaussian_kernel(deviation))


def taped(video):
    """Returns the clip as from a VHS tape: soft, with smeared and shifted colours, and noisy."""
    luma = video @ LUMA
    colours = video - luma
    noise = np.random.default_rng(7).normal(0, 4, luma.shape).astype("float32")
    soft = blurred_along(luma, gaussian_profile(1.0), 2) + noise
    smeared = np.roll(blurred_along(colours, gaussian_profile(4.0), 2), 2, axis=2)
    return np.clip(np.rint(soft + smeared), 0, 255).astype("uint8")


def same(video):
    """Returns the clip."""
    return video


def enlarged(video):
    """Returns the clip as of an old camera with a quarter of the pixels, made as large again."""
    sides = video.shape[1:3]
    small = recompress(resize(video, [side // 2 for side in sides], "area"), "mpeg4", 8)
    return resize(small, sides, "bicubic")


def mixed(video):
    """Returns the clip out of focus and noisy."""
    return noisy(blurred(video, 1.0), 6)


WAYS = {  # What happens to a clip, and what writes it.
    "clean": (same, x264(12)),
    "x264 crf 23": (same, x264(23)),
    "x264 crf 28": (same, x264(28)),
    "x264 crf 35": (same, x264(35)),
    "x264 crf 42": (same, x264(42)),
    "MPEG-2 q 8": (same, quantised("mpeg2video", 8, "mpg")),
    "MPEG-4 q 8": (same, quantised("mpeg4", 8, "avi")),
    "noise 10": (functools.partial(noisy, deviation=10), LOSSLESS),
    "noise 25": (functools.partial(noisy, deviation=25), LOSSLESS),
    "noise 10, x264 crf 23": (functools.partial(noisy, deviation=10), x264(23)),
    "blur 1.5": (functools.partial(blurred, deviation=1.5), x264(18)),
    "VHS": (taped, x264(20)),
    "blur 1, noise 6, x264 crf 30": (mixed, x264(30)),
    "MPEG-4 q 8, enlarged, x264 crf 26": (enlarged, x264(26)),
}


def real(path):
    """Returns the middle of a video, uint8 `(FRAMES, 256, 256, 3)`."""
    info = probe(path)
    size = LINES if min(info.height, info.width) > LINES else None
    side = max(SIDES.values())
    size = side if min(info.height, info.width) < side else size
    first = max(info.frames - FRAMES, 0) // 2
    frames = [
        middle(frame, (side, side))
        for number, frame in enumerate(pictures(path, size))
        if first <= number < first + FRAMES
    ]
    if len(frames) < FRAMES:
        raise ValueError(f"{path} must have {FRAMES} frames or more, but has {len(frames)}.")
    return np.stack(frames)


def dark(video):
    """Returns a clip as at night."""
    return np.rint(video * 0.15 + 6).astype("uint8")


def still(video):
    """Returns a clip that shows one frame all the time."""
    return np.repeat(video[:1], len(video), axis=0)


def screen(seed):
    """Returns a recording of a screen with text that scrolls; an odd seed's is light on dark."""
    from PIL import Image, ImageDraw, ImageFont

    side, draws = max(SIDES.values()), np.random.default_rng(seed)
    paper, ink = ((24, 26, 30), (214, 220, 224)) if seed % 2 else ((252, 252, 252), (32, 32, 36))
    words = [
        "".join(chr(97 + n) for n in draws.integers(0, 26, draws.integers(2, 9)))
        for _ in range(400)
    ]
    page = Image.new("RGB", (side, side + 2 * FRAMES), paper)
    pen = ImageDraw.Draw(page)
    fonts = [ImageFont.load_default(size) for size in (11, 14, 20)]
    for row, top in enumerate(range(2, page.height, 17)):
        text = " ".join(words[6 * row : 6 * row + 6])
        colour = tuple(draws.integers(60, 200, 3)) if row % 4 == 3 else ink
        pen.text((6, top), text, fill=colour, font=fonts[row % 5 // 4 + (row % 7 == 0)])
    picture = np.asarray(page)
    return np.stack([picture[2 * n : 2 * n + side] for n in range(FRAMES)])


def cartoon(seed):
    """Returns a drawn film: flat colours with outlines, that move."""
    from PIL import Image, ImageDraw

    side, times, draws = max(SIDES.values()), 3, np.random.default_rng(seed)
    shapes = [
        (draws.uniform(0, side, 2), draws.uniform(12, 56), draws.normal(0, 1.5, 2), draws.random(4))
        for _ in range(14)
    ]
    backs = [tuple(int(c) for c in draws.integers(90, 250, 3)) for _ in range(4)]
    frames = []
    for number in range(FRAMES):
        canvas = Image.new("RGB", (times * side, times * side), backs[0])
        pen = ImageDraw.Draw(canvas)
        for band, colour in enumerate(backs[1:], 1):
            edge = times * side * (band + 1) // 5
            pen.polygon(
                [(0, edge), (times * side, edge - 90), (times * side, times * side),
                 (0, times * side)], fill=colour, outline=(20, 20, 30), width=4,
            )  # fmt: skip
        for place, radius, speed, look in shapes:
            x, y = times * (place + number * speed)
            colour = tuple(int(60 + 190 * part) for part in look[:3])
            box = [x - times * radius, y - times * radius * 0.8, x + times * radius, y + times * 40]
            box = [box[0], min(box[1], box[3]), box[2], max(box[1], box[3])]
            draw = pen.ellipse if look[3] > 0.4 else pen.rectangle
            draw(box, fill=colour, outline=(15, 15, 25), width=5)
        frames.append(np.asarray(canvas.resize((side, side), Image.Resampling.LANCZOS)))
    return np.stack(frames)


def spoil(video, way, factor, path):
    """Returns what a clip was, uint8 `(t, side, side, 3)`, having written it spoilt.

    Args:
        video: of `real` and its like.
        way: of `WAYS`.
        factor: int, how many times smaller the file is than what is returned.
        path: of the file without its ending.

    Returns:
        tuple of that and of the file's path.
    """
    side = SIDES[factor]
    truth = np.stack([middle(frame, (side, side)) for frame in video])
    how, coded = WAYS[way]
    small = resize(truth, (side // factor,) * 2, "bicubic") if factor > 1 else truth
    place = f"{path}.{coded.ending}"
    encode(how(small), coded, place)
    return truth, place


def encode(video, coded, path):
    """Writes a clip by FFmpeg.

    Args:
        video: uint8 `(t, h, w, 3)`.
        coded: `Coded`.
        path: of the file.

    Raises:
        RuntimeError: when FFmpeg fails; the message is its own.
    """
    import imageio_ffmpeg

    height, width = video.shape[1:3]
    raw = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{width}x{height}", "-r", str(RATE)]
    # FFmpeg would put 4:2:0's colours amid four pixels, where no reader looks for them.
    placed = ["-vf", f"scale=out_chroma_loc={usual_location(coded.encoder)}"]
    placed = placed if "yuv420p" in coded.options else []
    quiet = ["-y", "-hide_banner", "-loglevel", "error", "-threads", "1"]
    command = [imageio_ffmpeg.get_ffmpeg_exe(), *quiet, *raw, "-i", "-", *placed]
    one = ["-c:v", coded.encoder, "-threads", "1", *coded.options, str(path)]
    data = np.ascontiguousarray(video).tobytes()
    done = subprocess.run([*command, *one], input=data, capture_output=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr.decode())
