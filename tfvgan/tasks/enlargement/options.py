"""Enlargement, as the command line knows it."""

from tfvgan.applications import FACTOR_OPTION, Declaration

DECLARATION = Declaration(
    networks=("enlarger",),
    summary="""\
Large videos are made in two stages: a run of small ones, and in its folder, as RUN/enlarger, one of
the network "enlarger", which makes them larger. tfvgan generate then uses both.""",
    options=(FACTOR_OPTION,),
    examples=(
        "tfvgan train videos/ --out runs/any/enlarger --network enlarger --size 256 --batch-size 4",
    ),
    next="In the folder of another run, under the name `enlarger`, it enlarges what that "
    "generates.",
    code="tfvgan.tasks.enlargement.application:Enlargement",
)
