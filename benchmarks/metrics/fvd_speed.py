"""The features of FVD, against the same I3D with the same weights in PyTorch; and their memory.

Clips of 16 frames of 64x64, enlarged to 224x224, in batches of 8 on the same cores in one run, in
turns, each side in a process of its own. The figure is the ratio of the seconds for all the clips,
to PyTorch in the faster of its two memory layouts: below 1, tfvgan is faster. Where PyTorch isn't
installed, tfvgan is timed alone. Then the peak memory of an FVD of as many clips, and of a quarter.

    tfvgan weights fetch i3d
    python benchmarks/metrics/fvd_speed.py [--clips 256]
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import numpy as np

from benchmarks.apart import Apart
from benchmarks.report import in_turns, ratios, report, torch_is_there

FRAMES, SIZE, BATCH = 16, 64, 8
TURN = 32  # clips, before it is the other side's turn
MEMORY = """
import json, resource, sys
import numpy as np
from tfvgan import metrics
fvd = metrics.FVD()
random = np.random.default_rng(0)
for _ in range(int(sys.argv[1]) // 8):
    real, generated = random.integers(0, 256, (2, 8, 16, 64, 64, 3), np.uint8)
    fvd.update_state(real, generated)
fvd.result()
print(json.dumps(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))
"""


def clips(count=TURN):
    """Returns moving shapes, uint8 `(count, frames, size, size, 3)`."""
    from tfvgan.data import moving_shapes

    return moving_shapes(count, frames=FRAMES, size=SIZE)["video"]


def turn(extract):
    """Returns one turn as a function, and the features of the first clips."""
    videos = clips()
    first = np.asarray(extract(videos[:BATCH])).tolist()
    return lambda: [
        np.asarray(extract(videos[start : start + BATCH])) for start in range(0, TURN, BATCH)
    ], first


def tfvgan_turn():
    """Returns our side."""
    from tfvgan.metrics import extractors

    return turn(extractors.get_extractor("i3d"))


def torch_turn(layout):
    """Returns PyTorch's side."""
    from benchmarks.in_torch import i3d as torch_i3d
    from tfvgan import weights

    return turn(torch_i3d.extractor(weights.load("i3d"), layout))


def seconds(count):
    """Returns the row of the timings."""
    script = "benchmarks.metrics.fvd_speed"
    sides = {"tfvgan": Apart(script, "tfvgan_turn")}
    if torch_is_there():
        sides["torch"] = Apart(script, "torch_turn", "contiguous")
        sides["torch channels_last"] = Apart(script, "torch_turn", "channels_last")
    features = {name: np.asarray(side.facts) for name, side in sides.items()}
    turns = in_turns(sides, count // TURN)
    for side in sides.values():
        side.close()
    totals = {name: sum(times) for name, times in turns.items()}
    row = {"clips": count // TURN * TURN} | {f"{name} s": total for name, total in totals.items()}
    row["ratio to the faster"] = ratios(totals)["ratio to the faster"]
    gaps = [float(np.abs(features["tfvgan"] - theirs).max()) for theirs in features.values()]
    return {**row, "largest difference of a logit": max(gaps) if len(gaps) > 1 else None}


def peak(count):
    """Returns the peak MB of a process that computes the FVD of `count` clips to `count`."""
    command = [sys.executable, "-c", MEMORY, str(count)]
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return json.loads(output.splitlines()[-1])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--clips", type=int, default=256)
    count = parser.parse_args().clips
    row = seconds(count)
    report(
        "fvd_speed",
        f"I3D's features of {FRAMES} frames, against the same network in PyTorch.",
        [row],
        packages=("torch",),
        peak_mb={f"{n} clips": peak(n) for n in (count // 4, count)},
    )


if __name__ == "__main__":
    main()
