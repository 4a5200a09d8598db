"""What the command line knows of segmentation."""

import shlex

from tfvgan_cli.main import make_parser

from tfvgan.applications import declared, options
from tfvgan.tasks.segmentation.options import DECLARATION
from tfvgan.tasks.segmentation.video_segmenter import USUAL


def test_it_is_declared_and_its_examples_can_be_typed():
    assert declared("segmenter") is DECLARATION and DECLARATION.examples
    for line in DECLARATION.examples:
        assert make_parser().parse_args(shlex.split(line)[1:]).network == "segmenter"


def test_the_help_says_what_terms_weigh_by_default():
    assert f"of a segmenter {USUAL['steady']:g}" in options()["steady"].help
    assert f"of a segmenter {USUAL['adversarial']:g}" in options()["adversarial"].help
