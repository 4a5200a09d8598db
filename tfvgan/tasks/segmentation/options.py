"""Segmentation, as the command line knows it."""

from tfvgan.applications import PHASES, SQUARES, STEADY, Declaration, Option, check_squares

DECLARATION = Declaration(
    networks=("segmenter",),
    summary="""\
The network "segmenter" learns to cut out of videos what masks show (--masks), for tfvgan segment;
or, without any, what moves in front of the rest, from things that are put over the clips, whose
masks are known. It may begin with a trained one (--begin: a run or a published folder).""",
    options=(
        Option(
            "masks",
            "masks of the videos, each a video or a folder of images of the name that it has",
            metavar="MASKS",
            path="masks",
        ),
        Option(
            "palette",
            "colours of the masks' classes, the ground's first, or how many grey levels they are "
            "(default: black,white)",
            metavar="COLOURS",
            needs="masks",
        ),
        STEADY,
        *(option for option in SQUARES if option.name in ("square", "depth")),
        *(option for option in PHASES if option.name in ("adversarial", "begin")),
    ),
    examples=(
        "tfvgan train videos/ --out runs/cut --network segmenter --size 256 --square 128",
        "tfvgan train videos/ --out runs/cats --network segmenter --size 256 --masks masks/",
        "tfvgan train videos/ --out runs/both --network segmenter --size 256 --masks masks/ "
        "--palette black,red,blue",
    ),
    next="Next: {tfvgan} segment VIDEO -o mask.mkv --model {run}",
    code="tfvgan.tasks.segmentation.application:Segmentation",
    check=check_squares,
)
