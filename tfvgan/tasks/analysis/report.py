"""The files of a report: JSON, a table of all frames, a picture, chapters, an edit list."""

import csv
import json
import os
from pathlib import Path

import numpy as np

from tfvgan.tasks.analysis.editing import chapters, edit_list
from tfvgan.tasks.analysis.film import Analysis
from tfvgan.tasks.analysis.picture import picture

FORMAT = 1  # Of report.json; another number stands for other names in it.
MEANS = ("motion", "sharpness", "brightness", "black", "white")  # Of each shot.


def written_report(analysis: Analysis, folder: str | os.PathLike) -> list[str]:
    """Returns the names of the files written into a folder that is there.

    `report.json` has what was found, in frames and seconds; `frames.csv` a row for each frame;
    `report.png` the curves; `chapters.txt` and `cuts.edl` the shots, for other programs.

    Args:
        analysis: `Analysis`.
        folder: path.
    """
    folder = Path(folder)
    text = json.dumps(as_json(analysis), indent=1, ensure_ascii=False) + "\n"
    (folder / "report.json").write_text(text, encoding="utf-8")
    with open(folder / "frames.csv", "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows(analysis))
    picture(analysis, folder / "report.png")
    (folder / "chapters.txt").write_text(chapters(analysis), encoding="utf-8")
    (folder / "cuts.edl").write_text(edit_list(analysis), encoding="utf-8")
    return ["report.json", "frames.csv", "report.png", "chapters.txt", "cuts.edl"]


def as_json(analysis: Analysis) -> dict:
    """Returns what was found, as JSON has it.

    Frames are counted from 0, and `end` is the one behind the last; `seconds` are of both.
    """
    name = os.path.basename(analysis.video)
    shown = name.encode("utf-8", "replace").decode()  # Names may be no text.
    found = {
        "format": FORMAT,
        "video": shown,
        "frames": len(analysis.times),
        "fps": float(analysis.fps),
        "seconds": _round(analysis.end),
        "height": analysis.size[0],
        "width": analysis.size[1],
        "shots": [
            _stretch(analysis, *shot)
            | {key: _round(analysis.measures[key][slice(*shot)].mean()) for key in MEANS}
            for shot in analysis.shots
        ],
        "transitions": [
            {"kind": kind, **_stretch(analysis, begin, end)}
            for kind, begin, end in analysis.transitions
        ],
        "motion": [_stretch(analysis, *each) for each in analysis.moving],
        "unusual": [
            _stretch(analysis, *each)
            | {"most": _round(analysis.anomaly[slice(*each)].max())}
            | _box(analysis, place)
            for each, place in zip(analysis.odd, analysis.places)
        ],
        "repeats": [
            {name: _round(value) for name, value in each._asdict().items()}
            for each in analysis.repeats
        ],
        "sound": None,
    }
    if analysis.sound is not None:
        level = analysis.sound.level
        found["sound"] = {"median": _round(np.median(level)), "loudest": _round(level.max())}
    return found


def rows(analysis: Analysis):
    """Yields the rows of the table of frames, the first of them its heads."""
    heads = ["frame", "time", "shot", "cut", "transition", *analysis.measures, "anomaly"]
    with_sound = analysis.sound is not None
    yield heads + ["sound", "speech"] * with_sound
    shot = np.searchsorted(
        [each.begin for each in analysis.shots], range(len(analysis.times)), "right"
    )
    columns = [*analysis.scores.T, *analysis.measures.values(), analysis.anomaly]
    columns += [analysis.sound.level, analysis.sound.speech] if with_sound else []
    for frame, time in enumerate(analysis.times):
        numbers = [f"{column[frame]:.4g}" for column in columns]
        yield [frame, f"{time:.6f}", shot[frame], *numbers]


def _stretch(analysis, begin, end):
    """Returns a stretch of frames, and its seconds."""
    seconds = [_round(analysis.time(frame)) for frame in (begin, end)]
    return {"begin": int(begin), "end": int(end), "seconds": seconds}


def _box(analysis, place):
    """Returns where in the picture something is, in pixels."""
    (height, width), names = analysis.size, ("x", "y", "w", "h")
    return {n: round(share * side) for n, share, side in zip(names, place, (width, height) * 2)}


def _round(number):
    return round(float(number), 4)
