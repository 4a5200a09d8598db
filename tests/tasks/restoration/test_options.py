"""What the command line knows of restoration."""

import shlex

import pytest
from tfvgan_cli.main import make_parser

from tfvgan.data.degrade import RECIPES
from tfvgan.data.degrade.recipes import TELLING
from tfvgan.runs import Settings
from tfvgan.tasks.restoration import options
from tfvgan.tasks.restoration.options import DECLARATION


def test_its_examples_can_be_typed():
    assert "restorer" in DECLARATION.networks and DECLARATION.examples
    for line in DECLARATION.examples:
        assert make_parser().parse_args(shlex.split(line)[1:]).network in DECLARATION.networks


def test_its_recipes_are_those_of_the_data():
    recipes = next(option for option in DECLARATION.options if option.name == "recipes")
    assert recipes.choices == RECIPES and options.TELLING == TELLING


@pytest.mark.parametrize(
    "recipes, said",
    [
        (["old", "holes"], "must be holes alone, or others, but are old, holes"),
        (["noisy", "coded"], "must be one of noisy and coded, but are both"),
    ],
)
def test_what_no_restorer_learns_is_refused(recipes, said):
    with pytest.raises(ValueError, match=said):
        Settings.make("videos", {"network": "restorer", "recipes": recipes})


def test_no_versions_are_made_of_what_a_network_is_told():
    with pytest.raises(ValueError, match="but of noisy a restorer is told more"):
        Settings.make("videos", {"network": "restorer", "recipes": "noisy", "versions": 2})
    given = {"network": "restorer", "recipes": ["old", "footage"], "versions": 2}
    assert Settings.make("videos", given).versions == 2
