"""What is completed is what a run may be told, each of the type that it is read as."""

from typing import get_type_hints

from tfvgan.applications import options
from tfvgan.runs import Settings
from tfvgan.runs.train_settings import TrainSettings


def test_they_are_the_settings_of_a_run():
    """Editors run nothing: what an application adds to the table is written here once more."""
    wanted = {name: option.kind for name, option in options().items()}
    wanted |= get_type_hints(Settings)
    del wanted["videos"], wanted["own"]
    assert get_type_hints(TrainSettings) == wanted
