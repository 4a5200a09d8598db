import media
import numpy as np
import pytest
from PIL import Image

from tfvgan.streaming.pictures import pictures
from tfvgan.streaming.source import Source


def written(folder, frames):
    """Returns a folder of numbered images."""
    media.images(folder, frames)
    return folder


def masks(count, where=np.s_[10:20, 10:30], size=(48, 64)):
    mask = np.zeros((count, *size, 3), "uint8")
    mask[:, where[0], where[1]] = 255
    return mask


def test_without_a_mask_frames_are_as_they_are(tmp_path):
    frames = media.frames(3)
    source = Source(written(tmp_path / "in", frames))
    for (frame, picture), expected in zip(pictures(source), frames, strict=True):
        np.testing.assert_array_equal(picture, expected)
        assert picture is frame.rgb


def test_one_mask_is_for_all_and_holes_are_filled(tmp_path):
    frames, mask = media.frames(3), masks(1)
    source = Source(written(tmp_path / "in", frames))
    Image.fromarray(mask[0]).save(tmp_path / "mask.png")
    made = [picture for _, picture in pictures(source, tmp_path / "mask.png")]
    assert len(made) == 3 and made[0].shape == (*frames[0].shape[:2], 4)
    hole = mask[0, ..., 0] > 0
    for picture, frame in zip(made, frames, strict=True):
        assert (picture[hole][:, 3] == 255).all() and (picture[~hole][:, 3] == 0).all()
        np.testing.assert_array_equal(picture[~hole][:, :3], frame[~hole])


def test_a_mask_for_each_frame(tmp_path):
    frames, mask = media.frames(4), masks(4)
    mask[2:] = 0
    source = Source(written(tmp_path / "in", frames))
    made = [picture for _, picture in pictures(source, written(tmp_path / "masks", mask))]
    hole = mask[0, ..., 0] > 0
    np.testing.assert_array_equal(made[1][hole][:, :3], frames[2][hole])
    assert made[2][..., 3].max() == 0 < made[1][..., 3].max() < 255


@pytest.mark.parametrize(
    ("mask", "said"),
    [
        (masks(2), "or have a frame for each of the video's 3, but has 2"),
        (masks(1, size=(48, 60)), "must be of the video's 64x48 pixels, but is of 60x48"),
    ],
)
def test_masks_that_do_not_fit(tmp_path, mask, said):
    source = Source(written(tmp_path / "in", media.frames(3)))
    with pytest.raises(ValueError, match=said):
        list(pictures(source, written(tmp_path / "masks", mask)))


def test_a_mask_that_ends_a_little_early_is_found_out_then(tmp_path):
    source = Source(written(tmp_path / "in", media.frames(30)))
    made = pictures(source, written(tmp_path / "masks", masks(29)))
    next(made)
    with pytest.raises(ValueError, match="or have a frame for each of the video, but ends before"):
        list(made)


def test_what_a_mask_says_in_vain_is_told(tmp_path, caplog):
    source = Source(written(tmp_path / "in", media.frames(3)))
    longer = written(tmp_path / "longer", masks(5))
    assert len(list(pictures(source, longer))) == 3
    assert "has 5 frames and the video 3: the mask's last are left out" in caplog.text
    alpha = np.zeros((48, 64, 4), "uint8")
    alpha[10:20, 10:30, 3] = 255
    Image.fromarray(alpha).save(tmp_path / "alpha.png")
    made = [picture for _, picture in pictures(source, tmp_path / "alpha.png")]
    assert max(picture[..., 3].max() for picture in made) == 0
    assert "is transparent in places, which says nothing: what is missing is white" in caplog.text


def test_numbers_that_are_missing_are_told(tmp_path, caplog):
    folder = written(tmp_path / "in", media.frames(4))
    (folder / "frame_2.png").unlink()
    assert Source(folder).count == 3
    assert "between frame_1.png and frame_3.png: they are taken in a row" in caplog.text
