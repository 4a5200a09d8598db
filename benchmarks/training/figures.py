"""The figures of training, for the page: a step against PyTorch, and reading what it is given."""

from statistics import mean

from benchmarks.training import games_figures
from benchmarks.writing import (
    Aim,
    aims_table,
    in_markdown,
    loaded,
    machine,
    on_stacks,
    page,
    paragraph,
    source,
    tensorflow,
)

SIDES = ("tfvgan", "torch", "torch channels_last")
DECODERS = ("tensorflow-io", "PyAV", "OpenCV", "decord")
HEADS = ["network", "TensorFlow", "tfvgan", "PyTorch", "PyTorch, channels last", "ratio", "machine"]
NAMES = ("red", "green", "blue")
READERS = ("tfvgan", "tfvgan before", "tensorflow-io", "ffmpeg", "ffmpeg exact")
LEFT_OUT = "carphone_distorted.mp4"  # As large as carphone_pristine.mp4, and as fast.


def steps():
    """Returns the rows of all networks whose step was timed, on each stack."""
    return [
        {**row, "machine": machine(name), "tensorflow": tensorflow(name)}
        for script in ("training_step", "generation_step")
        for name in on_stacks(script)
        for row in loaded(name)["rows"]
    ]


def cell(value, places):
    """Returns a number as text; a dash where PyTorch was not there."""
    return "-" if value is None else f"{value:.{places}f}"


def aims():
    """Returns what was aimed at, and what was found."""
    return aims_of_speed() + games_figures.aims()


def aims_of_speed():
    """Returns those of steps and of preparing."""
    film = loaded("prepare_memory")["rows"][-1]
    both = film["peak MB"], film["peak MB of a decoding process"]
    return [
        Aim(
            f"training step of {row['network']}, TensorFlow {row['tensorflow']}",
            "faster than PyTorch in either layout: a ratio below 1",
            f"{row['ratio to the faster']:.2f}",
            row["ratio to the faster"] < 1,
        )
        for row in steps()
        if row["ratio to the faster"] is not None
    ] + [
        Aim(
            f"preparing {film['minutes of 1280x720']} minutes of 1280x720",
            "1500 MB at most, with the process that decodes",
            f"{both[0]:.0f} + {both[1]:.0f} MB",
            sum(both) <= 1500,
        )
    ]


def section():
    """Returns the section of the page, in Markdown."""
    speed = (*_steps(), *_reading(), *_colours(), *_memory(), *_workers())
    return page("Training", *speed, *games_figures.section())


def _steps():
    lines = [
        [
            row["network"],
            row["tensorflow"],
            *(cell(row.get(f"{side} ms"), 0) for side in SIDES),
            cell(row["ratio to the faster"], 2),
            row["machine"],
        ]
        for row in steps()
    ]
    torch = loaded("training_step")["versions"]["torch"].split("+")[0]
    return [
        "### A step",
        paragraph(
            "One training step of both players in ms, batch 8, clips of 16 frames of 64x64, "
            f"against the same networks in PyTorch {torch} on the same cores in the same run. "
            "The ratio is to the faster of PyTorch's two memory layouts. `continuous` reads "
            "three moments of a clip, and its share of lazy R1 is counted."
        ),
        in_markdown(HEADS, lines, 2),
        *(source("training/step", name) for name in on_stacks("training_step")),
        *(source("generation/step", name) for name in on_stacks("generation_step")),
        aims_table(aims_of_speed()),
    ]


def _reading():
    results, moments = loaded("input"), loaded("moments")["rows"]
    lines = [
        [f"{row['from']}, {row['size']}", *(f"{row[name]:.0f}" for name in DECODERS)]
        for row in results["rows"]
        if row["from"] != LEFT_OUT
    ]
    waits = max(results["percent_of_step_waiting_for_data"].values())
    return [
        "### Reading",
        "Clips of 16 frames of 64x64 a second, decoded from files:",
        in_markdown(["file", *DECODERS], lines),
        paragraph(
            "tensorflow-io, where it is installed, is the default decoder and the slowest; PyAV "
            "(`decoder='pyav'`) prepares faster. The prepared cache gives "
            f"{results['clips_per_second_from_cache']:.0f} clips a second. A training step "
            f"waits for its batch {waits:.1f} % of the time at most."
        ),
        source("training/input", "input"),
        "Clips a second from the cache, three moments of each or all frames:",
        in_markdown(
            ["frames of a clip", "three moments", "all frames"],
            [
                [
                    str(row["frames of a clip"]),
                    f"{row['3 moments, clips/s']:.0f}",
                    f"{row['whole, clips/s']:.0f}",
                ]
                for row in moments
            ],
        ),
        source("training/moments", "moments"),
    ]


def shared_colours():
    """Returns the lines of the table on colours: means over videos, a line a codec and writer."""
    rows, lines = loaded("colours")["rows"], []
    for codec, writer in dict.fromkeys((row["codec"], row["written by"]) for row in rows):
        of = [row for row in rows if (row["codec"], row["written by"]) == (codec, writer)]
        line = [codec, writer]
        for reader in READERS:
            there = [row for row in of if row.get(reader) is not None]
            db, moved = (
                mean(row[name] for row in there) if there else None
                for name in (reader, f"moved: {reader}")
            )
            line.append(f"{cell(db, 2)} ({cell(moved, 2)})")
        lines.append(line)
    return lines


def _colours():
    results = loaded("colours")
    rates = results["frames_a_cpu_second"]
    videos = len({row["video"] for row in results["rows"]})
    return [
        "### Colours that pixels share",
        paragraph(
            "dB of RGB between what was written and what was read, and in brackets by how many "
            f"pixels Cr moved to the right; means of {videos} videos, one of them drawn with "
            "sharp colours, in nearly lossless 4:2:0. `exact` is FFmpeg with its most exact "
            "flags. It asks neither way where the codec has its colours, so what it writes as "
            "H.264 moves by half a pixel for all who do, unless it is told (`said`)."
        ),
        in_markdown(["codec", "written by", *READERS], shared_colours(), 2),
        paragraph(
            "Frames of 1280x720 a CPU-second, decoded to RGB: "
            f"{rates['now, not scaled']:.0f}; by FFmpeg's plain conversion, which repeats "
            f"colours, {rates['before, not scaled']:.0f}; made smaller, to 64x64, "
            f"{rates['now, to 64x64']:.0f}."
        ),
        source("training/colours", "colours"),
        *_rounding(),
    ]


def _rounding():
    """Returns how far tensorflow-io is from PyAV, of the drawn video and of the clips."""
    results = loaded("rounding")
    drawn, clips = (
        [row for row in results["rows"] if (row["video"] == "drawn") == is_it]
        for is_it in (True, False)
    )
    apart, drawn_apart = (mean(row["apart"] for row in of) for of in (clips, drawn))
    most, drawn_most = (max(row["apart, 99 %"] for row in of) for of in (clips, drawn))
    lost = [f"{mean(row[f'lost: {name}'] for row in clips):.2f}" for name in NAMES]
    added = [f"{level:.2f}" for level in results["added"]]
    return [
        paragraph(
            f"tensorflow-io's frames of the clips are {apart:.2f} levels from PyAV's in the mean, "
            f"and 99 of 100 values at most {most:.0f}; those of the drawn video {drawn_apart:.2f} "
            f"and {drawn_most:.0f}. FFmpeg 4 rounds down. Of the clips {', '.join(lost)} levels of "
            f"{', '.join(NAMES)} would be missing, and {', '.join(added)} are added."
        ),
        source("training/rounding", "rounding"),
    ]


def _memory():
    short, film = loaded("prepare_memory")["rows"]
    return [
        "### Memory",
        paragraph(
            f"Preparing {film['minutes of 1280x720']} minutes of 1280x720 peaks at "
            f"{film['peak MB']:.0f} MB, and half a minute at {short['peak MB']:.0f} MB. The "
            f"process that decodes holds {film['peak MB of a decoding process']:.0f} MB."
        ),
        source("training/prepare_memory", "prepare_memory"),
    ]


def _workers():
    if not on_stacks("training_workers"):
        return []
    results = loaded("training_workers")
    rows, load = results["rows"], results["machine"]["load before"]
    names = list(rows[0])
    return [
        "### Several workers",
        paragraph(
            f"{results['claim']}. They are processes that share the {results['machine']['cores']} "
            "cores and meet on localhost: what is seen is what the exchange costs, and no gain. "
            "Summed at a step are the gradients of both players; sent is what the loopback "
            f"interface counts of all processes. The load of the machine was {load:.1f} before."
        ),
        in_markdown(names, [[str(row[name]) for name in names] for row in rows], 0),
        source("training/workers", "training_workers"),
    ]
