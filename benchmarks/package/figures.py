"""The figures of the package, for the page: its exports, its start, and its two stacks."""

from benchmarks.package import jobs
from benchmarks.writing import in_markdown, loaded, on_stacks, page, paragraph, source, tensorflow


def aims():
    """Returns nothing: no aim was set for these."""
    return []


def section():
    """Returns the section of the page, in Markdown."""
    return page(
        "Exports, start and stacks",
        *_exports(),
        *_lost(),
        *_sizes(),
        *_start(),
        *_stacks(),
        *_installation(),
        *_jobs(),
    )


def _exports():
    rows = loaded("edge")["rows"]
    networks = list(dict.fromkeys(row["network"] for row in rows))
    by = {(row["network"], row["target"]): row for row in rows}
    lines = []
    for target in dict.fromkeys(row["target"] for row in rows):
        line = [target]
        for row in (by[network, target] for network in networks):
            line += [f"{row['MB']:.1f}", f"{row['ms a video']:.1f}", f"{row['max difference']:.1e}"]
        lines.append(line)
    heads = [f"{network}: {what}" for network in networks for what in ("MB", "ms", "difference")]
    return [
        paragraph(
            "One video of 16 frames of 64x64 out of each export, batch 1. `difference` is the "
            "largest from Keras, on the scale [-1, 1], after "
            f"{loaded('edge')['training_steps']} training steps."
        ),
        in_markdown(["export", *heads], lines),
        source("package/edge", "edge"),
    ]


def _lost():
    results = loaded("exports_lost")
    lines = [
        [row["model"], row["file"], f"{row['kB']:.0f}", f"{row['dB from Keras']:.1f}"]
        + [
            "" if row[key] is None else f"{row[key]:.2f}"
            for key in ("PSNR of Keras", "lost", "lost at most")
        ]
        for row in results["rows"]
    ]
    return [
        "### What the files lose",
        paragraph(
            f"The first {results['frames']} frames, of 320x180, of {len(results['clips'])} real "
            f"clips ({', '.join(results['clips'])}), made noisy or half as large, and restored; a "
            "style is compared with its Keras model alone. PSNR in dB, means over the clips; `lost "
            "at most` is that of the worst clip. A negative loss is a gain. `int8` measures its "
            "ranges on another clip. Cards are of pieces of the same videos, and tell what a model "
            "of 35 dB would lose (`tfvgan.export.lost`): one that is nearer to the truth loses "
            "more, as restore_x2_fast does here."
        ),
        in_markdown(
            ["model", "file", "kB", "dB from Keras", "PSNR of Keras", "lost", "lost at most"],
            lines,
            2,
        ),
        source("package/exports_lost", "exports_lost"),
    ]


def _sizes():
    results = loaded("edge_sizes")
    rows = results["rows"]
    sides = ("TensorFlow", "float32", "dynamic")
    lines = [
        [row["model"], row["from"], str(row["threads"])]
        + [f"{row[f'{side} ms']:.1f}" for side in sides]
        + [f"{row[f'{side} CPU ms']:.1f}" for side in sides]
        + [f"{row[f'{which} ratio']:.2f}" for which in sides[1:]]
        for row in rows
    ]
    loads = [row["load"] for row in rows]
    return [
        "### A frame on an edge device",
        paragraph(
            "Milliseconds of a frame with its state, batch 1: the Keras model's graph in "
            "TensorFlow beside LiteRT (XNNPACK) with its `float32` and `dynamic` files, in turns; "
            f"medians of {results['rounds']} rounds. `CPU ms` are those of all threads together. A "
            "ratio is LiteRT's time over TensorFlow's in the same round, so below 1 LiteRT is "
            f"faster. Other work ran on the machine, whose load was {min(loads):.0f} to "
            f"{max(loads):.0f}: read the ratios, and the CPU's milliseconds. So busy, it says "
            "little of what a second thread gains."
        ),
        in_markdown(
            ["model", "from", "threads"]
            + [f"{side} ms" for side in sides]
            + [f"{side} CPU ms" for side in sides]
            + [f"{which} ratio" for which in sides[1:]],
            lines,
            2,
        ),
        source("package/edge_sizes", "edge_sizes"),
    ]


def _start():
    rows = {row["command"]: row for row in loaded("startup")["rows"]}
    more = 100 * (rows["import tfvgan"]["against import tensorflow"] - 1)
    return [
        paragraph(
            f"`import tfvgan` takes {more:.0f} % longer than `import tensorflow`. The command "
            f"line answers `--help` in {rows['tfvgan --help']['seconds']:.2f} s."
        ),
        source("package/startup", "startup"),
    ]


def _jobs():
    if not on_stacks(jobs.NAME):
        return []
    results = loaded(jobs.NAME)
    one, two = ("s", "CPU-s"), (f"s, --jobs {jobs.JOBS}", f"CPU-s, --jobs {jobs.JOBS}")
    heads = [*one, *two, "files/core-h"]
    lines = [
        [
            row["verb"],
            f"{row['files']} of {row['seconds each']:g} s",
            f"{row['gain']:.2f}",
            *(f"{row[head]:.0f}" for head in heads),
        ]
        for row in results["rows"]
    ]
    before, after = results["machine"]["load before"], results["load_after"]
    return [
        "### Two processes for many files",
        paragraph(
            f"Films of {results['size']} at 25 frames a second; whole commands, starts included, "
            f"medians of {results['rounds']} rounds. A gain is "
            f"the time of one process over that of `--jobs {jobs.JOBS}` in the same round; one "
            "process uses several cores already, for networks and decoders, and each takes some "
            "CPU-seconds to start. The load was "
            f"{before:.1f} before and {after:.1f} after: where it is not near 0, the gain says "
            "what other work left, and the CPU-seconds what was done."
        ),
        in_markdown(["verb", "files", "gain", *heads], lines, 2),
        source("package/jobs", jobs.NAME),
    ]


def _stacks():
    results = loaded("stacks")
    this, other = (results["stacks"][side] for side in ("this", "other"))
    names = [
        f"TensorFlow {side['tensorflow']}, Python {side['python']}, ms" for side in (this, other)
    ]
    lines = [
        [row["work"], f"{row['this ms']:.0f}", f"{row['other ms']:.0f}", f"{row['ratio']:.2f}"]
        for row in results["rows"]
    ]
    return [
        paragraph(
            "The same work on the two stacks that tfvgan installs, in turns; medians. A ratio "
            f"above 1 says that TensorFlow {other['tensorflow']} is slower."
        ),
        in_markdown(["work", *names, "ratio"], lines),
        source("package/stacks", "stacks"),
    ]


def _installation():
    lines = [
        [row["typed"], tensorflow(name), f"{row['network MB']:.0f}", f"{row['disk MB']:.0f}"]
        for name in on_stacks("installation")
        for row in loaded(name)["rows"]
    ]
    return [
        paragraph("What an installation brings over the network, and what lies on the disk then."),
        in_markdown(["typed", "TensorFlow", "network, MB", "disk, MB"], lines, 2),
        *(source("package/installation", name) for name in on_stacks("installation")),
    ]
