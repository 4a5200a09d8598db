"""Runs every benchmark, one after the other, each in a process of its own.

    python benchmarks/run.py [--videos FOLDER] [NAME ...]

A NAME is a script's place in this folder, such as `package/startup`. Those of `OF_VIDEOS` need a
folder of videos that nothing was trained on, and those of `OF_SETS` MoCoGAN's archives: what is not
given is left out, and named first. compression/hd.py asks for a single large film,
package/gpu.py for a GPU, package/stacks.py for another Python, and segmentation/people.py for
people cut out: they are run by hand.
"""

import argparse
import subprocess
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from benchmarks.sets.mocogan import SKIPPED, add_sets

HERE = Path(__file__).resolve().parent
NAMES = (
    "package/startup",
    "package/installation",
    "training/input",
    "training/colours",
    "training/rounding",
    "training/moments",
    "training/prepare_memory",
    "training/step",
    "training/workers",
    "training/dirac",
    "training/vanishing",
    "training/promised",
    "training/gaussians",
    "training/duality_gap",
    "training/stabler",
    "scaling/parts",
    "package/edge",
    "package/edge_sizes",
    "package/exports_lost",
    "package/jobs",
    "metrics/fvd_speed",
    "generation/scaling",
    "generation/step",
    "generation/profile",
    "restoration/speed",
    "restoration/beside",
    "restoration/memory",
    "compression/speed",
    "stylization/speed",
    "retrieval/searching",
    "serving/soak",
    "serving/client",
)  # Of what is made on the spot, or comes along.
OF_SETS = ("metrics/what_fvd_sees", "generation/against_mocogan", "retrieval/actions")
OF_VIDEOS = (
    "restoration/quality",
    "restoration/auto",
    "restoration/holes",
    "restoration/worn",
    "compression/rate",
    "compression/seconds",
    "compression/packets",
    "stylization/styles",
    "stylization/steady",
    "segmentation/moving",
    "retrieval/copies",
    "retrieval/indexing",
    "analysis/cuts",
    "analysis/forgetting",
    "analysis/anomaly",
)


def command(name, arguments):
    """Returns what runs a benchmark, or None where what it needs was not given."""
    script = [sys.executable, str(HERE / f"{name}.py")]
    if name in OF_VIDEOS:
        return [*script, arguments.videos] if arguments.videos else None
    if name not in OF_SETS:
        return script
    paths = {f"--{key}": getattr(arguments, key) for key in ("shapes", "actions")}
    options = [word for option, path in paths.items() if path for word in (option, path)]
    return [*script, *options] if options else None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    every = (*NAMES, *OF_SETS, *OF_VIDEOS)
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help=f"benchmarks to run; all without: {', '.join(every)}",
    )
    parser.add_argument("--videos", help="a folder of videos that nothing was trained on")
    add_sets(parser)
    arguments = parser.parse_args()
    if unknown := set(arguments.names) - set(every):
        parser.error(f"no benchmark {', '.join(sorted(unknown))}: take one of {', '.join(every)}")
    commands = {name: command(name, arguments) for name in arguments.names or every}
    for needs, option in ((OF_VIDEOS, "VIDEOS=FOLDER"), (OF_SETS, "SHAPES= and ACTIONS=")):
        if missing := [name for name in needs if name in commands and commands[name] is None]:
            print(f"left out, for want of {option}: {', '.join(missing)}", flush=True)
    failed = []
    for name, words in commands.items():
        if words is not None:
            print(f"--- {name}", flush=True)
            if subprocess.run(words).returncode not in (0, SKIPPED):
                failed.append(name)
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
