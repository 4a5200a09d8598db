"""What is published works with the code beside it: it loads, makes videos, and is small."""

import json
from pathlib import Path

import numpy as np
import pytest

from tfvgan import Sampler

FOLDER = Path(__file__).resolve().parent.parent / "saved_models"
MODELS = sorted(path.parent for path in FOLDER.glob("*/generator.keras"))


def test_there_are_some():
    assert MODELS


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
def test_a_published_generator_makes_videos_that_move(model):
    sampler = Sampler.load(model / "generator.keras")
    videos = sampler.generate(2, seed=3, frames=20)
    assert videos.shape[:2] == (2, 20) and videos.dtype == np.uint8
    assert np.ptp(videos) > 100 and np.abs(np.diff(np.int16(videos), axis=1)).max() > 50


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
def test_a_published_folder_is_small_and_says_what_it_is(model):
    assert sum(path.stat().st_size for path in model.rglob("*") if path.is_file()) < 6e6
    card = (model / "README.md").read_text(encoding="utf-8")
    assert card.startswith(f"# {model.name}") and "Licence" in card
    rows = json.loads((model / "1" / "parity.json").read_text())["rows"]
    assert {"keras", "saved_model", "float32"} <= {row["target"] for row in rows}


def test_the_list_names_them_all():
    listed = (FOLDER / "README.md").read_text(encoding="utf-8")
    for model in MODELS:
        assert f"[{model.name}]({model.name}/README.md)" in listed
