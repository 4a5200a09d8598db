"""What the command line knows of compression."""

import shlex

import pytest
from tfvgan_cli.main import make_parser

from tfvgan.runs import Settings
from tfvgan.tasks.compression.options import DECLARATION


def test_its_examples_can_be_typed():
    assert "codec" in DECLARATION.networks and DECLARATION.examples
    for line in DECLARATION.examples:
        assert make_parser().parse_args(shlex.split(line)[1:]).network in DECLARATION.networks


@pytest.mark.parametrize(
    "short, said",
    [
        ({"frames": 2}, "3 frames or more at once, but is shown 2: ask for more `frames`"),
        ({"frames": 8, "window": 2}, "but is shown 2: ask for more `window`"),
    ],
)
def test_clips_are_long_enough(short, said):
    with pytest.raises(ValueError, match=said):
        Settings.make("videos", {"network": "codec", **short})
    Settings.make("videos", {"network": "codec", "frames": 3})
