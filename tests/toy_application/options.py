"""What the toy says of itself."""

from tfvgan.applications import Declaration, Option

DECLARATION = Declaration(
    networks=("brightener",),
    summary='The network "brightener" makes dark videos bright.',
    options=(
        Option("darkness", "how dark videos are made", float, "SHARE", least=0),
        Option("stencils", "masks of the videos", metavar="MASKS", path="masks"),
        Option("palette", "colours of the masks' classes", metavar="COLOURS"),
    ),
    examples=("tfvgan train brightener videos/ --out runs/bright",),
    next="Next: {tfvgan} restore NIGHT -o day.mp4 --model {run}",
    code="toy_application.application:Brightening",
)
