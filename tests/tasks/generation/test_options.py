"""What the command line knows of generation."""

import shlex

from tfvgan_cli.main import make_parser

from tfvgan.tasks import PRESETS
from tfvgan.tasks.generation.options import DECLARATION


def test_its_examples_can_be_typed():
    assert "vgan" in DECLARATION.networks and DECLARATION.examples
    for line in DECLARATION.examples:
        assert make_parser().parse_args(shlex.split(line)[1:]).network in DECLARATION.networks


def test_its_networks_are_the_presets():
    assert set(DECLARATION.networks) == set(PRESETS)
