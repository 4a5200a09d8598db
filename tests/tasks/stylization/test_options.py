"""What the command line knows of stylization."""

import shlex

from tfvgan_cli.main import make_parser

from tfvgan.applications import options
from tfvgan.data.styles import STYLES
from tfvgan.tasks.steadying.video_steadier import USUAL
from tfvgan.tasks.stylization.application import LARGEST
from tfvgan.tasks.stylization.options import DECLARATION, FILTERS
from tfvgan.tasks.stylization.video_stylizer import PAIRED, PICTURES


def test_its_examples_can_be_typed():
    assert "stylizer" in DECLARATION.networks and DECLARATION.examples
    for line in DECLARATION.examples:
        assert make_parser().parse_args(shlex.split(line)[1:]).network in DECLARATION.networks


def test_filters_are_those_that_there_are():
    assert list(FILTERS) == list(STYLES)


def test_the_help_says_what_terms_weigh_by_default():
    both = {name: PAIRED[name] for name in ("perceptual", "adversarial")}
    assert both == {name: USUAL[name] for name in both}
    said = {name: options()[name].help for name in (*both, "steady")}
    assert f"stylizers and steadiers {both['perceptual']:g}, of pictures none" in said["perceptual"]
    assert PICTURES["perceptual"] == 0
    beside = f"{both['adversarial']:g}, of pictures {PICTURES['adversarial']:g}"
    assert f"stylizers and steadiers {beside}" in said["adversarial"]
    assert PAIRED["steady"] == PICTURES["steady"]
    usual = f"of a stylizer {PAIRED['steady']:g} by default, of a steadier {USUAL['steady']:g}"
    assert usual in said["steady"]


def test_the_help_says_how_large_pictures_are():
    assert f"its shorter side is {LARGEST} squares long" in options()["style"].help
