"""The figures of segmentation, for the page: moving things, what the game is for, and people."""

from benchmarks.segmentation import people
from benchmarks.segmentation.moving import FIRST, OURS
from benchmarks.segmentation.ours import LITERT, WITHOUT
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
OF_PEOPLE = {"IoU": 0.95, "flips x1000": 0.6, "CPU ms": 8.0}  # Aimed at on real clips.
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
            result += _game(f"{camera} camera", ours, twin)
    return result + _of_people()


def _game(where, ours, twin):
    """Returns the aims of the game: better edges and less flips, at equal overlap."""

    def aim(key, digits, than, met):
        what, found = f"the game, {where}: {key}", f"{ours[key]:.{digits}f}"
        return Aim(what, f"{than} {WITHOUT}'s {twin[key]:.{digits}f}", found, met)

    return [
        aim("IoU", 3, f"at most {EQUAL} below", ours["IoU"] >= twin["IoU"] - EQUAL),
        aim("boundary F", 3, "above", ours["boundary F"] > twin["boundary F"]),
        aim("flips x1000", 2, "below", ours["flips x1000"] < twin["flips x1000"]),
    ]


def _of_people():
    """Returns the aims on real clips of people, and of the game on both sets of them."""
    sets = {row["set"]: {} for row in means(people.OURS)}
    for row in means(people.OURS):
        sets[row["set"]][row["who"]] = row
    rows, found = sets.get(people.CLIPS, {}), []
    for what, aim in OF_PEOPLE.items():
        # Rivals' time is LiteRT's, too.
        row = rows.get(LITERT if what == "CPU ms" else people.OURS)
        if row is None:
            continue
        digits, most = (3, False) if what == "IoU" else (2, True)
        met = row[what] <= aim if most else row[what] >= aim
        words = f"{aim:g} at most" if most else f"{aim:g} at least"
        found.append(
            Aim(f"{people.OURS}, real clips: {what}", words, f"{row[what]:.{digits}f}", met)
        )
    for which, each in sets.items():
        if people.OURS in each and WITHOUT in each:
            found += _game(f"people, {which}", each[people.OURS], each[WITHOUT])
    return found


def section():
    """Returns the section of the page, in Markdown; nothing where nothing was measured."""
    parts = [*_moving_things(), *_people()]
    if not parts:
        return ""
    return page("Segmentation", *parts, "### Aims", aims_table(aims()))


def _moving_things():
    """Returns the paragraphs on things that move."""
    rows = means(OURS)
    if not rows:
        return []
    results = loaded(OURS)
    return [
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
        _table("camera", rows, OURS),
        source("segmentation/moving", OURS),
    ]


def _people():
    """Returns the paragraphs on people."""
    rows = means(people.OURS)
    if not rows:
        return []
    results = loaded(people.OURS)
    text = "people over other grounds, and a real clip: frames, true masks, and those of each"
    there = (RESULTS / f"{people.OURS}.png").is_file()
    return [
        "### People",
        paragraph(
            f"Of {len(results['people'])} people whom nothing was trained on, in squares of "
            f"{SIDE}x{SIDE}, as many pixels as 256x144. Composites put them over "
            f"{len(results['grounds'])} videos that nothing was trained on, "
            f"{results['scenes']} scenes each of {results['frames']} frames, with exact masks; "
            f"they are drawn as those that {people.OURS} learns from, which favours it. The masks "
            "of real clips are those of a teacher, MediaPipe's model itself, held steady and "
            "refined, which favours MediaPipe. Columns are those of moving things:"
        ),
        *([f"![{text}](results/{people.OURS}.png)"] if there else []),
        _table("set", rows, people.OURS),
        source("segmentation/people", people.OURS),
    ]


def _table(key, rows, ours):
    """Returns the table of means, whose first column is that key."""
    heads = [key, "who", "IoU", "boundary F", "flips x1000", "CPU-ms"]
    return in_markdown(heads, [_line(row, key, ours) for row in rows], 2)


def _picture():
    """Returns the paragraph that shows the picture of hard scenes, if it is there."""
    text = "hard scenes before a camera that stands and one that moves: frames, true masks, ours, "
    text += "and those of the rival with the best IoU"
    return [f"![{text}](results/{OURS}.png)"] if (RESULTS / f"{OURS}.png").is_file() else []


def _line(row, key, ours):
    who = f"**{row['who']}**" if row["who"] == ours else row["who"]
    numbers = f"{row['IoU']:.3f}", f"{row['boundary F']:.3f}", f"{row['flips x1000']:.2f}"
    return [row[key], who, *numbers, f"{row['CPU ms']:.1f}"]
