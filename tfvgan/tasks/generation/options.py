"""Generation, as the command line knows it."""

from tfvgan.applications import Declaration

DECLARATION = Declaration(
    networks=("continuous", "vgan", "dcgan"),
    summary="""\
The networks "continuous", "vgan" and "dcgan" learn to make videos from noise, for tfvgan generate
and tfvgan walk.""",
    options=(),
    examples=(
        "tfvgan train videos/ --out runs/small --network dcgan --size 32 --epochs 10",
        "tfvgan train videos/ --out runs/any --network continuous --augment adaptive",
    ),
    next="Next: {tfvgan} generate {run} --out {run}/samples",
    code="tfvgan.tasks.generation.application:Generation",
    classes=True,
)
