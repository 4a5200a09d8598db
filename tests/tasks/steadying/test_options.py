"""Steadying, as the command line knows it."""

from tfvgan.applications import declared, who_has


def test_it_is_declared_with_its_options():
    names = [option.name for option in declared("steadier").options]
    assert names == ["steady", "square", "depth", "perceptual", "adversarial", "begin"]
    assert who_has("steady") == ["stylizer", "steadier", "segmenter"]
