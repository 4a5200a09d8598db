"""What restoring a file takes, short and long: peak memory and frames a second, in a process alone.

    python benchmarks/restoration/memory.py [--minutes 10] [--model saved_models/restore_x2]

Without a model an untrained network of the preset's size is taken: it costs the same.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from benchmarks.report import report
from benchmarks.training.prepare_memory import write_film

HEIGHT, WIDTH, FPS = 360, 640, 25
SHORT = 0.5  # Minutes.
CHILD = """
import json, resource, sys, time
from tfvgan.networks import RestorerGenerator
from tfvgan.runs import load_restorer
from tfvgan.tasks import Restorer
film, out, model = sys.argv[1:]
if model:
    restorer = load_restorer(model)
else:
    network = RestorerGenerator()
    network.build()
    restorer = Restorer(network)
start, frames = time.perf_counter(), []
restorer.restore(film, out, progress=lambda done, count: frames.append(done))
seconds = time.perf_counter() - start
print(json.dumps([frames[-1], seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss]))
"""


def restored(film, out, model):
    """Returns frames, seconds, and the peak kilobytes of a process that restores a file."""
    command = [sys.executable, "-c", CHILD, film, out, model or ""]
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return json.loads(output.splitlines()[-1])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--model", help="a published restorer; an untrained network without")
    arguments = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for minutes in (SHORT, arguments.minutes):
            film = os.path.join(folder, f"{minutes}.mp4")
            write_film(film, minutes, HEIGHT, WIDTH, FPS)
            out = os.path.join(folder, f"{minutes}-restored.mp4")
            frames, seconds, kilobytes = restored(film, out, arguments.model)
            rows.append(
                {
                    f"minutes of {WIDTH}x{HEIGHT}": minutes,
                    "frames": frames,
                    "frames/s": frames / seconds,
                    "peak MB": kilobytes / 1024,
                }
            )
            os.remove(out)
    short, long = (row["peak MB"] for row in rows)
    report(
        "restoration_memory",
        "Restoring a file: peak memory does not depend on its length (within 5 %), and stays under "
        "1500 MB (resident, TensorFlow included).",
        rows,
        model=Path(arguments.model).name if arguments.model else "untrained, of the preset's size",
    )
    if max(short, long) > 1500 or abs(long / short - 1) > 0.05:
        sys.exit("more memory than that")


if __name__ == "__main__":
    main()
