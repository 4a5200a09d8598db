"""Segmentation, as the command line knows it."""

from tfvgan.applications import PHASES, SQUARES, STEADY, Declaration, Option, check_squares

DECLARATION = Declaration(
    networks=("segmenter",),
    summary="""\
The network "segmenter" learns to cut out of videos what masks show (--masks), for tfvgan segment;
or what was cut out of other videos and is put over the clips, among things that are none of it
(--cutouts); or both, each from half of the clips. Without either, it learns what moves in front of
the rest, from things that are put over the clips, whose masks are known. It may begin with a
trained one (--begin: a run or a published folder).""",
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
        Option(
            "cutouts",
            "a folder of what is to be cut out, and put over the clips: its videos/ and, of the "
            "same names, their alphas/, white where it is; the clips must show none of it, or "
            "have --masks",
            metavar="FOLDER",
            path="file",
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
        "tfvgan train rooms/ --out runs/people --network segmenter --size 256 --cutouts people/",
    ),
    next="Next: {tfvgan} segment VIDEO -o mask.mkv --model {run}",
    code="tfvgan.tasks.segmentation.application:Segmentation",
    check=check_squares,
)
