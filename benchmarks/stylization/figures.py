"""The figures of stylization, for the page: flicker and look, speed and size, and `steady`."""

from benchmarks.stylization.measures import DISTANCES
from benchmarks.writing import (
    RESULTS,
    Aim,
    aims_table,
    in_markdown,
    loaded,
    means,
    on_stacks,
    page,
    paragraph,
    source,
    videos_of,
)

OURS, STEADY, EMA = "style_", "steady", "flow-EMA"
FILTER, WITHOUT = "filter", "without temporal terms"
FLICKERS = 0.4  # At most, of what the network flickers without the temporal terms.
STEADIEST = 2.05  # Warping error x1000 that was aimed at: below that of networks for pictures.
KEPT = 95  # Percent of sharpness, at least.
AS_NEAR = 1.05  # Times the distance to the style that counts as equal, at most.
FRAME, FILM, KILOBYTES = 10, 30, 400  # CPU-ms, frames/s, kB: at most, at least, at most.


def aims():
    """Returns what was aimed at, and what was found."""
    return [*_styles_aims(), *_speed_aims(), *_steady_aims()]


def _by(name, key):
    return {(row[key], row["who"]): row for row in means(name)}


def _thousandfold(row):
    return 1000 * row["warping error"]


def _sharper(row, than):
    return 100 * row["sharpness"] / than["sharpness"]


def _least(of, share, than):
    return Aim(of, f"{KEPT} % of {than}", f"{share:.0f} %", share >= KEPT)


def _styles_aims():
    rows, result = _by("styles", "style"), []
    for (style, who), row in rows.items():
        if not who.startswith(OURS):
            continue
        error = _thousandfold(row)
        what = f"{who}: warping error x1000"
        result.append(Aim(what, f"below {STEADIEST}", f"{error:.2f}", error < STEADIEST))
        if twin := rows.get((style, WITHOUT)):
            share = error / _thousandfold(twin)
            aim = f"{FLICKERS} of that {WITHOUT}, at most"
            result.append(Aim(f"{who}: flicker", aim, f"{share:.2f}", share <= FLICKERS))
            result.append(_least(f"{who}: sharpness", _sharper(row, twin), f"that {WITHOUT}"))
            for key in DISTANCES[1:]:
                if row[key] is not None:
                    far = f"{row[key]:.3f} ({twin[key]:.3f})"
                    near = row[key] <= AS_NEAR * twin[key]
                    aim = f"that {WITHOUT}, or {100 * (AS_NEAR - 1):.0f} % more"
                    result.append(Aim(f"{who}: {key} to the filter", aim, far, near))
    return result


def _speed_aims():
    if not on_stacks("styles_speed"):
        return []
    results = loaded("styles_speed")
    ours = [row for row in results["rows"] if row["kB"] is not None]
    fast = min(ours, key=lambda row: row["CPU ms"])
    small = min(ours, key=lambda row: row["kB"])
    film = results["film"]
    return [
        Aim(
            "a style, a frame of 320x180",
            f"{FRAME} CPU-ms at most",
            f"{fast['CPU ms']:.1f} ({fast['who']})",
            fast["CPU ms"] <= FRAME,
        ),
        Aim(
            f"tfvgan stylize, {film['size']}, two cores",
            f"{FILM} frames/s",
            f"{film['frames/s']:.1f}",
            film["frames/s"] >= FILM,
        ),
        Aim(
            "a style's file",
            f"{KILOBYTES} kB at most",
            f"{small['kB']:.0f} kB ({small['who']})",
            small["kB"] <= KILOBYTES,
        ),
    ]


def _steady_aims():
    rows, result = _by("steady", "kind"), []
    for (kind, who), row in rows.items():
        if who == STEADY:
            error, bound = (_thousandfold(one) for one in (row, rows[kind, EMA]))
            aim = f"below {EMA}'s {bound:.2f}"
            what = f"steady, {kind}: warping error x1000"
            result.append(Aim(what, aim, f"{error:.2f}", error < bound))
            share = _sharper(row, rows[kind, "input"])
            result.append(_least(f"steady, {kind}: sharpness", share, "the input's"))
    return result


def section():
    """Returns the section of the page, in Markdown."""
    parts = [*_styles(), *_speed(), *_steady()]
    found = aims()
    table = ["### Aims", aims_table(found)] if found else []
    scripts = ", ".join(
        f"[{name}](stylization/{name}.py)" for name in ("styles", "speed", "steady")
    )
    return page(
        "Stylization",
        paragraph(
            "What flickers is measured by the warping error: how much pixels change along the "
            "motion of the source. A blurred video scores well there, so that sharpness, the mean "
            "Laplacian of luma in grey levels, and the distance to the style stand beside it. "
            f"Scripts: {scripts}."
        ),
        *_picture("styles"),
        *parts,
        *table,
    )


def _picture(name):
    """Returns the paragraph that shows a picture of results/, if it is there."""
    texts = {
        "styles": "a video, what a filter makes of each frame, and ours: a frame, and a line of "
        "pixels over time, in which flicker draws stripes",
        "steady": "a video made to flicker, a mean along the flow, and ours: a frame, and a line "
        "of pixels over time, in which flicker draws stripes",
    }
    there = (RESULTS / f"{name}.png").is_file()
    return [f"![{texts[name]}](results/{name}.png)"] if there else []


def _styles():
    rows = means("styles")
    if not rows:
        return []
    results = loaded("styles")
    by = _by("styles", "style")
    return [
        paragraph(
            f"{videos_of(results)}, {results['frames']} "
            "frames of one scene of each, 320x180. Styles of the package are bold. PSNR, LPIPS "
            "(AlexNet, v0.1) and Gram (matrices of VGG16's features) are to what the filter makes "
            f'of the video; "{WITHOUT}" is the same network, trained with `--steady 0`:'
        ),
        in_markdown(
            ["style", "who", "warping x1000", "tOF", "sharpness", "of the filter's", *DISTANCES],
            [_line(row, by.get((row["style"], FILTER))) for row in rows],
            2,
        ),
        source("stylization/styles", "styles"),
    ]


def _scenes(results):
    if "parts" not in results:
        return "The same scenes"
    return f"Scenes of {videos_of(results)}"


def _line(row, filter_row):
    kept = "" if filter_row is None else f"{_sharper(row, filter_row):.0f} %"
    far = [("" if row[key] is None else f"{row[key]:.3f}") for key in DISTANCES]
    return [row["style"], _bold(row["who"]), *_flicker(row), kept, *far]


def _flicker(row):
    return [f"{_thousandfold(row):.2f}", f"{row['tOF']:.3f}", f"{row['sharpness']:.1f}"]


def _bold(who):
    return f"**{who}**" if who == STEADY or who.startswith(OURS) else who


def _speed():
    if not on_stacks("styles_speed"):
        return []
    results = loaded("styles_speed")
    film = results["film"]
    return [
        "### Speed and size of a style",
        paragraph(
            "Milliseconds that one processor works for a frame of 320x180, on one thread, all in "
            f"turns. The network has {results['weights']} weights:"
        ),
        in_markdown(
            ["who", "CPU-ms", "kB"],
            [
                [
                    row["who"],
                    f"{row['CPU ms']:.1f}",
                    "" if row["kB"] is None else f"{row['kB']:.0f}",
                ]
                for row in results["rows"]
            ],
        ),
        paragraph(
            f"`tfvgan stylize` paints {film['frames/s']:.1f} frames/s of {film['size']} on "
            f"{results['machine']['cores']} cores, from file to file, {film['CPU ms']:.0f} CPU-ms "
            "each."
        ),
        source("stylization/speed", "styles_speed"),
    ]


def _steady():
    rows = means(STEADY)
    if not rows:
        return []
    results, by = loaded(STEADY), _by(STEADY, "kind")
    unseen = ", ".join(results["unseen"])
    never = f" The training draws none of {unseen}." if unseen else ""
    lines = [
        [
            *(row["kind"], _bold(row["who"]), *_flicker(row)),
            f"{_sharper(row, by[row['kind'], 'input']):.0f} %",
            *(f"{row['LPIPS']:.3f}", f"{row['CPU ms']:.0f}"),
        ]
        for row in rows
    ]
    return [
        "### Flicker taken out",
        paragraph(
            f"{_scenes(results)}, made to flicker by what is done to each frame, and made steady "
            "again. LPIPS is to the flickering video: how much of its look is lost. CPU-ms are "
            f"of all that a frame takes, flow included.{never}"
        ),
        *_picture(STEADY),
        in_markdown(
            ["kind", "who", "warping x1000", "tOF", "sharpness", "kept", "LPIPS", "CPU-ms"],
            lines,
            2,
        ),
        source("stylization/steady", STEADY),
    ]
