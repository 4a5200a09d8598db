"""What settings say: those that were given, and the side of squares."""

from tfvgan.runs import Settings
from tfvgan.tasks.chosen import given, shown_side


def test_what_was_not_given_is_left_out():
    settings = Settings.make("videos", {"network": "steadier", "width": 8, "adversarial": 0.0})
    assert given(settings, "width", "depth", "adversarial") == {"width": 8, "adversarial": 0.0}


def test_squares_are_those_asked_for_or_fit_the_clips():
    sides = [
        shown_side(Settings.make("videos", {"network": "restorer", **asked}))
        for asked in ({"size": 256}, {"size": 64}, {"size": 256, "square": 32})
    ]
    assert sides == [128, 64, 32]
