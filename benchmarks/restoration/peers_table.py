"""Ours beside published networks, of results/restoration_peers.json, for the page of figures."""

from benchmarks.writing import Aim, in_markdown, loaded, paragraph, source

NAME = "restoration_peers"
HEADS = ("task", "who", "PSNR", "LPIPS", "tOF", "VMAF-NEG", "CPU-seconds a frame")
OURS = "restore_"
PLAIN = ("bicubic", "lanczos", "decoder alone", "none", "ffmpeg")  # How names of no network begin.
AHEAD = (  # Of each task: the network that is to be surpassed.
    ("x2", "span_x2"),
    ("x4", "span_x4"),
    ("x2 after x264 crf 28", "waifu2x_photo_x2"),
    ("x264 crf 38", "ffdnet"),
    ("noise 25", "ffdnet"),
)
CODED = "x2 after x264 crf 28"
GAIN, LOOKS = 0.6, 0.12  # After a codec: dB over bicubic, and LPIPS, aimed at.
FASTER = 100  # Times BasicVSR's speed, aimed at.


def cells(row):
    """Returns the cells of a row of the results, a tuple of texts."""
    return (
        row["task"],
        f"**{row['rival']}**" if row["rival"].startswith(OURS) else row["rival"],
        f"{row['PSNR']:.2f}",
        f"{row['LPIPS']:.3f}",
        f"{row['tOF']:.3f}",
        f"{row['VMAF-NEG']:.1f}",
        "" if row["rival"].startswith(PLAIN) else f"{row['CPU seconds a frame']:.3f}",
    )


def best(rows, task, begin):
    """Returns of a task's rows, whose names begin so, that of most PSNR and that of least LPIPS."""
    found = [row for row in rows if row["task"] == task and row["rival"].startswith(begin)]
    return max(found, key=lambda row: row["PSNR"]), min(found, key=lambda row: row["LPIPS"])


def aims():
    """Returns what was aimed at, and what was found, a list of `Aim`."""
    rows, made = loaded(NAME)["rows"], []
    for task, name in AHEAD:
        sides = zip(best(rows, task, OURS), best(rows, task, name), strict=True)
        for (ours, theirs), measure, sign in zip(sides, ("PSNR", "LPIPS"), (1, -1), strict=True):
            more = ours[measure] - theirs[measure]
            unit = f"{more:+.2f} dB" if measure == "PSNR" else f"{more:+.3f}"
            of = f"{task}, our best beside {theirs['rival']}: {measure}"
            result = f"{unit} ({ours['rival']})"
            made.append(Aim(of, "more" if sign > 0 else "less", result, bool(sign * more > 0)))
    return made + _coded(rows) + [_faster(rows)]


def _coded(rows):
    faithful, fine = best(rows, CODED, OURS)
    plain, _ = best(rows, CODED, "bicubic")
    more = faithful["PSNR"] - plain["PSNR"]
    return [
        Aim(f"{CODED}, our best: PSNR", f"{GAIN:+.1f} dB over bicubic",
            f"{more:+.2f} dB ({faithful['rival']})", more >= GAIN),
        Aim(f"{CODED}, our best: LPIPS", f"below {LOOKS:.2f}",
            f"{fine['LPIPS']:.3f} ({fine['rival']})", fine["LPIPS"] < LOOKS),
    ]  # fmt: skip


def _faster(rows):
    theirs, _ = best(rows, "x4", "basicvsr")
    ours = next(row for row in rows if row["rival"] == "restore_x4_detail")
    times = theirs["CPU seconds a frame"] / ours["CPU seconds a frame"]
    of = f"x4, {ours['rival']}: speed"
    return Aim(of, f"{FASTER} times BasicVSR's", f"{times:.0f} times", times >= FASTER)


def markdown(rows):
    """Returns the table of the rows."""
    return in_markdown(HEADS, map(cells, rows), 2)


def section():
    """Returns the parts of the page, a list of Markdown."""
    results = loaded(NAME)
    return [
        "### Beside published networks",
        paragraph(
            f"{results['frames']} frames of each of {len(results['clips'])} videos "
            f"({', '.join(results['clips'])}), as above. No restorer of the package was trained on "
            "them. Trials of restore_x2_best, restore_x4_best and restore_old were chosen by other "
            "videos, those of older models by ten, and these are among them. The others' networks "
            "run as Keras models, as their authors have them run: waifu2x with the margin that it "
            "asks for, FFDNet told a noise of 25, and of 10 after a codec, BasicVSR over the whole "
            "clip. Among the aims our best has the most PSNR, or the least LPIPS, and these may be "
            "two models. Seconds are of one thread; other work ran beside it, which lengthens them "
            "alike."
        ),
        markdown(results["rows"]),
        source("restoration/quality", NAME),
    ]
