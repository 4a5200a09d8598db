"""What is measured of one pair, kept and read again."""

import json

import films
import pytest

from tfvgan.evaluation import measuring
from tfvgan.evaluation.measuring import MeasuredPair, Measuring
from tfvgan.evaluation.pairing import Pair, pair_of


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pair")
    both = [
        films.film(folder / side / "a.mp4", 7, (16, 16), seed) for seed, side in enumerate("xy")
    ]
    return pair_of("a", *both)


def test_a_metric_that_can_not_be_had_is_left_out(pair, monkeypatch):
    def lacking():
        raise ValueError("fetch it")

    monkeypatch.setitem(measuring.STREAMED, "ssim", lacking)
    found = Measuring(["psnr", "ssim"])
    assert found.missing == {"ssim": "fetch it"} and list(found.streamed) == ["psnr"]
    measured = found.of_pair(pair)
    assert list(measured.values) == ["psnr"] and measured.missing == {"ssim": "fetch it"}
    with pytest.raises(ValueError, match="but holds fvd"):
        Measuring(["fvd"])


def test_each_pair_is_on_its_own(pair):
    """What failed for one is tried for the next, unless it is to be left out."""
    found = Measuring(["psnr", "ms_ssim"])
    assert "161x161" in found.of_pair(pair).missing["ms_ssim"] and not found.missing
    measured = found.of_pair(pair, without={"psnr": "enough"})
    assert measured.missing["psnr"] == "enough" and not measured.values


def test_windows_are_watched(pair):
    seen = []
    measured = Measuring(["flicker"]).of_pair(pair, watch=lambda *window: seen.append(window))
    assert [(given[0], len(given[1]), given[3]) for given in seen] == [(pair, 7, 0)]
    assert measured.values["flicker"] > 0 and measured.seconds["flicker"] > 0


def test_numbers_are_read_as_they_were_to_the_bit(pair, tmp_path):
    measured = Measuring(["psnr", "ssim", "bits_per_pixel"]).of_pair(pair)
    third = measured._replace(values={**measured.values, "psnr": 1 / 3, "ssim": None})
    for each in (measured, third):
        assert MeasuredPair.load(each.save(tmp_path / "a.json")) == each
    assert type(MeasuredPair.load(tmp_path / "a.json").pair) is Pair
    wrong = json.loads((tmp_path / "a.json").read_text()) | {"values": [1]}
    (tmp_path / "a.json").write_text(json.dumps(wrong))
    with pytest.raises(ValueError, match="what was measured of a pair"):
        MeasuredPair.load(tmp_path / "a.json")


def test_what_a_video_has_no_value_of_is_none(pair, monkeypatch):
    monkeypatch.setitem(measuring.WHOLE, "bits_per_pixel", lambda pair: float("nan"))
    assert Measuring(["bits_per_pixel"]).of_pair(pair).values == {"bits_per_pixel": None}
