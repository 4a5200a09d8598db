"""What the command line knows of restoration."""

import shlex

from tfvgan_cli.main import make_parser

from tfvgan.data.degrade import RECIPES
from tfvgan.tasks.restoration.options import DECLARATION


def test_its_examples_can_be_typed():
    assert "restorer" in DECLARATION.networks and DECLARATION.examples
    for line in DECLARATION.examples:
        assert make_parser().parse_args(shlex.split(line)[1:]).network in DECLARATION.networks


def test_its_recipes_are_those_of_the_data():
    recipes = next(option for option in DECLARATION.options if option.name == "recipes")
    assert recipes.choices == RECIPES
