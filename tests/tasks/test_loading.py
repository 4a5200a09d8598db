"""Model files: what they should be, or one sentence; never damaged weights, nor numbers of NaN."""

import json
import os
import random
import zipfile

import keras
import numpy as np
import pytest
from mutations import changed
from same import assert_same_weights

from tfvgan.networks import DcganGenerator, RestorerGenerator
from tfvgan.sealed import SEAL
from tfvgan.tasks import Sampler
from tfvgan.tasks.loading import load_keras, save_deflated


def generator():
    network = DcganGenerator(frames=2, size=8, width=2, num_classes=2)
    network.build()
    return network


def told(path, **changes):
    """Writes the file of a network whose config says something else."""
    network = RestorerGenerator(2, 8, 1)
    network.build()
    network.save(path)
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    config = json.loads(files["config.json"])
    config["config"].update(changes)
    files["config.json"] = json.dumps(config).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def test_a_model_with_and_without_a_seal_is_loaded(tmp_path):
    network = generator()
    network.save(tmp_path / "plain.keras")
    sealed = Sampler(network).save(tmp_path / "sealed.keras")
    for path in (tmp_path / "plain.keras", sealed):
        assert_same_weights(load_keras(path), network)


def test_what_is_small_is_the_same_network_and_sealed(tmp_path):
    network = generator()
    network.save(tmp_path / "plain.keras")
    path = save_deflated(network, tmp_path / "small.keras")
    assert os.path.getsize(path) < 0.9 * os.path.getsize(tmp_path / "plain.keras")
    with zipfile.ZipFile(path) as archive:
        assert archive.comment.startswith(SEAL)
    assert_same_weights(load_keras(path), network)


def test_damaged_weights_are_seen(tmp_path):
    """Those that an archive's own checksums are right of, too, where there is a seal."""
    network, path = generator(), tmp_path / "x.keras"
    Sampler(network).save(path)
    with zipfile.ZipFile(path) as archive:
        files = {name: bytearray(archive.read(name)) for name in archive.namelist()}
        seal = archive.comment
    weights = files["model.weights.h5"]
    largest = max((weight.numpy() for weight in network.weights), key=np.size)
    weights[weights.index(largest.tobytes()) + 2] ^= 1
    for comment in (b"", seal):
        with zipfile.ZipFile(path, "w") as archive:
            archive.comment = comment
            for name, content in files.items():
                archive.writestr(name, bytes(content))
        if not comment:
            found = load_keras(path).get_weights()
            assert any((a != b.numpy()).any() for a, b in zip(found, network.weights))
    with pytest.raises(ValueError, match="its checksum is another"):
        load_keras(path)


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_weights_are_numbers(value, tmp_path):
    network = generator()
    network.weights[0].assign(np.full(network.weights[0].shape, value))
    network.save(tmp_path / "x.keras")
    with pytest.raises(ValueError, match=f"no finite numbers, such as .*{network.weights[0].name}"):
        load_keras(tmp_path / "x.keras")


@pytest.mark.parametrize(
    "changes",
    [
        {"depth": 10**9},
        {"width": 10**9},
        {"width": 10**400},
        {"width": -3},
        {"depth": "many"},
        {"factor": 10**6},
        {"factor": None},
        {"folds": 60},
        {"more": 1},
        {"width": [1] * 99},
    ],
)
def test_absurd_networks_are_one_sentence(changes, tmp_path):
    with pytest.raises(ValueError, match="is no model that this version reads") as caught:
        load_keras(told(tmp_path / "x.keras", **changes))
    assert str(caught.value).count("\n") == 0


def tried(path, count):
    """Returns how many of so many changed files were refused, each in a sentence."""
    good, draw, refused = path.read_bytes(), random.Random(0), 0
    for _ in range(count):
        path.write_bytes(changed(good, draw))
        try:
            load_keras(path)
        except ValueError as error:
            assert str(error).count("\n") == 0
            refused += 1
    return refused


def test_whatever_the_bytes_are_it_is_a_model_or_a_sentence(tmp_path):
    path = tmp_path / "x.keras"
    Sampler(generator()).save(path)
    assert tried(path, 30) > 20


@pytest.mark.slow
def test_whatever_the_bytes_are_for_long(tmp_path):
    path = tmp_path / "x.keras"
    generator().save(path)
    assert tried(path, 1000) > 500


def test_a_file_that_holds_a_function_is_refused(tmp_path):
    held = keras.Sequential([keras.Input((2,)), keras.layers.Lambda(lambda x: 2 * x)])
    held.save(tmp_path / "x.keras")
    with pytest.raises(ValueError, match="is no model that this version reads"):
        load_keras(tmp_path / "x.keras")
