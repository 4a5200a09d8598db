"""What a restorer learned, by the settings of its run."""

from tfvgan.runs import Settings
from tfvgan.tasks.restoration.recipes import learnt, recipes


def settings(**given):
    return Settings.make("videos", {"network": "restorer", **given})


def test_recipes_are_a_list_and_clean_where_none_is_named():
    assert recipes(settings()) == ["clean"] and recipes(settings(recipes="old")) == ["old"]
    assert recipes(settings(recipes=["clean", "old"])) == ["clean", "old"]


def test_of_others_nothing_is_known():
    assert learnt(settings(recipes="old")) == ["old"]
    assert learnt(None) == learnt(Settings.make("videos", {})) == []
