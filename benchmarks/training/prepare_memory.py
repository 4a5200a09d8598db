"""What preparing a long HD file takes: peak memory and time, in a process of its own.

python benchmarks/training/prepare_memory.py [--minutes 10]
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from fractions import Fraction
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import av
import numpy as np

from benchmarks.report import report

HEIGHT, WIDTH, FPS = 720, 1280, 30
CHILD = """
import json, resource, sys, time
import tfvgan.data
start = time.perf_counter()
cache = tfvgan.data.prepare(sys.argv[1], sys.argv[2], frames=16, size=64)
seconds = time.perf_counter() - start
kilobytes = [resource.getrusage(who).ru_maxrss
             for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(json.dumps([cache.count, seconds, *kilobytes]))
"""


def write_film(path, minutes, height=HEIGHT, width=WIDTH, fps=FPS):
    """Writes a film that pans over a large still of smooth noise."""
    noise = np.random.default_rng(0).integers(0, 256, (45, 120, 3), np.uint8)
    still = noise.repeat(16, 0).repeat(16, 1)
    with av.open(path, "w") as container:
        stream = container.add_stream("libx264", rate=fps)
        stream.height, stream.width, stream.pix_fmt = height, width, "yuv420p"
        stream.options = {"preset": "ultrafast"}
        for number in range(round(minutes * 60 * fps)):
            left = abs(number % 1280 - 640)
            frame = av.VideoFrame.from_ndarray(
                np.ascontiguousarray(still[:height, left : left + width]), format="rgb24"
            )
            frame.pts, frame.time_base = number, Fraction(1, fps)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())


def prepare(film, cache):
    """Returns clips, seconds, and the peak kilobytes of the process and of its largest child."""
    command = [sys.executable, "-c", CHILD, film, cache]
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return json.loads(output.splitlines()[-1])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=10)
    minutes = parser.parse_args().minutes
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for length in (minutes / 20, minutes):
            film = os.path.join(folder, f"{length}.mp4")
            write_film(film, length)
            clips, seconds, own, children = prepare(film, os.path.join(folder, f"cache-{length}"))
            rows.append(
                {
                    "minutes of 1280x720": length,
                    "clips": clips,
                    "clips/s": clips / seconds,
                    "peak MB": own / 1024,
                    "peak MB of a decoding process": children / 1024,
                }
            )
    report(
        "prepare_memory",
        "Preparing a long HD file: peak memory does not grow with its length and stays "
        "under 1500 MB (resident, TensorFlow included).",
        rows,
    )
    if rows[-1]["peak MB"] + rows[-1]["peak MB of a decoding process"] > 1500:
        sys.exit("more than 1500 MB")


if __name__ == "__main__":
    main()
