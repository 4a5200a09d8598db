"""Playing by the model that the file names: checked before a player is begun, then handed over."""

import av
import media
import numpy as np
import pytest
from packaged import frames, model, package_of
from sounding import film

from tfvgan.runs import compress, decompress, play


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package with one codec, of `model(1)`."""
    return package_of({"codec_a": model(1)}, tmp_path, monkeypatch)


@pytest.fixture
def seen(tmp_path):
    """A player, and the path of what it was handed."""
    path = tmp_path / "player"
    path.write_text(f"#!/bin/sh\ncat > '{tmp_path}/seen.nut'\n")
    path.chmod(0o755)
    return str(path), tmp_path / "seen.nut"


def shown(path):
    with av.open(str(path)) as container:
        assert container.streams.audio
        return np.stack([frame.to_ndarray() for frame in container.decode(video=0)]).astype(float)


def test_it_shows_what_is_decompressed(tmp_path, package, seen, eagerly):
    player, handed = seen
    path, packed = film(tmp_path / "in.mkv", media.frames(3)), str(tmp_path / "out.tvg")
    compress(path, packed, model(1), base="h264", quality=8)
    assert play(packed, player=player) == []
    mended = shown(handed)
    assert decompress(packed, tmp_path / "back.mkv", codec="ffv1", fast=True) == []
    np.testing.assert_array_equal(mended, frames(tmp_path / "back.mkv"))
    assert play(packed, base_only=True, player=player) == []
    assert np.abs(shown(handed) - frames(path)).mean() < 12
    assert (shown(handed) != mended).any(), "no network"
    with pytest.raises(ValueError, match="was compressed by the model"):
        play(packed, model(0), player=player)


def test_what_can_not_be_played_is_said_before_a_player_begins(tmp_path, seen):
    player, handed = seen
    path = tmp_path / "film.mp4"
    path.write_bytes(b"no .tvg at all")
    with pytest.raises(ValueError, match="film.mp4"):
        play(path, player=player)
    assert not handed.exists()
    with pytest.raises(ValueError, match="'no-such-player' is not found"):
        play(path, player="no-such-player")
