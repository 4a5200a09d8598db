"""The tables of results/codec.json in Markdown, for figures and cards, and a picture.

    python benchmarks/compression/table.py [--rates | --aims] [--model codec_detail]
    python benchmarks/compression/table.py --speed | --packets
    python benchmarks/compression/table.py --plot    # writes results/codec.png

At equal size; `--rates`: the bits that ours take at equal quality; `--aims`: what was aimed at,
beside what was found; `--speed`, `--packets`: results/codec_speed.json, codec_packets.json. For a
card it is what its model is preferred for, with the rivals.
"""

import argparse
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import numpy as np

from benchmarks.report import RESULTS
from benchmarks.writing import Aim, aims_table, in_markdown, loaded

OURS = "ours"
SIZES = (0.01, 0.02, 0.03, 0.05, 0.1)  # Bits per pixel.
TICKS = (0.005, 0.01, 0.02, 0.05, 0.1)
POINTS = 15  # Of letters in the picture.
SHOWN = {"LPIPS": "{:.3f}", "VMAF": "{:.1f}", "VMAF-NEG": "{:.1f}", "PSNR-Y": "{:.1f}"}
SHOWN |= {"MS-SSIM": "{:.4f}", "tOF": "{:.3f}"}
BASE = "SVT-AV1 preset 4"
RANGE = np.geomspace(0.01, 0.1, 9)  # Bits per pixel, where base and ours are compared.
PLOTTED = {  # What the picture shows; the table has the rest.
    "LPIPS": "LPIPS: lower is better",
    "VMAF-NEG": "VMAF-NEG: higher is better",
    "PSNR-Y": "PSNR of luma, dB: higher is better",
}
DRAWN = {  # A colour for each standard: thin is its encoder, thick is ours over it.
    "ours over av1, detail": ("ours over AV1, detail", "#0072b2", "-"),
    "ours over av1, fidelity": ("ours over AV1, fidelity", "#0072b2", ":"),
    "ours over hevc, detail": ("ours over HEVC", "#d55e00", "-"),
    "ours over h264, detail": ("ours over H.264", "#009e73", "-"),
    "ours, learned": ("ours, learned", "#000000", "-"),
    "SVT-AV1 preset 4": ("AV1: SVT-AV1", "#0072b2", "-"),
    "x265 slow": ("HEVC: x265", "#d55e00", "-"),
    "x264 veryslow": ("H.264: x264", "#009e73", "-"),
    "VVenC medium": ("VVC: VVenC", "#cc79a7", "-"),
}
HALF = ", half size"  # How the names of codecs end that code frames of half the size.


def at(rows, codec, size, key):
    """Returns what a codec has at a size, interpolated over its logarithm; None outside of its."""
    points = sorted((row["bpp"], row[key]) for row in rows if row["codec"] == codec)
    sizes, values = zip(*points)
    if not sizes[0] <= size <= sizes[-1]:
        return None
    return float(np.interp(np.log(size), np.log(sizes), values))


def codecs(rows):
    """Returns the names of the codecs, in order: rivals, ours, the learned one."""
    names = dict.fromkeys(row["codec"] for row in rows)
    ours = sorted((name for name in names if name.startswith(OURS)), key=_place)
    return [name for name in names if not name.startswith(OURS)] + ours


def _place(name):
    return "learned" in name, name


def named(codec):
    """Returns a codec's name, ours in bold."""
    return f"**{codec}**" if codec.startswith(OURS) else codec


def equal_size(rows, seconds=()):
    """Returns a table for each score: what each codec has at some sizes, - where it reaches none.

    They are narrow, to be read on a phone. The last one is of seconds.

    Args:
        rows: of results/codec.json.
        seconds: rows of results/codec_seconds.json.
    """
    parts, taken = [], {row["codec"]: row for row in seconds}
    for key, form in SHOWN.items():
        lines = []
        for codec in codecs(rows):
            values = [at(rows, codec, size, key) for size in SIZES]
            cells = ["-" if one is None else form.format(one) for one in values]
            lines.append([named(codec), *cells])
        parts += [f"**{key}**", in_markdown(["codec", *(f"{size:g}" for size in SIZES)], lines)]
    lines = [
        [named(codec), *(f"{taken[codec][key]:.1f}" for key in ("encode s", "decode s"))]
        for codec in codecs(rows)
        if codec in taken
    ]
    parts += ["**Seconds**", in_markdown(["codec", "encode", "decode"], lines)] if lines else []
    return "\n\n".join(parts)


def rates(results):
    """Returns the table of the bits that ours take at equal quality, against each rival."""
    lines = [
        [
            named(codec),
            rival,
            *("" if savings[key] is None else f"{savings[key]:+.0f} %" for key in SHOWN),
        ]
        for codec in codecs(results["rows"])
        if codec.startswith(OURS)
        for rival, savings in results["rates"][codec].items()
        if not rival.startswith(OURS) and not rival.endswith(HALF)
    ]
    return in_markdown(["codec", "against", *SHOWN], lines, 2)


def further(rows, codec, key):
    """Returns how much more of a score a codec has than its base, a mean over the sizes of both."""
    pairs = [[at(rows, name, size, key) for name in (codec, BASE)] for size in RANGE]
    both = [ours - theirs for ours, theirs in pairs if None not in (ours, theirs)]
    return float(np.mean(both)) if both else None


def aims(results):
    """Returns what was aimed at over SVT-AV1, and what was found, a list of `Aim`."""
    rows, result = results["rows"], []
    for prefer, least in (("detail", -0.3), ("fidelity", 0.0)):
        codec = f"{OURS} over av1, {prefer}"
        if codec not in codecs(rows):
            continue
        rates = results["rates"][codec][BASE]
        decibels, flow = (further(rows, codec, key) for key in ("PSNR-Y", "tOF"))
        for what, aim, value, most, form in (
            ("bits at equal LPIPS", "-25 %", rates["LPIPS"], -25, "{:+.1f} %"),
            ("bits at equal VMAF-NEG", "-5 %", rates["VMAF-NEG"], -5, "{:+.1f} %"),
            ("tOF over the base's", "0 at most", flow, 0, "{:+.4f}"),
        ):
            met = value is not None and value <= most
            result.append(Aim(f"{codec}: {what}", aim, _measured(value, form), met))
        met = decibels is not None and decibels >= least
        text = _measured(decibels, "{:+.2f} dB")
        result.append(Aim(f"{codec}: PSNR-Y over the base's", f"{least:+.1f} dB", text, met))
    return result


def _measured(value, form):
    return "not measured" if value is None else form.format(value)


def of_model(results, name):
    """Returns the results of a published model, `codec_PREFERENCE`, and of the rivals."""
    ending = f", {name.removeprefix('codec_')}"
    kept = [
        codec
        for codec in codecs(results["rows"])
        if not codec.startswith(OURS) or codec.endswith(ending)
    ]
    rows = [row for row in results["rows"] if row["codec"] in kept]
    return {"rows": rows, "rates": {c: r for c, r in results["rates"].items() if c in kept}}


def speed(results):
    """Returns the table of speeds and profiles."""
    shares = [key for key in results["rows"][0] if key.endswith(" %")]
    heads = ["", "base", "setting", "frames/s", "times real time", "CPU ms a frame", *shares]
    lines = [
        [
            *(row[key] for key in ("what", "base", "setting")),
            *(f"{row['frames/s']:.1f}", f"{row['times real time']:.2f}", _worked(row)),
            *(f"{row[key]:.1f}" for key in shares),
        ]
        for row in results["rows"]
    ]
    return in_markdown(heads, lines, 3)


def _worked(row):
    """Returns the milliseconds that all cores worked for a frame, where they were counted."""
    return f"{row['CPU ms a frame']:.0f}" if "CPU ms a frame" in row else "not measured"


def packets(rows):
    """Returns the table of what packets repeat."""
    heads = ["base", "quantiser", "stream, bytes", "in a .tvg", "less", "to unpack, ms a frame"]
    lines = [
        [
            *(row["standard"], f"{row['quantiser']:g}", row["stream, bytes"], row["in a .tvg"]),
            *(f"{row['less %']:.0f} %", f"{row['ms a frame to unpack']:.1f}"),
        ]
        for row in rows
    ]
    return in_markdown(heads, [list(map(str, line)) for line in lines], 1)


def seconds():
    """Returns the rows of results/codec_seconds.json, or none without it."""
    return loaded("codec_seconds")["rows"] if (RESULTS / "codec_seconds.json").exists() else []


def plot(results, path):
    """Draws rate and distortion, each standard beside ours over it, to be read on a phone."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    # Phones show pictures 390 pixels wide: 78 for each of 5 inches, so that 15 points, of 72 an
    # inch, are the 16 pixels of a page's text.
    figure = Figure((5, 14), layout="constrained")
    FigureCanvasAgg(figure)
    for axis, (key, title) in zip(figure.subplots(len(PLOTTED)), PLOTTED.items()):
        for codec, (label, colour, style) in DRAWN.items():
            points = sorted((r["bpp"], r[key]) for r in results["rows"] if r["codec"] == codec)
            if points:
                width = 2.8 if codec.startswith(OURS) else 1.2
                axis.plot(*zip(*points), style, color=colour, linewidth=width, label=label)
        axis.set(xscale="log", xlim=(0.004, 0.15))
        axis.set_xlabel("bits per pixel", fontsize=POINTS)
        axis.set_xticks(TICKS, [f"{size:g}" for size in TICKS])
        axis.tick_params(labelsize=POINTS)
        if key == "LPIPS":  # Its curves meet where bits are many: equal ratios are equally far.
            axis.set(yscale="log", ylim=(0.01, 0.4))
            axis.set_yticks((0.02, 0.05, 0.1, 0.2), ("0.02", "0.05", "0.1", "0.2"))
        axis.minorticks_off()
        axis.set_title(title, loc="left", fontweight="bold", fontsize=POINTS)
        axis.grid(alpha=0.3)
    lines, labels = figure.axes[0].get_legend_handles_labels()
    figure.legend(
        lines, labels, loc="outside upper left", frameon=False, fontsize=POINTS, labelspacing=0.3
    )
    figure.savefig(path, dpi=160)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", help="a published model: the tables of its card")
    for name in ("rates", "aims", "speed", "packets", "plot"):
        parser.add_argument(f"--{name}", action="store_true")
    arguments = parser.parse_args()
    if arguments.speed:
        print(speed(loaded("codec_speed")))
        return
    if arguments.packets:
        print(packets(loaded("codec_packets")["rows"]))
        return
    results = loaded("codec")
    if arguments.plot:
        plot(results, RESULTS / "codec.png")
        return
    results = of_model(results, arguments.model) if arguments.model else results
    if arguments.rates or arguments.aims:
        print(rates(results) if arguments.rates else aims_table(aims(results)))
    else:
        print(equal_size(results["rows"], seconds()))


if __name__ == "__main__":
    main()
