"""Going on from another run: of the same kind, with the same numbers, for fidelity or detail."""

import pytest

from tfvgan.runs import Settings
from tfvgan.tasks.phases import first_phase, go_on


class Made:
    """What a run holds: its numbers, and what it was asked to become."""

    average = property(lambda self: self)

    def get_config(self):
        return {"width": 8, "depth": 1}

    def again(self, size, seed, detail, **weights):
        return size, seed, detail, weights


def load(run):
    return Made()


def settings(**given):
    return Settings.make("videos", {"network": "codec", "seed": 3, **given})


def test_a_run_that_begins_anew_has_no_first():
    assert first_phase(settings(), Made, "codec", load) is None


def test_for_detail_or_for_fidelity_once_more():
    for given, wanted in (
        ({"detail": "x", "perceptual": 0.5}, (16, 3, True, {"perceptual": 0.5})),
        ({"detail": "x", "adversarial": 0.0}, (16, 3, True, {"adversarial": 0.0})),
        ({"begin": "x"}, (16, 3, False, {})),
    ):
        asked = settings(**given)
        assert go_on(first_phase(asked, Made, "codec", load), asked, 16, "codec", width=8) == wanted


def test_what_is_no_first_phase():
    with pytest.raises(ValueError, match="`begin` must be the run of a codec, but `.*x` holds a M"):
        first_phase(settings(begin="x"), str, "codec", load)


def test_other_numbers_are_another_network():
    asked = settings(detail="x")
    with pytest.raises(ValueError, match=r"The codec in .* has depth=1 \(asked for: 2\)"):
        go_on(Made(), asked, 16, "codec", width=8, depth=2)
