"""The figures of generation, for the page: trainings of equal length, and what a step costs."""

from benchmarks.generation.against_mocogan import SHARPER
from benchmarks.writing import Aim, aims_table, in_markdown, loaded, page, paragraph, source

HEADS = ["videos", "minutes", "clips/s", "FVD", "recall", "one shape", "ACD", "step, px"]
HEADS += ["kinds", "hues", "ways"]
BINNED = ("kind", "hue", "horizontal")
SCALED = ["varied", "frames", "size", "width", "batch"]


def cells(row):
    """Returns the cells of a row of results/generation.json; what was not measured is empty."""

    def cell(form, *names):
        values = [row[name] for name in names]
        return "" if None in values else form.format(*values)

    return [
        row["videos"],
        cell("{:.0f}", "minutes"),
        cell("{:.1f}", "clips/s"),
        cell("{:.0f} ± {:.0f}", "FVD", "FVD +-"),
        cell("{:.2f}", "recall"),
        cell("{:.3f}", "one shape"),
        cell("{:.2f}", "ACD"),
        cell("{:.1f} ± {:.1f}", "step", "step +-"),
        *(cell("{:.2f}", f"TV of {name}") for name in BINNED),
    ]


def aims():
    """Returns what was aimed at of shapes, with what the longest run and its sharper videos have.

    The results say which aims are met, since they hold more digits than the table.
    """
    results = loaded("generation")
    real = next(row for row in results["rows"] if row["videos"] == "real")
    result = []
    for videos, met in results["targets"].items():
        made = [row for row in results["rows"] if row["videos"] == videos]
        row = max(made, key=lambda one: one["minutes"])
        length, spread = (100 * (row[key] / real[key] - 1) for key in ("step", "step +-"))
        apart = " / ".join(f"{row[f'TV of {name}']:.2f}" for name in BINNED)
        floor = " / ".join(f"{real[f'TV of {name}']:.2f}" for name in BINNED)
        texts = (
            f"{row['FVD']:.0f}",
            f"{row['ACD']:.2f}",
            f"{row['one shape']:.3f}",
            f"{length:+.0f} % and {spread:+.0f} %",
            f"{apart} (real: {floor})",
            f"{results['clips_a_second_against_mocogan']:.0f} times",
        )
        of = f"{videos}, {row['minutes']:.0f} minutes"
        result += [Aim(of, aim, one, met[aim]) for aim, one in zip(met, texts, strict=True)]
    # What sharper colours leave as it was is said once.
    return list({aim[1:]: aim for aim in reversed(result)}.values())[::-1]


def section():
    """Returns the section of the page, in Markdown."""
    return page("Generation", *_shapes(), *_people(), *_cost())


def _shapes():
    results = loaded("generation")
    ratio = results["clips_a_second_against_mocogan"]
    rows = {row["videos"]: row for row in results["rows"]}
    return [
        "### Moving shapes",
        paragraph(
            "Each network trained alone on MoCoGAN's moving shapes, 16 frames of 64x64, for "
            f"its minutes. Each then made {results['count']} videos, which are compared with as "
            "many real ones that none of them was trained on. `mocogan` is the published "
            "network, in PyTorch."
        ),
        in_markdown(HEADS, map(cells, results["rows"])),
        "[Their first videos](results/generation.png).",
        "\n".join(
            (
                "- `reference`: the videos that all others are compared with. `real`: as many "
                "other real ones. `first frame`, `shuffled`, `noise`: these, spoilt.",
                "- one shape: share of frames with a single connected shape.",
                "- ACD, average content distance: how far the shape's colour drifts, on a scale of "
                "255. Noise and stills score well on it alone.",
                "- step: how far the shape's centre moves in a frame, mean ± deviation.",
                "- kinds, hues, ways: distance (total variation, 0 to 1) of the shares of "
                "squares and circles, of hues, and of ways across and up from the real shares.",
            )
        ),
        paragraph(
            f"`continuous` trains on {ratio:.0f} times the clips a second of MoCoGAN. It learns "
            "kinds late, between 20 and 60 minutes. Most of its shapes go up, which real ones "
            f"do half of the time. `{SHARPER}` is the same run; the sharpness was chosen on "
            "other videos of it. The aim for ACD is what MoCoGAN's authors published."
        ),
        paragraph(
            "`relativistic` is `continuous` in the game of RpGAN with R1 and R2 (Huang et al. "
            "2024), with the same gamma of 1, which was not searched for. After 20 minutes "
            f"{100 * rows['relativistic']['one shape']:.0f} % of its frames show one shape. "
            "`vgan` was measured before its loss minimised the mask, as published."
        ),
        aims_table(aims()),
        source("generation/against_mocogan", "generation"),
    ]


def _people():
    rows = {row["videos"]: row for row in loaded("generation_people")["rows"]}
    lines = [
        [
            name,
            f"{row['FVD']:.0f} ± {row['FVD +-']:.0f}",
            f"{row['recall']:.2f}",
            f"{row['motion']:.1f}",
            f"{row['nearest']:.0f}",
        ]
        for name, row in rows.items()
    ]
    return [
        "### People",
        paragraph(
            "MoCoGAN's 72 strips of nine people in four actions, with the actions as classes, "
            f"after {rows['continuous']['minutes']:.0f} minutes. The reference is half of the "
            "strips, `real` the other half. `nearest` is the root mean square distance to the "
            "nearest video of the reference, in levels of 255. `continuous` is no nearer to it "
            "than real videos are: no copies were seen."
        ),
        in_markdown(["videos", "FVD", "recall", "motion", "nearest"], lines),
        paragraph(
            "Most people move as their class says, yet FVD ranks these videos below stills. "
            "[Two videos of each class, each above the nearest training "
            "clip](results/generation_people.png)."
        ),
        source("generation/against_mocogan", "generation_people"),
    ]


def _cost():
    scaling, profile = loaded("generation_scaling"), loaded("generation_profile")
    longest = scaling["longest_clip_against_base"]
    shares = {}
    for player, share in profile["shares"].items():
        name = player.split(",")[0]
        shares[name] = shares.get(name, 0) + share
    lines = [
        [
            *(f"{row[key]}" for key in SCALED),
            f"{row['step ms']:.0f}",
            f"{row['peak MiB']:.0f}",
        ]
        for row in scaling["rows"]
    ]
    frames = max(row["frames"] for row in scaling["rows"])
    return [
        "### Cost of a step",
        paragraph(
            "What a training step of `continuous` costs, by what it is given. A step reads "
            f"three moments of a clip: with clips of {frames} frames it takes "
            f"{longest['step ms']:.2f} times the time and {longest['peak MiB']:.2f} times the "
            "memory of 16."
        ),
        in_markdown([*SCALED, "step, ms", "peak, MiB"], lines),
        source("generation/scaling", "generation_scaling"),
        paragraph(
            f"TensorFlow's profiler finds {100 * shares['generator']:.0f} % of a step's time in "
            f"the generator and {100 * shares['discriminator']:.0f} % in the discriminator. "
            f"Optimizers and random draws take {100 * shares['neither']:.0f} %."
        ),
        source("generation/profile", "generation_profile"),
    ]
