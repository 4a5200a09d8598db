"""Thresholds of `tfvgan/runs/choices.json` from cells of auto.py, and what auto makes of others.

A tree asks one sign after the other. Splits and leaves are those that cost least on the clips that
choose; how deep a tree is, that leaves one clip out after the other and costs least on it.

A choice costs what its LPIPS is over that of no model, as a logarithm (for fidelity: what it has
less of PSNR), and more where it does harm: LPIPS above no model's by more than `WORSE`, VMAF-NEG
below it by more than `LOWER`. At a scale of 1 a model costs `AGAIN`, too.
"""

import json
from pathlib import Path

import numpy as np

from tfvgan.data.signs import Signs
from tfvgan.runs.choices import Choice
from tfvgan.runs.judging import TABLE, decided

WORSE, LOWER = 0.002, 0.3  # LPIPS, and points of VMAF-NEG.
HARM, LOSS = 20.0, 0.3  # What each of LPIPS, and each point of VMAF-NEG, costs beyond these.
CLEAN, NOISELESS = 2.0, 1.0  # Noise below which removing it costs something, and how much.
AGAIN = 0.1  # What a model costs where without one the file would be copied, not encoded again.
FAINT = 0.01  # LPIPS that is added to both of a ratio: nobody sees less.
SIGNS = ("noise", "grain", "coarse", "blocks", "rings", "detail", "hard")
DEEPEST, LEAST, CLIPS, GAIN = 4, 5, 2, 0.02  # Of trees; cells and clips of a leaf; gain a cell.
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


def grown(signs, cost, clips, depth):
    """Returns a tree: a leaf is the number of a choice, else `(sign, threshold, below, above)`.

    A question counts what it gains with the best question after it, since noise alone, say, helps
    little where a screen with text has as much of it.

    Args:
        signs: float `(cells, signs)`.
        cost: float `(cells, choices)`.
        clips: array `(cells,)` of names.
        depth: int, how often it may ask.
    """
    best = int(cost.sum(axis=0).argmin())
    least, split = cost[:, best].sum() - GAIN * len(cost), None
    for plain, sign, threshold in _questions(signs, cost, clips) if depth else ():
        total, below = plain, signs[:, sign] < threshold
        if depth > 1:
            total = sum(_with_one_more(signs[p], cost[p], clips[p]) for p in (below, ~below))
        if total < least:
            least, split = total, (sign, threshold, below)
    if split is None:
        return best
    sign, threshold, below = split
    parts = [grown(signs[p], cost[p], clips[p], depth - 1) for p in (below, ~below)]
    return parts[0] if parts[0] == parts[1] else (sign, threshold, *parts)


def _with_one_more(signs, cost, clips):
    """Returns what cells cost with the best choice, or with the best question if that gains."""
    asking = min((total for total, *_ in _questions(signs, cost, clips)), default=np.inf)
    return min(cost.sum(axis=0).min(), asking + GAIN * len(cost))


def _questions(signs, cost, clips):
    """Yields `(cost, sign, threshold)` of each question that leaves enough on both sides."""
    for sign in range(signs.shape[1]):
        order = np.argsort(signs[:, sign], kind="stable")
        values, names = signs[order, sign], clips[order]
        before = np.cumsum(cost[order], axis=0)[:-1]
        totals = before.min(axis=1) + (cost.sum(axis=0) - before).min(axis=1)
        many = np.minimum(_distinct(names)[:-1], _distinct(names[::-1])[-2::-1]) >= CLIPS
        many[: LEAST - 1] = many[len(many) - LEAST + 1 :] = False
        for last in np.flatnonzero(many & (np.diff(values) > 0)):
            yield totals[last], sign, float(values[last] + values[last + 1]) / 2


def _distinct(names):
    """Returns how many different names there are up to each, int array."""
    new = np.zeros(len(names), int)
    new[np.unique(names, return_index=True)[1]] = 1
    return np.cumsum(new)


def asked(tree, row):
    """Returns the number of the choice of a tree for a cell's signs."""
    while isinstance(tree, tuple):
        sign, threshold, below, above = tree
        tree = below if row[sign] < threshold else above
    return tree


def fitted(cells, prefer):
    """Returns the tree for cells of one scale, as `tfvgan.runs.judging` reads it."""
    cost, names = costs(cells, prefer)
    signs = np.array([[float(cell["signs"][name]) for name in SIGNS] for cell in cells])
    clips = np.array([cell["clip"] for cell in cells])
    tried = [_left_out(signs, cost, clips, depth) for depth in range(DEEPEST + 1)]
    print("cost by depth, clips left out:", [round(each, 3) for each in tried], flush=True)
    return _told(grown(signs, cost, clips, int(np.argmin(tried))), names)


def _left_out(signs, cost, clips, depth):
    """Returns the mean cost of clips that a tree of this depth was not grown on."""
    total = 0.0
    for clip in set(clips):
        out = clips == clip
        tree = grown(signs[~out], cost[~out], clips[~out], depth)
        total += sum(c[asked(tree, row)] for row, c in zip(signs[out], cost[out], strict=True))
    return total / len(cost)


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
    scales = sorted({cell["scale"] for cell in cells})
    trees = {
        str(scale): {
            prefer: fitted([cell for cell in cells if cell["scale"] == scale], prefer)
            for prefer in PREFERENCES
        }
        for scale in scales
    }
    return {"sharp": sharp(cells), "trees": trees}


def write(table, path=TABLE):
    """Writes the table of choices; scales that it lacks stay as they were."""
    if Path(path).exists():
        before = json.loads(Path(path).read_text(encoding="utf-8"))
        table = {**table, "trees": {**before["trees"], **table["trees"]}}
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
