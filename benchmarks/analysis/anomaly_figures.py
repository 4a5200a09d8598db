"""The figures of the anomaly curve, for the page: oddities found in scenes of a standing camera."""

from benchmarks.analysis.anomaly import OURS, SCORES
from benchmarks.analysis.scenes import FASTER, HARD, KINDS, LONG, REVERSED, THING
from benchmarks.sets.parts import CHOOSING, REPORTING
from benchmarks.writing import Aim, aims_table, in_markdown, loaded, means, paragraph, source

NAMES = ("three lines", "background", "motion", "flow")  # Of the cheap curves.
LEAST = {REVERSED: 0.9, FASTER: 0.9, THING: 0.85}  # Aimed at.
HOW = dict(zip(SCORES, ("", ", where it moves", ", by itself")))  # Behind a kind's name.


def aims():
    """Returns what was aimed at, and what was found."""
    rows = {(row["kind"], row["who"]): row for row in means(OURS)}
    found = []
    for kind, least in LEAST.items() if rows else ():
        score = rows[kind, OURS]["AUC"]
        what = f"{OURS} curve: AUC, {kind}"
        found.append(Aim(what, f"{least:.2f} at least", f"{score:.3f}", score >= least))
    return found


def section():
    """Returns the part of the section, in Markdown; nothing where nothing was measured."""
    rows = means(OURS)
    if not rows:
        return ""
    results = loaded(OURS)
    names = [OURS, *NAMES]
    known = {(row["kind"], row["who"]): row for row in rows}
    reporting, choosing = (results["parts"][part] for part in (REPORTING, CHOOSING))
    scenes = [
        [video, *(f"{_of(results, video, kind)['AUC']:.2f}" for kind in KINDS)]
        for video in reporting
    ]
    return "\n\n".join(
        (
            "### What is unusual",
            paragraph(
                f"{len(reporting)} videos of a camera that stands report, {len(choosing)} others "
                f"chose what the curve is made of; each is {LONG:g} seconds at least. The first "
                "half of each is normal. In the second half, stretches are played backwards or at "
                "double speed, or a small thing moves through; a foreign clip and a half covered "
                "camera are easy. Of each kind the area under the ROC curve, of frames, where 0.5 "
                "is chance; a mean over videos. Below it stands that of frames in which something "
                "moves alone, so that motion as such is no hint, and that of the film itself in "
                "place of a normal one, a quarter of which is odd then. At the curve's "
                f"threshold of {results['odd']:g}, a share of frames is named unusual: "
                f"{_named(known)}. Of normal frames it is "
                f"{max(row['false'] for row in rows if row['who'] == OURS):.3f} at most."
            ),
            in_markdown(
                ["kind", *(f"**{who}**" if who == OURS else who for who in names)],
                [
                    [kind + how, *(f"{known[kind, who][score]:.3f}" for who in names)]
                    for kind in KINDS
                    for score, how in HOW.items()
                    if kind in HARD or score != "AUC, moving"
                ],
            ),
            f"The {OURS} curve of each video that reports:",
            in_markdown(["video", *KINDS], scenes),
            source("analysis/anomaly", OURS),
            aims_table(aims()),
        )
    )


def _named(known):
    """Returns in words which share of frames is named, of each hard kind."""
    return ", ".join(f"{kind} {known[kind, OURS]['named']:.2f}" for kind in HARD)


def _of(results, video, kind):
    """Returns the row of the anomaly curve of a video."""
    return next(
        row
        for row in results["rows"]
        if (row["video"], row["kind"], row["who"]) == (video, kind, OURS)
    )
