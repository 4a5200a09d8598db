import json

import pytest

from tfvgan.data.settings import ClipSettings


def test_the_shape_of_a_clip():
    assert ClipSettings(frames=4, size=8).shape == (4, 8, 8, 3)
    assert ClipSettings(frames=4, size=[6, 8]).shape == (4, 6, 8, 3)


def test_settings_survive_json():
    settings = ClipSettings(frames=4, size=(6, 8), fps=12.5)
    assert ClipSettings(**json.loads(json.dumps(settings.to_json()))) == settings
    masks = ClipSettings(masks="black,red")
    assert ClipSettings(**json.loads(json.dumps(masks.to_json()))) == masks
    assert "masks" not in settings.to_json(), "caches of videos are what they were before"


@pytest.mark.parametrize(
    "wrong",
    [
        {"frames": 0},
        {"size": 0},
        {"size": (8, 8, 8)},
        {"stride": 0},
        {"fps": 0},
        {"stride": 2, "fps": 5},
        {"crop": "left"},
        {"overlap": 16},
        {"overlap": -1},
        {"short": "pad"},
        {"masks": "blac"},
    ],
)
def test_a_setting_out_of_range_is_named(wrong):
    name = next(iter(wrong))
    with pytest.raises(ValueError, match={"masks": "palette"}.get(name, name)):
        ClipSettings(**wrong)
