import logging
import os

import numpy as np
import pytest
from toy_extractors import Colours, features

from tfvgan.metrics import store
from tfvgan.metrics.features import Features
from tfvgan.metrics.store import cached, content_key


@pytest.fixture
def files(tmp_path):
    for name, content in (("a", b"one"), ("b", b"two")):
        (tmp_path / name).write_bytes(content)
    return [tmp_path / "a", tmp_path / "b"]


def test_the_key_is_of_contents_not_of_names(files, tmp_path):
    key = content_key(files, Colours(), frames=16)
    (tmp_path / "c").write_bytes(b"one")
    assert len(key) == 64
    assert content_key([tmp_path / "c", files[1]], Colours(), frames=16) == key


def test_whatever_changes_the_features_changes_the_key(files):
    class Newer(Colours):
        fingerprint = "2"

    class Smaller(Colours):
        resize = "8bilinear"

    keys = [
        content_key(files, Colours(), frames=16, seed=0),
        content_key(files, Colours(), frames=16, seed=1),
        content_key(files, Newer(), frames=16, seed=0),
        content_key(files, Smaller(), frames=16, seed=0),
        content_key(files[::-1], Colours(), frames=16, seed=0),
        content_key(files[:1], Colours(), frames=16, seed=0),
    ]
    files[0].write_bytes(b"three")
    keys.append(content_key(files, Colours(), frames=16, seed=0))
    assert len(set(keys)) == len(keys)


def test_an_extractor_without_a_fingerprint_has_no_key(files):
    class Nameless(Colours):
        fingerprint = ""

    with pytest.raises(ValueError, match="'colours' names none: give it a `fingerprint`"):
        content_key(files, Nameless())


def computing(values):
    """Returns a function that gives features, and the list of the times that it was called."""
    calls = []

    def compute():
        calls.append(1)
        return features(values)

    return compute, calls


def test_what_is_stored_is_not_computed_again(tmp_path):
    compute, calls = computing(np.arange(6).reshape(2, 3))
    first, second = (cached("key", Features, compute, tmp_path) for _ in range(2))
    assert len(calls) == 1
    np.testing.assert_array_equal(first.values, second.values)
    assert first.protocol == second.protocol


def test_what_is_damaged_is_computed_again_and_kept(tmp_path, caplog):
    compute, calls = computing(np.zeros((2, 3)))
    cached("key", Features, compute, tmp_path)
    damaged = bytearray((tmp_path / "key.npz").read_bytes())
    damaged[len(damaged) // 2] ^= 1
    (tmp_path / "key.npz").write_bytes(damaged)
    with caplog.at_level(logging.WARNING, "tfvgan"):
        cached("key", Features, compute, tmp_path)
    assert "is computed again" in caplog.text
    cached("key", Features, compute, tmp_path)
    assert len(calls) == 2


def test_a_folder_that_cannot_be_written_costs_no_result(tmp_path, caplog):
    (tmp_path / "file").write_text("not a folder")
    compute, calls = computing(np.zeros((2, 3)))
    with caplog.at_level(logging.WARNING, "tfvgan"):
        cached("key", Features, compute, tmp_path / "file")
    assert len(calls) == 1
    assert "can't be kept" in caplog.text and "TFVGAN_HOME" in caplog.text


def test_it_is_in_the_users_own_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("TFVGAN_HOME", os.fspath(tmp_path))
    compute, _ = computing(np.zeros((2, 3)))
    cached("key", Features, compute)
    assert store.statistics() == tmp_path / "statistics"
    assert [file.name for file in (tmp_path / "statistics").iterdir()] == ["key.npz"]
