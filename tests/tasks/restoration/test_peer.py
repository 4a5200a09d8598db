"""Published networks over videos: frame by frame, in tiles, with their margins, of any depth."""

import media
import numpy as np
import pytest
import tensorflow as tf
from peers import Carrying, known, wanted

from tfvgan import streaming, weights
from tfvgan.layers import bicubic
from tfvgan.tasks import PeerRestorer
from tfvgan.weights import MissingWeights

VIDEO = np.random.default_rng(0).integers(0, 256, (3, 10, 14, 3), "uint8")


@pytest.mark.parametrize("factor, margin", [(1, 0), (2, 3), (4, 1)])
def test_each_frame_is_made_alone_and_of_its_own_size(monkeypatch, tmp_path, factor, margin):
    known(monkeypatch, tmp_path, factor=factor, margin=margin)
    restorer = PeerRestorer("toy_x2")
    made = restorer.restore(VIDEO)
    assert np.abs(made.astype(int) - wanted(VIDEO, factor)).max() <= 1
    assert made.shape == (3, factor * 10, factor * 14, 3) and made.dtype == np.uint8
    deep = VIDEO.astype("uint16") * 257
    found, _ = restorer.step(deep, None)
    assert np.abs(found.astype(int) - wanted(deep, factor)[1]).max() <= 1
    assert found.dtype == np.uint16


def test_tiles_make_the_same_picture(monkeypatch, tmp_path):
    known(monkeypatch, tmp_path, margin=2, multiple=4)
    large = np.random.default_rng(1).integers(0, 256, (2, 46, 70, 3), "uint8")
    made = [
        np.stack([step.picture for step in streaming.Recurrence(stepper, side, 8)(large)])
        for stepper in [PeerRestorer("toy_x2")]
        for side in (None, 24)
    ]
    np.testing.assert_array_equal(*made)
    assert np.abs(made[0].astype(int) - wanted(large)).max() <= 1


def test_files_keep_their_frames(monkeypatch, tmp_path):
    known(monkeypatch, tmp_path / "home")
    path = media.video(tmp_path / "in", "h264.mkv", media.frames(3))
    out = tmp_path / "out.mkv"
    restorer = PeerRestorer("toy_x2")
    assert restorer.restore(path, out, codec="ffv1") == str(out)
    given, made = (np.stack([f.rgb for f in streaming.Source(at).frames()]) for at in (path, out))
    np.testing.assert_array_equal(made, restorer.restore(given))


def test_strength_mixes_with_plain_enlargement(monkeypatch, tmp_path):
    known(monkeypatch, tmp_path)
    plain = bicubic(VIDEO / np.float32(255), 2).numpy()
    network = np.clip(VIDEO / 255, 0, 1).repeat(2, 1).repeat(2, 2) - 0.1
    for strength in (0, 0.25):
        made = PeerRestorer("toy_x2", strength).restore(VIDEO)
        mixed = np.clip((1 - strength) * plain + strength * network, 0, 1)
        assert np.abs(made - 255 * mixed).max() <= 1
    identities = {PeerRestorer("toy_x2", strength).identity for strength in (0, 0.25, 1)}
    assert len(identities) == 3


def test_memory_grows_with_what_the_network_holds(monkeypatch, tmp_path):
    entries = {factor: known(monkeypatch, tmp_path, f"x{factor}", factor) for factor in (1, 4)}
    small, large = (PeerRestorer(entry.name).bytes_per_pixel for entry in entries.values())
    assert small == 4 * (2 * 6 + 12) and large == 4 * (2 * 51 + 12 * 16)


def test_basicvsr_is_handed_runs_of_frames(monkeypatch):
    monkeypatch.setattr(weights, "network", lambda name: Carrying())
    restorer = PeerRestorer("basicvsr")
    assert (restorer.factor, restorer.together) == (4, 15)
    assert restorer.bytes_per_pixel == 4 * (2 * 10 + 12 * 16) + 15 * (4 * 5 + 6 * 16)
    whole = np.rint(255 * np.clip(Carrying().whole(VIDEO / np.float32(255)), 0, 1))
    made = restorer.restore(VIDEO)
    assert np.abs(made - whole).max() <= 1 and made.dtype == np.uint8
    window = [257 * frame.astype("uint16") for frame in (VIDEO[0], *VIDEO, VIDEO[2])]
    deep, state = restorer.steps(window, None)
    assert deep[0].dtype == np.uint16 and np.abs(np.array(deep) / 257 - whole).max() <= 1
    assert state.shape == (10, 14, 2)


class Told:
    """A network that answers with the noise that it is told, times 255."""

    floats_per_pixel = 1

    def __call__(self, inputs):
        return inputs["noise"][:, None, None, None] * tf.ones_like(inputs["frame"])


def test_a_network_that_is_told_the_noise_hears_it(monkeypatch, tmp_path):
    monkeypatch.setattr(weights, "network", lambda name: Told())
    for level, noise in ((0.2, 10), (1.0, 50), (None, 25)):
        made = PeerRestorer("ffdnet", level=level).restore(VIDEO)
        assert made.shape == VIDEO.shape and (made == noise).all()
    identities = {PeerRestorer("ffdnet", level=level).identity for level in (0.2, 0.5, None)}
    assert len(identities) == 2
    with pytest.raises(ValueError, match="`level` must be from 0 to 1, but is 3"):
        PeerRestorer("ffdnet", level=3)


def test_what_can_not_be_is_one_sentence(monkeypatch, tmp_path):
    known(monkeypatch, tmp_path, fetched=False)
    assert all(map(PeerRestorer.is_known, ("toy_x2", "span_x2")))
    assert not any(map(PeerRestorer.is_known, ("i3d", "none", None, tmp_path)))
    with pytest.raises(MissingWeights, match="run `tfvgan weights fetch toy_x2`"):
        PeerRestorer("toy_x2")
    with pytest.raises(ValueError, match="must be one of span_x2, .*, but is 'i3d'"):
        PeerRestorer("i3d")
    known(monkeypatch, tmp_path)
    with pytest.raises(ValueError, match="`strength` must be from 0 to 1, but is 2"):
        PeerRestorer("toy_x2", 2)
    with pytest.raises(ValueError, match="is not told how strong the noise is: leave `level`"):
        PeerRestorer("toy_x2", level=0.5)
    with pytest.raises(ValueError, match="does not fill what is missing"):
        PeerRestorer("toy_x2").restore(VIDEO, mask=VIDEO[..., 0])
