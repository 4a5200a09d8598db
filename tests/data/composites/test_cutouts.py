"""Cut-outs from files: what is around them is left out, and partners must match."""

import media
import numpy as np
import pytest

from tfvgan.data.composites import read_cutouts

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
    np.testing.assert_array_equal(found.video, VIDEO[:, 4:12, 3:10])
    np.testing.assert_array_equal(found.alpha, np.where(alpha > 5, alpha, 0)[:, 4:12, 3:10])
    assert found.kind == 2 and found.alpha.dtype == np.uint8
    (short,) = read_cutouts(tmp_path / "videos", tmp_path / "alphas", frames=2)
    np.testing.assert_array_equal(short.video, VIDEO[:2, 4:9, 6:10])


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
