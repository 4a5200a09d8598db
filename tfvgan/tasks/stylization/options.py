"""Stylization, as the command line knows it."""

from tfvgan.applications import PHASES, SQUARES, STEADY, Declaration, Option, check_squares

FILTERS = ("watercolour", "ink", "poster", "night")

DECLARATION = Declaration(
    networks=("stylizer",),
    summary="""\
The network "stylizer" learns a style, for tfvgan stylize, and to hold it from frame to frame: that
of one of our filters; that of a picture, or of a folder of pictures; or, from pairs, what any tool
has made of your videos. It may begin with a trained one (--begin: a run, a published folder, or the
name of a style of the package). Networks that judge by their looks come from tfvgan weights fetch;
without them, filters and pairs take --perceptual 0.""",
    options=(
        Option("filter", "the filter whose style the stylizer learns", choices=FILTERS),
        Option(
            "style",
            "a picture in the style, or a folder of them; a large one is shrunk until its shorter "
            "side is 4 squares long",
            metavar="PICTURE",
            path="file",
        ),
        Option(
            "pairs",
            "the videos as a tool has painted them frame by frame, each of the name that it had",
            metavar="AFTER",
            path="videos",
        ),
        STEADY,
        *(option for option in SQUARES if option.name in ("square", "depth")),
        *(option for option in PHASES if option.name != "detail"),
    ),
    examples=(
        "tfvgan train videos/ --out runs/ink --network stylizer --size 256 --filter ink",
        "tfvgan train videos/ --out runs/monet --network stylizer --size 256 --style monet.jpg",
        "tfvgan train before/ --out runs/anime --network stylizer --size 256 --pairs after/",
        "tfvgan train videos/ --out runs/mine --network stylizer --style mine.jpg --begin runs/ink",
    ),
    next="Next: {tfvgan} stylize VIDEO -o painted.mp4 --style {run}",
    code="tfvgan.tasks.stylization.application:Stylization",
    check=check_squares,
)
