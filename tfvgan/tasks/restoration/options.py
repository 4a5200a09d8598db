"""Restoration, as the command line knows it."""

from tfvgan.applications import (
    FACTOR_OPTION,
    PHASES,
    SQUARES,
    Declaration,
    Option,
    check_squares,
    listed,
)

RECIPES = ("clean", "noisy", "compressed", "coded", "holes", "footage", "old")
TELLING = ("noisy", "coded", "holes")  # What these do, a network is told beside the frames.


def check(settings):
    """Raises ValueError when no restorer learns these recipes at once, or squares do not fit.

    Who fills holes changes nothing else; and a network is told one thing by one number.
    """
    check_squares(settings)
    recipes = listed(settings.recipes or ())
    if "holes" in recipes and len(recipes) > 1:
        raise ValueError(
            f"`recipes` must be holes alone, or others, but are {', '.join(recipes)}: train two "
            "restorers."
        )
    if {"noisy", "coded"} <= set(recipes):
        raise ValueError(
            "`recipes` must be one of noisy and coded, but are both, and a restorer is told the "
            "strength of one: train two restorers."
        )
    if settings.versions and (told := sorted(set(TELLING) & set(recipes))):
        raise ValueError(
            f"`versions` are made ahead of frames alone, but of {told[0]} a restorer is told more: "
            "leave `versions` out, and clips are degraded anew for each step."
        )


DECLARATION = Declaration(
    networks=("restorer",),
    summary="""\
The network "restorer" learns to undo what --recipes do to the clips, for tfvgan restore: first for
fidelity, and then, in another run with --detail FIRST, playing the game for detail.
The recipe "footage" is what most files went through: a sensor's noise, halos, displaced colours,
poor deinterlacing, and one or two encoders, of which --versions N are made once, ahead of training;
as many are mild as hard, and one in ten is untouched.""",
    options=(
        FACTOR_OPTION,
        Option(
            "recipes",
            "what the restorer learns to undo (default: clean, which is enlarging)",
            choices=RECIPES,
            listed=True,
        ),
        Option(
            "versions",
            "degrade each clip so many times before training, below the folder of its clips, and "
            "not anew for each step: encoders take longer than steps do; 4 are many",
            int,
            "N",
            least=0,
        ),
        *SQUARES,
        *PHASES,
    ),
    examples=(
        "tfvgan train videos/ --out runs/film --network restorer --factor 2 --size 256 "
        "--frames 40 --window 10 --recipes footage --versions 4 --flip",
        "tfvgan train videos/ --out runs/mend --network restorer --size 256 --recipes old",
        "tfvgan train videos/ --out runs/sharp --network restorer --size 256 --recipes old "
        "--detail runs/mend",
    ),
    next="Next: {tfvgan} restore VIDEO -o better.mp4 --model {run}",
    code="tfvgan.tasks.restoration.application:Restoration",
    check=check,
)
