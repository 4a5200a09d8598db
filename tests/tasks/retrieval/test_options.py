"""What the command line knows of retrieval."""

import shlex

import pytest
from tfvgan_cli.main import make_parser

from tfvgan import applications
from tfvgan.applications import declared
from tfvgan.library import windows
from tfvgan.runs import Settings
from tfvgan.tasks.retrieval import options
from tfvgan.tasks.retrieval.video_embedder import USUAL

GOOD = {"network": "embedder", "size": 96, "fps": 16.0, "frames": 16}


def test_it_is_declared_and_its_examples_can_be_typed():
    assert declared("embedder") is options.DECLARATION and options.DECLARATION.examples
    for line in options.DECLARATION.examples:
        given = make_parser().parse_args(shlex.split(line)[1:])
        asked = {name: getattr(given, name) for name in ("network", "size", "fps", "crop")}
        assert asked == {"network": "embedder", "size": 96, "fps": 16.0, "crop": "squeeze"}


def test_the_help_says_what_the_game_weighs_by_default():
    assert f"of an embedder {USUAL['adversarial']:g};" in applications.options()["adversarial"].help


def test_windows_have_the_frames_of_a_library():
    assert options.RATE == windows.RATE


@pytest.mark.parametrize(("frames", "fps"), [(4, 8.0), (7, 16.0), (13, 32.0)])
def test_half_a_second_is_needed(frames, fps):
    Settings.make("videos", {**GOOD, "frames": frames, "fps": fps})
    with pytest.raises(ValueError, match=f"`frames` must be {frames} or more, .* is {frames - 1}"):
        Settings.make("videos", {**GOOD, "frames": frames - 1, "fps": fps})


@pytest.mark.parametrize("fps", [None, 12.0, 25.0])
def test_rates_that_have_no_eighths_of_a_second(fps):
    with pytest.raises(ValueError, match=f"`fps` must be a multiple of 8, .* but is {fps}: ask"):
        Settings.make("videos", {**GOOD, "fps": fps})
