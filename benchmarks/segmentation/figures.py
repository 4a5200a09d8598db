"""The figures of segmentation, for the page: moving things, and what the game is for."""

from benchmarks.segmentation.moving import FIRST, OURS, WITHOUT
from benchmarks.segmentation.scenes import CAMERAS, SIDE
from benchmarks.writing import (
    RESULTS,
    Aim,
    aims_table,
    in_markdown,
    loaded,
    means,
    page,
    paragraph,
    source,
    videos_of,
)

LEAST = {"still": 0.80, "moving": 0.65}  # IoU that was aimed at, by camera.
EQUAL = 0.01  # Of IoU, how far two that count as equal differ.


def aims():
    """Returns what was aimed at, and what was found."""
    rows = {(row["camera"], row["who"]): row for row in means(OURS)}
    result = []
    for camera in CAMERAS:
        ours, twin = (rows.get((camera, who)) for who in (OURS, WITHOUT))
        if ours:
            found, least = ours["IoU"], LEAST[camera]
            what = f"{OURS}, {camera} camera: IoU"
            result.append(Aim(what, f"{least:.2f} at least", f"{found:.3f}", found >= least))
        if ours and twin:
            result += _game(camera, ours, twin)
    return result


def _game(camera, ours, twin):
    """Returns the aims of the game: better edges and less flips, at equal overlap."""

    def aim(key, digits, than, met):
        what, found = f"the game, {camera} camera: {key}", f"{ours[key]:.{digits}f}"
        return Aim(what, f"{than} {WITHOUT}'s {twin[key]:.{digits}f}", found, met)

    return [
        aim("IoU", 3, f"at most {EQUAL} below", ours["IoU"] >= twin["IoU"] - EQUAL),
        aim("boundary F", 3, "above", ours["boundary F"] > twin["boundary F"]),
        aim("flips x1000", 2, "below", ours["flips x1000"] < twin["flips x1000"]),
    ]


def section():
    """Returns the section of the page, in Markdown; nothing where nothing was measured."""
    rows = means(OURS)
    if not rows:
        return ""
    results = loaded(OURS)
    return page(
        "Segmentation",
        "### Moving things",
        paragraph(
            f"Over frames of {videos_of(results)}, things move whose masks are exact: "
            f"{results['scenes']} scenes of each video and camera, {results['frames']} frames of "
            f"{SIDE}x{SIDE}. All run from the first frame on, and are measured from frame "
            f"{FIRST + 1} on. Scenes are drawn as those that {OURS} learns from, over other "
            "videos; its rivals learn from no example, which favours it. Each rival is taken with "
            "a median filter or without, whichever was better on the half that chooses. "
            "IoU and the boundary's F are those of DAVIS. Flips are pixels of a thousand whose "
            "mask changes from one frame to the next where the true one does not. CPU-ms are of "
            "one processor, for a frame:"
        ),
        *_picture(),
        in_markdown(
            ["camera", "who", "IoU", "boundary F", "flips x1000", "CPU-ms"],
            [_line(row) for row in rows],
            2,
        ),
        "### Aims",
        aims_table(aims()),
        source("segmentation/moving", OURS),
    )


def _picture():
    """Returns the paragraph that shows the picture of hard scenes, if it is there."""
    text = "hard scenes before a camera that stands and one that moves: frames, true masks, ours, "
    text += "and those of the rival with the best IoU"
    return [f"![{text}](results/{OURS}.png)"] if (RESULTS / f"{OURS}.png").is_file() else []


def _line(row):
    who = f"**{row['who']}**" if row["who"] == OURS else row["who"]
    numbers = f"{row['IoU']:.3f}", f"{row['boundary F']:.3f}", f"{row['flips x1000']:.2f}"
    return [row["camera"], who, *numbers, f"{row['CPU ms']:.1f}"]
