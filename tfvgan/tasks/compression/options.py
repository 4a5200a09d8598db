"""Compression, as the command line knows it."""

from tfvgan.applications import PHASES, SQUARES, Declaration, check_squares

LEAST = 3  # Frames that a codec learns from at once.


def check(settings):
    """Raises ValueError when clips are too short, or the training squares do not fit them."""
    check_squares(settings)
    shown = settings.window or settings.frames
    if shown < LEAST:
        raise ValueError(
            f"A codec learns from {LEAST} frames or more at once, but is shown {shown}: ask for "
            f"more `{'window' if settings.window else 'frames'}`."
        )


DECLARATION = Declaration(
    networks=("codec",),
    summary="""\
The network "codec" learns to code videos in few bits, for tfvgan compress, in the same two phases
as a restorer; each of its eight qualities holds a rate of its own, from 0.012 to 0.22 bits per
pixel.""",
    options=(*SQUARES, *PHASES),
    examples=("tfvgan train videos/ --out runs/codec --network codec --size 256 --window 6",),
    next="Next: tfvgan.runs.tabulate({text}, VIDEOS), in Python, counts its tables; then {tfvgan} "
    "compress VIDEO -o small.tvg --model {run}",
    code="tfvgan.tasks.compression.application:Compression",
    check=check,
)
