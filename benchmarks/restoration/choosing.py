"""Thresholds of `tfvgan/runs/choices.json` from cells of auto.py, and what auto makes of others.

First comes whether any detail is left: a clip that is neither noisy nor dark, and has less than
some threshold, is given to the model for worn footage, and no other one is. Of the others a tree
asks one sign after the other. Splits and leaves are those that cost least on the clips that choose;
how deep a tree is, that leaves one clip out after the other and costs least on it.

A choice costs what its LPIPS is over that of no model, as a logarithm (for fidelity: what it has
less of PSNR), and more where it does harm: LPIPS above no model's by more than `WORSE`, VMAF-NEG
below it by more than `LOWER`. At a scale of 1 a model costs `AGAIN`, too.
"""

import json
from pathlib import Path

import numpy as np

from benchmarks.restoration.trees import grown, left_out
from tfvgan.data.signs import Signs
from tfvgan.runs.choices import Choice
from tfvgan.runs.judging import TABLE, decided

WORSE, LOWER = 0.002, 0.3  # LPIPS, and points of VMAF-NEG.
HARM, LOSS = 20.0, 0.3  # What each of LPIPS, and each point of VMAF-NEG, costs beyond these.
CLEAN, NOISELESS = 2.0, 1.0  # Noise below which removing it costs something, and how much.
AGAIN = 0.1  # What a model costs where without one the file would be copied, not encoded again.
FAINT = 0.01  # LPIPS that is added to both of a ratio: nobody sees less.
WORN = "old"  # The model for footage without detail.
CLEAR = {"noise": 2.0, "spread": 12.0}  # Where detail is told: below, and above.
HARMED, MARGIN = 0.5, 0.05  # Cost over another choice's that is a harm; detail that is kept apart.
SIGNS = ("noise", "grain", "coarse", "blocks", "rings", "detail", "hard", "spread")
DEEPEST = 4  # Questions that a tree asks of a clip, at most.
PREFERENCES = ("detail", "fidelity")


def costs(cells, prefer):
    """Returns what each choice costs in each cell, float `(cells, choices)`, and the choices."""
    names = list(cells[0]["scores"])
    scores = {
        key: np.array([[cell["scores"][name][key] for name in names] for cell in cells])
        for key in ("LPIPS", "PSNR", "VMAF-NEG")
    }
    none = {key: value[:, names.index(Choice()), None] for key, value in scores.items()}
    if prefer == "detail":
        cost = np.log((scores["LPIPS"] + FAINT) / (none["LPIPS"] + FAINT))
    else:
        cost = (none["PSNR"] - scores["PSNR"]) / 3
    cost += HARM * np.maximum(scores["LPIPS"] - none["LPIPS"] - WORSE, 0)
    cost += LOSS * np.maximum(none["VMAF-NEG"] - scores["VMAF-NEG"] - LOWER, 0)
    # What is told how strong noise is has no use where there is none.
    for number, name in enumerate(names):
        if name.model == "denoise":
            cost[:, number] += [NOISELESS * (c["signs"]["noise"] < CLEAN) for c in cells]
        if name.model is not None:
            cost[:, number] += [AGAIN * (c["scale"] == 1) for c in cells]
    return cost, names


def fitted(cells, prefer, gate=None):
    """Returns the tree for cells of one scale, as `tfvgan.runs.judging` reads it.

    Args:
        cells: a list.
        prefer: of `PREFERENCES`.
        gate: of `without_detail`; cells that it takes are none of the tree's.
    """
    cost, names, signs = _without_worn(cells, prefer)
    clips = np.array([cell["clip"] for cell in cells])
    if gate:
        rest = ~_clear(signs) | (signs[:, SIGNS.index("detail")] >= gate["detail"])
        signs, cost, clips = signs[rest], cost[rest], clips[rest]
    tried = [left_out(signs, cost, clips, depth) for depth in range(DEEPEST + 1)]
    print("cost by depth, clips left out:", [round(each, 3) for each in tried], flush=True)
    return _told(grown(signs, cost, clips, int(np.argmin(tried))), names)


def _without_worn(cells, prefer):
    """Returns what all choices cost but those of the model for worn footage, these, and signs."""
    cost, names = costs(cells, prefer)
    kept = [number for number, name in enumerate(names) if name.model != WORN]
    signs = np.array([[float(cell["signs"][name]) for name in SIGNS] for cell in cells])
    return cost[:, kept], [names[number] for number in kept], signs


def _clear(signs):
    """Returns of which cells the detail is told, bool `(cells,)`."""
    noise, spread = (signs[:, SIGNS.index(name)] for name in CLEAR)
    return (noise < CLEAR["noise"]) & (spread >= CLEAR["spread"])


def without_detail(cells):
    """Returns which cells of one scale the model for worn footage gets, as JSON has it.

    They have less detail than a threshold, `MARGIN` below the first clip that is harmed. None where
    that gains nothing beside the best single choice of the others.
    """
    cost, names = costs(cells, "detail")
    others, _, signs = _without_worn(cells, "detail")
    plain, clear = others[:, others.sum(axis=0).argmin()], _clear(signs)
    detail, least, found = signs[:, SIGNS.index("detail")], 0.0, None
    for number, name in enumerate(names):
        if name.model != WORN:
            continue
        more = cost[:, number] - plain
        threshold = detail[clear & (more > HARMED)].min(initial=1.0) - MARGIN
        total = more[clear & (detail < threshold)].sum()
        if total < least:
            least = total
            found = {**CLEAR, "detail": float(f"{threshold:.4g}"), "choice": name._asdict()}
    return found


def _told(tree, names):
    """Returns a tree as JSON has it."""
    if not isinstance(tree, tuple):
        return names[tree]._asdict()
    sign, threshold, below, above = tree
    return {
        "sign": SIGNS[sign],
        "at": float(f"{threshold:.4g}"),
        "below": _told(below, names),
        "above": _told(above, names),
    }


def sharp(cells):
    """Returns the detail that tells clean clips best from those that are out of focus."""
    clean, soft = (
        np.array([c["signs"]["detail"] for c in cells if (c["way"], c["scale"]) == (way, 1)])
        for way in ("clean", "blur 1.5")
    )
    values = np.unique([*clean, *soft])
    tried = (values[:-1] + values[1:]) / 2
    right = [np.mean(clean >= value) + np.mean(soft < value) for value in tried]
    # The middle of the best ones.
    return float(f"{np.median(tried[np.isclose(right, max(right))]):.3g}")


def chosen(cells):
    """Returns the table of choices for cells that may choose, as JSON."""
    of = {str(scale): [c for c in cells if c["scale"] == scale] for scale in (1, 2, 4)}
    of = {scale: own for scale, own in of.items() if own}
    worn = {scale: without_detail(own) for scale, own in of.items()}
    trees = {
        scale: {"detail": fitted(own, "detail", worn[scale]), "fidelity": fitted(own, "fidelity")}
        for scale, own in of.items()
    }
    return {"sharp": sharp(cells), "worn": worn, "trees": trees}


def write(table, path=TABLE):
    """Writes the table of choices; scales that it lacks stay as they were."""
    if Path(path).exists():
        before = json.loads(Path(path).read_text(encoding="utf-8"))
        table = table | {key: before.get(key, {}) | table[key] for key in ("worn", "trees")}
    Path(path).write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


def reported(cells, table=None):
    """Returns rows, one a scale and a way, and facts over all of them.

    Args:
        cells: those that report.
        table: as of `chosen`; None reads the package's.
    """
    for cell in cells:
        signs = Signs(**cell["signs"])
        cell["auto"] = decided(signs, cell["scale"], "detail", table)
        cell["auto for fidelity"] = decided(signs, cell["scale"], "fidelity", table)
    rows = [
        _row([cell for cell in cells if (cell["scale"], cell["way"]) == key], *key)
        for key in dict.fromkeys((cell["scale"], cell["way"]) for cell in cells)
    ]
    rows.sort(key=lambda row: row["scale"])
    return rows, {"means": _means(rows), "cells": _cells(cells), "kinds": _kinds(cells)}


def _row(cells, scale, way):
    """Returns a row: no model, auto, and the best single choice that does no harm."""
    mean = {
        choice: {
            key: float(np.mean([cell["scores"][choice][key] for cell in cells]))
            for key in ("LPIPS", "PSNR", "VMAF-NEG")
        }
        for choice in cells[0]["scores"]
    }
    none = mean[Choice()]
    harmless = {choice: means for choice, means in mean.items() if _harmless(means, none)}
    best = min(harmless, key=lambda choice: harmless[choice]["LPIPS"])
    taken = [cell["auto"].name for cell in cells]
    row = {"scale": scale, "way": way, "clips": len(cells)}
    for key in ("LPIPS", "PSNR", "VMAF-NEG"):
        row |= {
            f"{key} no model": none[key],
            f"{key} auto": _auto(cells, key, "auto"),
            f"{key} fidelity": _auto(cells, key, "auto for fidelity"),
            f"{key} best": mean[best][key],
        }
    took = ", ".join(f"{name} ({taken.count(name)})" for name in dict.fromkeys(taken))
    return row | {"best": best.name, "took": took}


def _auto(cells, key, who):
    return float(np.mean([cell["scores"][cell[who]][key] for cell in cells]))


def _harmless(means, none):
    return means["LPIPS"] <= none["LPIPS"] + WORSE and means["VMAF-NEG"] >= none["VMAF-NEG"] - LOWER


def _means(rows):
    """Returns the ratios of LPIPS and the worst losses over rows."""
    ratios = [(row["LPIPS auto"] + FAINT) / (row["LPIPS best"] + FAINT) for row in rows]
    return {
        "LPIPS no model": float(np.mean([row["LPIPS no model"] for row in rows])),
        "LPIPS auto": float(np.mean([row["LPIPS auto"] for row in rows])),
        "LPIPS best": float(np.mean([row["LPIPS best"] for row in rows])),
        "over the best": float(np.mean(ratios)) - 1,
        "most LPIPS over no model": max(r["LPIPS auto"] - r["LPIPS no model"] for r in rows),
        "most VMAF-NEG under no model": max(
            r["VMAF-NEG no model"] - r["VMAF-NEG auto"] for r in rows
        ),
    }


def _cells(cells):
    """Returns how many single clips are made worse than by no model, and by how much at most."""
    none = [cell["scores"][Choice()] for cell in cells]
    auto = [cell["scores"][cell["auto"]] for cell in cells]
    lpips = [a["LPIPS"] - n["LPIPS"] for a, n in zip(auto, none, strict=True)]
    neg = [n["VMAF-NEG"] - a["VMAF-NEG"] for a, n in zip(auto, none, strict=True)]
    return {
        "count": len(cells),
        "LPIPS worse": sum(each > WORSE for each in lpips),
        "VMAF-NEG worse": sum(each > LOWER for each in neg),
        "most LPIPS": max(lpips),
        "most VMAF-NEG": max(neg),
    }


def _kinds(cells):
    """Returns the means of the clips that are of a kind of their own."""
    rows = []
    for clip in dict.fromkeys(cell["clip"] for cell in cells):
        for scale in sorted({cell["scale"] for cell in cells}):
            own = [c for c in cells if c["clip"] == clip and c["scale"] == scale]
            if not own:
                continue
            row = {"clip": clip, "scale": scale}
            for key in ("LPIPS", "VMAF-NEG"):
                row[f"{key} no model"] = float(np.mean([c["scores"][Choice()][key] for c in own]))
                row[f"{key} auto"] = _auto(own, key, "auto")
            rows.append(row)
    return rows
