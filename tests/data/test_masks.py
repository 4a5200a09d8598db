"""Masks: exact where files are, parted at half where codecs blend, and unknown colours named."""

import media
import numpy as np
import pytest

from tfvgan.data import clips, prepare
from tfvgan.data.masks import are_levels, numbers, one_hot, palette, read_masks
from tfvgan.video import to_uint8

RNG = np.random.default_rng(0)
CLASSES = np.kron(RNG.integers(0, 3, (4, 3, 4)), np.ones((1, 8, 8), int)).astype("uint8")
COLOURS = "black,ff0000,#0000FF"


def read(*arguments, **options):
    return np.concatenate(list(read_masks(*arguments, **options)))


def test_palettes_are_colours_or_a_count():
    assert palette().tolist() == [[0, 0, 0], [255, 255, 255]] and not are_levels(palette())
    assert palette(COLOURS).tolist() == [[0, 0, 0], [255, 0, 0], [0, 0, 255]]
    assert palette("3").tolist() == [[0] * 3, [1] * 3, [2] * 3] and are_levels(palette("3"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("black,bleu", "but has 'bleu'"),
        ("black", "of 2 to 64 classes, but 'black' is of 1"),
        ("65", "of 2 to 64 classes"),
        ("red,#ff0000", "'red,#ff0000' has one twice"),
        ("", "but has ''"),
    ],
)
def test_what_is_no_palette_is_refused(text, said):
    with pytest.raises(ValueError, match=f"`palette` must.*{said}"):
        palette(text)


@pytest.mark.parametrize("text", [COLOURS, "3"])
def test_images_and_lossless_videos_are_read_to_the_pixel(tmp_path, monkeypatch, text):
    monkeypatch.setitem(media.FORMATS, "ffv1.mkv", media.Format(".mkv", "ffv1", "bgr0"))
    pictures = palette(text)[CLASSES]
    for path in (
        media.images(tmp_path / "mask", pictures),
        media.video(tmp_path / "mask", "ffv1.mkv", pictures),
    ):
        found = read(path, text)
        assert found.dtype == np.uint8
        np.testing.assert_array_equal(found, CLASSES)
        np.testing.assert_array_equal(read(path, text, stride=2), CLASSES[::2])


def test_black_and_white_of_a_codec_are_parted_at_half(tmp_path):
    truth = (CLASSES > 0).astype("uint8")
    path = media.video(tmp_path / "mask", "h264.mp4", palette()[truth])
    assert (read(path) == truth).mean() > 0.999
    grey = RNG.permutation(256).astype("uint8").reshape(1, 16, 16)
    found = numbers(np.repeat(grey[..., None], 3, -1), palette())
    np.testing.assert_array_equal(found, grey // 128)


@pytest.mark.parametrize(("size", "crop"), [(12, "center"), (40, "none"), ((8, 16), "center")])
def test_scaled_masks_have_no_class_between(tmp_path, size, crop):
    """Two classes apart, whose mean is the third: it never comes."""
    truth = 2 * (CLASSES > 0)
    path = media.images(tmp_path / "mask", palette("3")[truth])
    found = read(path, "3", size=size, crop=crop)
    assert set(np.unique(found)) == {0, 2}
    height, width = (size, size) if isinstance(size, int) else size
    assert found.shape[1] == height and (crop == "none" or found.shape[2] == width)
    if size == 12:  # Half as high: each pixel is one of the two by two that it stands for.
        middle = truth[:, 1::2, 1::2]
        np.testing.assert_array_equal(found, middle[:, :, 2:14])


def test_an_unknown_colour_is_named_with_its_file_and_frame(tmp_path):
    pictures = palette(COLOURS)[CLASSES]
    pictures[2, 8:16, 8:16] = (0, 200, 0)
    path = media.images(tmp_path / "mask", pictures)
    said = r"`.*mask` has the colour #00c800 in frame 2, .* has #000000, #ff0000, #0000ff: give"
    with pytest.raises(ValueError, match=said):
        read(path, COLOURS)
    with pytest.raises(ValueError, match="has the colour #0[23]0[23]0[23] in frame 0"):
        numbers(np.full((1, 4, 4, 3), 2, "uint8"), palette("2"))
    with pytest.raises(ValueError, match="#010200"):
        numbers(np.full((1, 4, 4, 3), (1, 2, 0), "uint8"), palette("3"))


def test_edges_of_in_between_colours_are_no_colour_of_their_own():
    soft = np.zeros((1, 16, 16, 3), "uint8")
    soft[:, :, 6:] = np.linspace(50, 255, 10).astype("uint8")[:, None]
    np.testing.assert_array_equal(numbers(soft, palette())[0, 0], [0] * 10 + [1] * 6)
    soft[:, :, 6:10], soft[:, :, 10:] = 127, 255  # A line of four pixels, as of a blurred edge.
    np.testing.assert_array_equal(numbers(soft, palette())[0, 0], [0] * 10 + [1] * 6)
    soft[:, :, 4:10] = 127
    with pytest.raises(ValueError, match="#7f7f7f"):
        numbers(soft, palette())


def test_clips_of_masks_are_numbers_of_classes_and_their_caches_say_so(tmp_path):
    path = media.images(tmp_path / "mask", palette(COLOURS)[CLASSES])
    how = {"frames": 2, "size": 12}
    for more in ({}, {"cache": tmp_path / "cache"}):
        (batch,) = clips(path, **how, masks=COLOURS, shuffle=False, **more)
        found = to_uint8(batch["video"]).numpy()
        wanted = CLASSES.reshape(2, 2, 24, 32)[:, :, 1::2, 1::2][..., 2:14]
        np.testing.assert_array_equal(found, np.repeat(wanted[..., None], 3, -1))
    with pytest.raises(ValueError, match=r"was made with masks='black,ff.*, but masks=None is ask"):
        prepare(path, tmp_path / "cache", **how, progress=False)
    prepare(path, tmp_path / "other", **how, progress=False)
    with pytest.raises(ValueError, match=r"was made with masks=None, but masks='3' is asked for"):
        prepare(path, tmp_path / "other", **how, masks="3", progress=False)


def test_numbers_of_classes_become_shares():
    assert one_hot(np.array([[0, 2]]), 3).tolist() == [[[1, 0, 0], [0, 0, 1]]]
    with pytest.raises(ValueError, match="of 2 classes have the numbers from 0 to 1, .* has 2: a"):
        one_hot(np.array([0, 2]), 2)
