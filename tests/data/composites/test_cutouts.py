"""Cut-outs from files: what is around them is left out, and partners must match."""

import media
import numpy as np
import pytest

from tfvgan.data.composites import cutouts, read_cutouts

VIDEO = np.random.default_rng(0).integers(0, 256, (4, 16, 24, 3)).astype("uint8")


def written(root, name, alpha):
    media.images(root / "videos" / name, VIDEO)
    media.images(root / "alphas" / name, np.repeat(alpha[..., None], 3, axis=-1))


def test_what_is_around_a_cutout_is_left_out(tmp_path):
    alpha = np.full((4, 16, 24), 5, "uint8")  # What a codec leaves of nothing.
    alpha[1, 4:9, 6:10], alpha[3, 7:12, 3:8] = 255, 100
    written(tmp_path, "a", alpha)
    written(tmp_path, "empty", np.zeros_like(alpha))
    (found,) = read_cutouts(tmp_path / "videos", tmp_path / "alphas", kind=2)
    whole = found.alpha == 255
    np.testing.assert_array_equal(found.video[whole], VIDEO[:, 4:12, 3:10][whole])
    assert found.video.shape == (4, 8, 7, 3)
    np.testing.assert_array_equal(found.alpha, np.where(alpha > 5, alpha, 0)[:, 4:12, 3:10])
    assert found.kind == 2 and found.alpha.dtype == np.uint8
    (short,) = read_cutouts(tmp_path / "videos", tmp_path / "alphas", frames=2)
    np.testing.assert_array_equal(short.video[1], VIDEO[1, 4:9, 6:10])
    assert len(short.video) == 2


def test_they_are_read_smaller(tmp_path):
    alpha = np.full((4, 16, 24), 255, "uint8")
    written(tmp_path, "a", alpha)
    (found,) = read_cutouts(tmp_path / "videos", tmp_path / "alphas", size=8)
    assert found.video.shape == (4, 8, 12, 3) and (found.alpha == 255).all()


def test_partners_must_match(tmp_path):
    written(tmp_path, "a", np.zeros((3, 16, 24), "uint8"))
    with pytest.raises(ValueError, match="a length of 4 frames and .* of 3"):
        read_cutouts(tmp_path / "videos", tmp_path / "alphas")
    with pytest.raises(ValueError, match="needs a partner of its name"):
        media.images(tmp_path / "videos" / "b", VIDEO)
        read_cutouts(tmp_path / "videos", tmp_path / "alphas")


def test_what_shines_through_soft_edges_does_not_come_along(tmp_path, monkeypatch):
    alpha = np.zeros((4, 16, 24), "uint8")
    alpha[:, :, 12:], alpha[:, :, 11] = 255, 128
    share, red, blue = alpha[..., None] / 255, (200, 50, 50), (20, 20, 220)
    mixed = np.rint(share * red + (1 - share) * blue).astype("uint8")
    monkeypatch.setitem(globals(), "VIDEO", mixed)
    written(tmp_path, "a", alpha)
    (found,) = read_cutouts(tmp_path / "videos", tmp_path / "alphas")
    assert found.video.shape == (4, 16, 13, 3)
    assert np.abs(found.video.astype(int) - red).max() <= 25
    assert np.abs(mixed[:, :, 11].astype(int) - red).max() >= 80


def test_all_of_them_fit_into_memory(tmp_path, monkeypatch):
    for name in "ab":
        written(tmp_path, name, np.full((4, 16, 24), 255, "uint8"))
    places = tmp_path / "videos", tmp_path / "alphas"
    monkeypatch.setattr(cutouts, "FEWEST", 2)
    monkeypatch.setattr(cutouts, "MOST", 2 * 2 * 4 * 8 * 12)  # Two frames of each at half the size.
    assert [len(each.video) for each in read_cutouts(*places, size=8)] == [2, 2]
    with pytest.raises(ValueError, match="a frame of each of these 2 takes .* fewer or smaller"):
        read_cutouts(*places)
