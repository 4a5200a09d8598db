"""Retrieval, as the command line knows it."""

from tfvgan.applications import PHASES, Declaration

RATE = 8  # Frames a second of a window; as `tfvgan.library.windows` has it, which is not light.


def check_windows(settings):
    """Raises ValueError when windows cannot be cut out of the clips."""
    if settings.fps is None or settings.fps % RATE:
        raise ValueError(
            f"`fps` must be a multiple of {RATE}, since windows are of frames an eighth of a "
            f"second apart, but is {settings.fps}: ask for 16."
        )
    least = 3 * int(settings.fps) // RATE + 1
    if settings.frames < least:
        raise ValueError(
            f"`frames` must be {least} or more, those of half a second, but is {settings.frames}: "
            "ask for more."
        )


DECLARATION = Declaration(
    networks=("embedder",),
    summary="""\
The network "embedder" learns to know videos again that were edited: re-encoded, cropped, mirrored,
written on, faster, and so on, for tfvgan index. It makes the edits itself. With --adversarial 0 it
learns that alone, faster; else it also tells videos from generated ones. It may begin with a
trained one (--begin: a run or a published folder).""",
    options=tuple(option for option in PHASES if option.name in ("adversarial", "begin")),
    examples=(
        "tfvgan train videos/ --out runs/find --network embedder --size 96 --crop squeeze "
        "--fps 16 --batch-size 32",
    ),
    next="Next: {tfvgan} index VIDEOS -o library/ --model {run}",
    code="tfvgan.tasks.retrieval.application:Retrieval",
    check=check_windows,
)
