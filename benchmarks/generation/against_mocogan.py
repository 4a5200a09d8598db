"""The preset "continuous" against vgan, dcgan and MoCoGAN, each trained for the same time.

On MoCoGAN's moving shapes, 16 frames of 64x64 at every second frame, each network alone on the
machine, its time counted without start-up; "continuous" for several seeds, and once for longer.
All make 256 videos. They are compared with 256 real ones that none was shown, by FVD and by what
happens in them (see shape_scores.py); so are 256 other real ones, as they are and spoilt, and the
longest run of "continuous" in sharper colours (see `tfvgan.tasks.sharpened`). On the people in four
actions, "continuous" is trained on the classes. "relativistic" is "continuous" by another game:
RpGAN with R1 and R2, after Huang et al. 2024, instead of the preset's.

The whole takes hours, and may be made in parts: a run whose folder is there is not made again, and
what results/ holds of runs that are not asked for now stays there. Folders of runs hold the samples
and the model.

    tfvgan weights fetch i3d
    python benchmarks/generation/against_mocogan.py --shapes shapes.tar.gz --actions actions.tar.gz
    python benchmarks/generation/against_mocogan.py --shapes shapes.tar.gz --networks continuous \
        --seeds 1 --long 0
    python benchmarks/generation/against_mocogan.py --shapes shapes.tar.gz --quick
"""

import argparse
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from benchmarks import report as reports
from benchmarks.sets import generation as generation_sets
from benchmarks.sets.mocogan import add_sets, archives_of

HERE = Path(__file__).resolve().parent
NETWORKS = ("continuous", "relativistic", "vgan", "dcgan", "mocogan")
QUICK = {"minutes": 0.5, "long": 0, "seeds": [0], "videos": 32}
SHARPNESS = 3  # Of the row of sharper colours.
SHARPER = f"continuous, sharpness {SHARPNESS}"
ALONE = 0.5  # cores: who has more of them taken was not alone on the machine


def specs(arguments, name):
    """Returns what each run on a set is to be, a list of dicts."""
    lengths = [
        (network, arguments.minutes, seed)
        for network in (arguments.networks if name == "shapes" else ["continuous"])
        for seed in (arguments.seeds if network == "continuous" else arguments.seeds[:1])
    ]
    if name == "actions":
        lengths = lengths[:1]
    elif arguments.long and "continuous" in arguments.networks:
        lengths.append(("continuous", arguments.long, arguments.seeds[0]))
    folder = Path(arguments.work) / name
    return [
        {
            "set": name,
            "network": network,
            "seconds": 60 * minutes,
            "seed": seed,
            "videos": arguments.videos,
            "cache": str(folder / "cache"),
            "folder": str(folder / f"{network}-{minutes:g}min-seed{seed}-{arguments.videos}v"),
        }
        for network, minutes, seed in lengths
    ]


def trained(spec):
    """Returns the facts of a run, which is made if it is not there."""
    done = Path(spec["folder"]) / "run.json"
    if not done.exists():
        print(f"training {spec['folder']}", flush=True)
        environment = {"TF_CPP_MIN_LOG_LEVEL": "3", **os.environ}
        command = [sys.executable, str(HERE / "one_training.py"), json.dumps(spec)]
        subprocess.run(command, check=True, env=environment)
    return json.loads(done.read_text()) | {"folder": spec["folder"]}


def head(run):
    """Returns the columns that say how a run was trained."""
    return {
        "videos": run["network"],
        "minutes": run["seconds"] / 60,
        "seed": run["seed"],
        "clips/s": run["clips/s"],
        "alone": "yes" if run["cores of others"] <= ALONE else "no",
    }


def described(run):
    """Returns the facts of a run, without its folders."""
    facts = {name: value for name, value in run.items() if name not in ("cache", "folder")}
    return {"name": Path(run["folder"]).name, **facts}


NOT_TRAINED = dict.fromkeys(("minutes", "seed", "clips/s", "alone"))


def shapes(arguments, runs):
    """Reports how good the networks are that were trained on shapes."""
    from benchmarks.generation import scores as scoring
    from benchmarks.generation import shape_scores

    folder = Path(arguments.work) / "shapes"
    reference, floor = (half[: arguments.videos] for half in generation_sets.real(folder))
    judge = scoring.Judge(reference, folder)
    made = {title: (NOT_TRAINED, videos) for title, videos in scoring.spoilt(floor).items()}
    made |= {run["folder"]: (head(run), scoring.samples(run)[0]) for run in runs}
    made |= sharper(runs)
    rows, details = [], {}
    wanted = shape_scores.describe(reference)
    for title, (columns, videos) in made.items():
        facts = shape_scores.describe(videos)
        scored, all_scores = judge(videos, title)
        rows.append({"videos": title, **columns, **scored, **shape_scores.summary(facts)})
        rows[-1] |= shape_scores.distances(facts, wanted)
        modes = shape_scores.histograms(facts)
        details[Path(title).name] = {"modes": modes, "scores": all_scores}
        if columns is not NOT_TRAINED:
            both = {"real": reference, rows[-1]["videos"]: videos}
            scoring.picture(both, reports.RESULTS / f"generation_{Path(title).name}.png")
        print(rows[-1], flush=True)
    overview(reference, made)
    real = {"videos": "reference", **NOT_TRAINED, **dict.fromkeys(scored)}
    real |= shape_scores.summary(wanted) | dict.fromkeys(shape_scores.distances(wanted, wanted))
    details["reference"] = {"modes": shape_scores.histograms(wanted)}
    before = earlier("generation", arguments.videos)
    rows = merged(before["rows"], [real, *rows], "videos", "minutes", "seed")
    runs = merged(before["runs"], [described(run) for run in runs], "name")
    reports.report(
        "generation",
        "Moving shapes, 16 frames of 64x64, each network trained for its minutes of wall-clock "
        "time; against real videos that none was shown.",
        rows,
        packages=("torch", "scipy"),
        clips_a_second_against_mocogan=ratio(runs),
        targets=targets(rows, ratio(runs)),
        count=arguments.videos,
        runs=runs,
        details=before["details"] | details,
    )


def overview(reference, made):
    """Draws real videos above those of each network, of its last run; see `shapes`."""
    from benchmarks.generation import scores as scoring

    kinds = {"real": reference}
    for columns, videos in made.values():
        if columns is not NOT_TRAINED:
            kinds[columns["videos"]] = videos
    kinds = {title.replace(", ", ",\n"): videos for title, videos in kinds.items()}
    scoring.picture(kinds, reports.RESULTS / "generation.png")


def sharper(runs):
    """Returns the videos of the longest run of "continuous" in sharper colours, by title."""
    from benchmarks.generation import scores as scoring

    runs = [run for run in runs if run["network"] == "continuous"]
    if not runs:
        return {}
    run = max(runs, key=lambda run: run["seconds"])
    columns = head(run) | {"videos": SHARPER}
    return {f"{run['folder']}-sharpness{SHARPNESS}": (columns, scoring.sharper(run, SHARPNESS))}


def earlier(name, count):
    """Returns what the results hold already of a benchmark of as many videos."""
    path = reports.RESULTS / f"{name}.json"
    results = json.loads(path.read_text()) if path.exists() else {}
    return results if results.get("count") == count else {"rows": [], "runs": [], "details": {}}


def merged(before, now, *keys):
    """Returns the dicts of both lists; of two with equal values of the keys, the one of `now`."""
    return list({tuple(one[key] for key in keys): one for one in [*before, *now]}.values())


def ratio(runs):
    """Returns how many times MoCoGAN's clips a second "continuous" takes on this machine's CPU.

    It is None unless both were trained on such a one.
    """
    here = [run for run in runs if run["cpu"] == reports.machine()["cpu"]]
    speeds = {
        network: [run["clips/s"] for run in here if run["network"] == network]
        for network in ("continuous", "mocogan")
    }
    if not all(speeds.values()):
        return None
    return statistics.median(speeds["continuous"]) / statistics.median(speeds["mocogan"])


def targets(rows, speed):
    """Returns what the longest run of "continuous" was to reach, and whether it did; by title."""
    return {title: reached(title, rows, speed) for title in ("continuous", SHARPER)}


def reached(title, rows, speed):
    """Returns what the longest run of this title was to reach, and whether it did."""
    runs = [row for row in rows if row["videos"] == title]
    if not runs:
        return {}
    real = next(row for row in rows if row["videos"] == "real")
    last = max(runs, key=lambda row: row["minutes"])
    last = {name: math.inf if value is None else value for name, value in last.items()}
    near = all(abs(last[name] - real[name]) <= 0.1 * real[name] for name in ("step", "step +-"))
    modes = ("TV of kind", "TV of hue", "TV of horizontal")
    return {
        "FVD < 30": last["FVD"] < 30,
        "ACD < 1.79": last["ACD"] < 1.79,
        "one shape >= 0.98": last["one shape"] >= 0.98,
        "step and its deviation within 10 % of the real ones": near,
        "kinds, hues, directions: TV at most 0.1 above that of real videos": all(
            last[name] <= real[name] + 0.1 for name in modes
        ),
        "40 times the clips a second of MoCoGAN": speed is not None and speed >= 40,
    }


def actions(arguments, runs):
    """Reports how good the network is that was trained on people in four actions."""
    from benchmarks.generation import scores as scoring

    folder = Path(arguments.work) / "actions"
    reference, floor = (half[: arguments.videos] for half in generation_sets.real(folder))
    judge = scoring.Judge(reference, folder)
    rows = []
    made = {title: (NOT_TRAINED, videos) for title, videos in scoring.spoilt(floor).items()}
    made |= {run["folder"]: (head(run), scoring.samples(run)[0]) for run in runs}
    for title, (columns, videos) in made.items():
        scores, _ = judge(videos[: len(reference)], title)
        nearest = scoring.nearest(videos, reference)[1].mean()
        rows.append({"videos": title, **columns, **scores, "nearest": float(nearest)})
        print(rows[-1], flush=True)
    for run in runs:
        videos, labels = scoring.samples(run)
        training = generation_sets.Clips(folder / "cache")
        scoring.neighbours(videos, labels, training, reports.RESULTS / "generation_people.png")
    reports.report(
        "generation_people",
        'People in four actions, "continuous" trained on all 72 strips; against half of them. '
        "FVD is of as many videos as that half has; nearest: the root of the mean squared "
        "difference to the nearest video of that half, in levels.",
        rows,
        runs=[described(run) for run in runs],
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add_sets(parser)
    parser.add_argument("--networks", nargs="+", choices=NETWORKS, default=list(NETWORKS))
    parser.add_argument("--minutes", type=float, default=20, help="of training, for each network")
    parser.add_argument(
        "--long", type=float, default=60, help="minutes of a longer run of continuous; 0 for none"
    )
    parser.add_argument(
        "--seeds", type=int, nargs="+", default=[0, 1, 2], help="seeds of continuous"
    )
    parser.add_argument(
        "--videos", type=int, default=256, help="how many videos of each network are scored"
    )
    parser.add_argument("--work", default=str(Path(tempfile.gettempdir()) / "tfvgan-generation"))
    parser.add_argument(
        "--quick", action="store_true", help="half a minute for each run, results in WORK"
    )
    arguments = parser.parse_args()
    sets = archives_of(arguments)
    if arguments.quick:
        vars(arguments).update(QUICK)
        reports.RESULTS = Path(arguments.work) / "quick"
        reports.RESULTS.mkdir(parents=True, exist_ok=True)
    for name, archive in sets.items():
        generation_sets.prepare(name, archive, Path(arguments.work) / name)
    runs = {name: [trained(spec) for spec in specs(arguments, name)] for name in sets}
    for name in sets:
        {"shapes": shapes, "actions": actions}[name](arguments, runs[name])


if __name__ == "__main__":
    main()
