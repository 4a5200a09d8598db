"""The finder as the table of applications has it."""

import pytest

from tfvgan.applications import application, applications
from tfvgan.networks import CutFinder, RestorerGenerator
from tfvgan.tasks.analysis.application import AnalysisApplication
from tfvgan.tasks.analysis.finder import Finder


def test_it_knows_its_network_and_no_other():
    ours = AnalysisApplication()
    finder = ours.alone(CutFinder(8))
    assert isinstance(finder, Finder) and ours.alone(RestorerGenerator(1, 4, 1)) is None
    assert ours.for_edge(finder, None, None) is finder
    assert ours.for_edge(finder, (8, 8), None) is None and ours.card(_given("x")) is None
    assert [type(each) for each in applications()].count(AnalysisApplication) == 1


def test_no_run_trains_it():
    with pytest.raises(ValueError, match="`network` must be one of"):
        application("cut_finder")


def _given(model):
    from tfvgan.tasks.application import Given

    return Given(model)
