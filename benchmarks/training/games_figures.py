"""The figures of the game itself, for the page: in small, its duality gap, and what steadies it."""

import math

from benchmarks.writing import Aim, aims_table, in_markdown, loaded, on_stacks, paragraph, source

ALIKE = 0.7  # Aimed at: the rank correlation of the duality gap with FVD.
POOLED, ENDS = "all epochs", "ends of trainings"  # Of the table of correlations.


def rows_of(name):
    """Returns the rows of a benchmark; none where it was not run yet."""
    return loaded(name)["rows"] if on_stacks(name) else []


def aims():
    """Returns what was aimed at, and what was found."""
    found = []
    with_r1 = [row for row in rows_of("dirac") if row["penalty"] == "r1"]
    if with_r1:
        there = [row["loss"] for row in with_r1 if row["found"] == "converges"]
        result = f"{len(there)} of {len(with_r1)}"
        all_do = len(there) == len(with_r1)
        found.append(Aim("Dirac-GAN with R1", "converges with each loss", result, all_do))
    for row in rows_of("duality_gap"):
        if row["training"] in (POOLED, ENDS):
            alike = row["rank correlation"]
            what = f"duality gap and FVD, {row['training']}: rank correlation"
            met = alike is not None and alike >= ALIKE
            found.append(Aim(what, f"{ALIKE:g} at least", _number(alike), met))
    return found


def section():
    """Returns the parts of the section, in Markdown; of what was not measured there is none."""
    parts = (_dirac, _vanishing, _promised, _gaussians, _gap, _stabler)
    names = ("dirac", "vanishing", "promised", "gaussians", "duality_gap", "stabler")
    made = [part() for part, name in zip(parts, names) if on_stacks(name)]
    return [*(text for texts in made for text in texts), *([aims_table(aims())] if aims() else [])]


def _number(value, places=2):
    return "-" if value is None else f"{value:.{places}f}"


def _dirac():
    results = loaded("dirac")
    lines = [
        [
            row["loss"],
            row["penalty"],
            row["found"],
            row["found, at once"],
            _number(row["largest real part"]),
            _number(row["radius after"], 3),
            _number(row["turns"], 1),
        ]
        for row in results["rows"]
    ]
    heads = ["loss", "penalty", "in turns", "at once", "real part", "radius", "turns"]
    return [
        "### The game in small",
        paragraph(
            "The Dirac-GAN has one number a player (Mescheder et al. 2018). Real points are 0, D "
            f"is a line. From a radius of {results['rows'][0]['radius before']:.2f} the players "
            f"make {results['steps']} steps of {results['rate']:g}, D first, or both at once. "
            f"The radius is the largest of the last tenth, in turns; the real part is the largest "
            "of the eigenvalues at the equilibrium, below 0 where the game converges linearly. "
            f"Penalties weigh {results['weight']:g}."
        ),
        in_markdown(heads, lines, 4),
        source("training/dirac", "dirac"),
    ]


def _vanishing():
    results = loaded("vanishing")
    at = [name for name in results["rows"][0] if name.startswith("after ")]
    lines = [
        [row["loss"], row["penalty"], *(f"{row[name]:.1e}" for name in at)]
        for row in results["rows"]
    ]
    return [
        "### Gradients that vanish",
        paragraph(
            "Real and generated points lie eight standard deviations apart. The generator stays, "
            "D learns for so many steps: the norm of the gradient that moves the generated "
            f"points, medians of {results['seeds']} seeds. R1 weighs {results['weight']:g}."
        ),
        in_markdown(["loss", "penalty", *at], lines, 2),
        source("training/vanishing", "vanishing"),
    ]


def _promised():
    results = loaded("promised")
    lines = [
        [
            f"{row['apart']:g}",
            *(f"{row[n]:.3f}" for n in ("JS", "promised", "best logits", "learnt")),
            f"{row['JS moves']:.1e}",
        ]
        for row in results["rows"]
    ]
    heads = ["apart", "JS", "2 JS - 2 log 2", "best D", "D that learnt", "JS per unit"]
    return [
        "### What minimax promises",
        paragraph(
            "The value of the game in nats for two normal distributions of standard deviation 1, "
            "so far apart. Of the best D it is 2 JS - 2 log 2 (Goodfellow et al. 2014): "
            f"{-2 * math.log(2):.3f} where both are alike. Beside it what a small network finds "
            f"in {results['steps']} steps, and how much JS falls where the distributions come "
            "nearer by a unit: far apart it says nothing."
        ),
        in_markdown(heads, lines, 0),
        source("training/promised", "promised"),
    ]


def _gaussians():
    results = loaded("gaussians")
    lines = [
        [
            row["loss"],
            row["penalty"],
            f"{row['modes']:.1f}",
            str(row["fewest"]),
            f"{100 * row['good']:.0f} %",
            f"{100 * row['worst']:.0f} %",
            _number(row["loss of D"], 3),
        ]
        for row in results["rows"]
    ]
    heads = ["loss", "penalty", "modes", "fewest", "good points", "worst", "loss of D"]
    weights = results["weights"]
    return [
        "### Eight Gaussians",
        paragraph(
            f"Modes of eight that are found after {results['steps']} steps, and the share of "
            f"points within three standard deviations of one; means of {results['seeds']} seeds, "
            "and the worst of them. The loss of D is that of the last 500 steps, without the "
            f"penalty: with minimax and non_saturating {2 * math.log(2):.3f} is promised where "
            f"nobody can tell, with relativistic {math.log(2):.3f}. r1 and finite_difference "
            f"weigh {weights['slope']:g}, gradient_penalty {weights['gradient']:g}, at each step."
        ),
        in_markdown(heads, lines, 2),
        source("training/gaussians", "gaussians"),
    ]


def _gap():
    results = loaded("duality_gap")
    settings, trainings = results["settings"], results["trainings"]
    lines = [
        [
            row["training"],
            "-" if row["seed"] is None else str(row["seed"]),
            str(row["pairs"]),
            _number(row["rank correlation"]),
            *(_number(row[f"gap, {when}"]) for when in ("first", "last")),
            *(_number(row[f"FVD, {when}"], 0) for when in ("first", "last")),
        ]
        for row in results["rows"]
    ]
    heads = ["training", "seed", "pairs", "rank correlation"]
    heads += ["gap, first", "gap, last", "FVD, first", "FVD, last"]
    looks = results["looks"]
    step, gap, fvd = (
        sum(row[f"seconds of {what}"] for row in looks) / len(looks)
        for what in ("a step", "a gap", "an FVD")
    )
    return [
        "### The duality gap beside FVD",
        paragraph(
            "Spearman's rank correlation of `callbacks.DualityGap` with FVD, over the epochs of "
            f"trainings of `continuous` on moving shapes of 16x16, {settings['epochs']} epochs of "
            f"{settings['steps']} steps; {trainings['made']} of {trainings['wanted']} trainings"
            f"{_partial(trainings)}. FVD is of {settings['videos']} clips on either side, by I3D "
            "on frames of 112x112: compare it within this table only. A gap of "
            f"{settings['answers']} steps of either answer, judged on {settings['clips judged']} "
            f"held-out clips, took {gap:.1f} s, as long as {gap / step:.0f} steps; the FVD took "
            f"{fvd:.1f} s. The copies take {looks[0]['MB of the copy']:.1f} MB of variables, and "
            f"the game itself {looks[0]['MB of the game']:.1f} MB."
        ),
        in_markdown(heads, lines, 1),
        source("training/duality_gap", "duality_gap"),
    ]


def _stabler():
    results = loaded("stabler")
    settings, trainings = results["settings"], results["trainings"]
    lines = [
        [
            row["change"],
            str(row["seeds"]),
            f"{row['steps']:.0f}",
            f"{row['reached']} of {row['seeds']}",
            _number(row["seconds"], 0),
            _number(row["FVD"], 0),
            f"{row['best']:.0f} - {row['worst']:.0f}",
            str(row["failures"]),
        ]
        for row in results["rows"]
    ]
    limit = f"{settings['limit']:g}"
    heads = ["change", "seeds", "steps", f"FVD {limit} reached", "after s", "final FVD"]
    return [
        "### Faster and stabler",
        paragraph(
            "`continuous` on moving shapes of 16x16, as it is (non_saturating, R1, an average of "
            f"0.998, no cool-down) and with one thing changed, {settings['minutes']:g} minutes "
            "of processor time each: this is the beginning of a training. Medians of seeds; "
            f"{trainings['made']} of {trainings['wanted']} trainings{_partial(trainings)}. FVD is "
            f"of {settings['videos']} clips on either side, by I3D on frames of 112x112; other "
            f"real clips have {results['floor']:.0f}. It is looked at four times a training. "
            "Failures are those that `callbacks.Health` stopped."
        ),
        in_markdown([*heads, "from - to", "failures"], lines, 1),
        source("training/stabler", "stabler"),
    ]


def _partial(trainings):
    """Returns in words that some trainings are missing, if they are."""
    return "" if trainings["made"] == trainings["wanted"] else ", so these are partial results"
