"""Steadying, as the command line knows it."""

from tfvgan.applications import PHASES, SQUARES, STEADY, Declaration

DECLARATION = Declaration(
    networks=("steadier",),
    summary="""\
The network "steadier" learns to take the flicker out of what a tool makes of a video frame by
frame, for tfvgan steady: from copies of the clips whose colours, styles, textures, sharpness or
compression change from one frame to the next.""",
    options=(
        STEADY,
        *(option for option in SQUARES if option.name in ("square", "depth")),
        *(option for option in PHASES if option.name in ("perceptual", "adversarial", "begin")),
    ),
    examples=("tfvgan train videos/ --out runs/steady --network steadier --size 256",),
    next="Next: {tfvgan} steady ORIGINAL PROCESSED -o steady.mp4 --model {run}",
    code="tfvgan.tasks.steadying.application:Steadying",
)
