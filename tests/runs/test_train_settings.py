"""What is completed is what a run may be told."""

from typing import get_type_hints

from tfvgan.runs import Settings
from tfvgan.runs.train_settings import TrainSettings


def test_they_are_the_settings_of_a_run():
    assert {"videos", *get_type_hints(TrainSettings)} == set(Settings.names())
