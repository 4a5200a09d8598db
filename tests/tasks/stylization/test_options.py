"""What the command line knows of stylization."""

import shlex

from tfvgan_cli.main import make_parser

from tfvgan.tasks.stylization.options import DECLARATION


def test_its_examples_can_be_typed():
    assert "stylizer" in DECLARATION.networks and DECLARATION.examples
    for line in DECLARATION.examples:
        assert make_parser().parse_args(shlex.split(line)[1:]).network in DECLARATION.networks
