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

RECIPES = ("clean", "noisy", "compressed", "coded", "holes", "old")


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


DECLARATION = Declaration(
    networks=("restorer",),
    summary="""\
The network "restorer" learns to undo what --recipes do to the clips, for tfvgan restore: first for
fidelity, and then, in another run with --detail FIRST, playing the game for detail.""",
    options=(
        FACTOR_OPTION,
        Option(
            "recipes",
            "what the restorer learns to undo (default: clean, which is enlarging)",
            choices=RECIPES,
            listed=True,
        ),
        *SQUARES,
        *PHASES,
    ),
    examples=(
        "tfvgan train videos/ --out runs/mend --network restorer --size 256 --recipes old",
        "tfvgan train videos/ --out runs/sharp --network restorer --size 256 --recipes old "
        "--detail runs/mend",
    ),
    next="Next: {tfvgan} restore VIDEO -o better.mp4 --model {run}",
    code="tfvgan.tasks.restoration.application:Restoration",
    check=check,
)
