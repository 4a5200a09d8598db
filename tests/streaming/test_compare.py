import os
from fractions import Fraction

import media
import numpy as np
from PIL import Image

from tfvgan.streaming import Source, compare, compared_names
from tfvgan.streaming.compare import CAPTION, GAP, GREY, LEAST, picture_of
from tfvgan.streaming.look import Look
from tfvgan.streaming.sink import EncodedFile


def test_both_are_seen_in_step(tmp_path):
    frames = media.frames(6)
    media.images(tmp_path / "old", frames)
    media.images(tmp_path / "new", 255 - frames.repeat(2, 1).repeat(2, 2))
    names = compared_names(tmp_path / "new.mkv")
    made = compare(tmp_path / "old", tmp_path / "new", names)
    assert made == [str(tmp_path / "new-compared.mp4"), str(tmp_path / "new-compared.png")]
    shown = [frame.rgb for frame in Source(made[0]).frames()]
    assert len(shown) == 6 and shown[0].shape == (96, 256 + GAP, 3)
    for frame, expected in zip(shown, frames, strict=True):
        inner = expected[4:-4, 4:-4].mean((0, 1))
        left, right = frame[8:-8, 8:120], frame[8:-8, 136 + GAP : -8]
        assert np.abs(left.mean((0, 1)) - inner).max() < 4
        assert np.abs(right.mean((0, 1)) - 255 + inner).max() < 4
    assert Image.open(made[1]).size == (2 * 384 + GAP, 2 * (CAPTION + 288)), "three times as large"
    assert sorted(os.listdir(tmp_path)) == ["new", "new-compared.mp4", "new-compared.png", "old"]


def test_images_of_a_film_are_shown_at_its_rate(tmp_path):
    film = media.video(tmp_path / "old", "h264.mkv", media.frames(3), fps=10)
    media.images(tmp_path / "new", media.frames(3))
    made = compare(film, tmp_path / "new", compared_names(tmp_path / "new"))
    assert Source(made[0]).fps == 10
    made = compare(film, tmp_path / "new", compared_names(tmp_path / "new"), fps=5)
    assert Source(made[0]).fps == 5


def test_squeezed_pictures_are_shown_as_they_are(tmp_path):
    look = Look(aspect=Fraction(16, 15))
    for name in ("old.mp4", "new.mp4"):
        sink = EncodedFile(tmp_path / name, look=look)
        sink.write(media.frames(1)[0], None, Fraction(0))
        sink.close()
    names = compared_names(tmp_path / "new.mp4")
    made = compare(tmp_path / "old.mp4", tmp_path / "new.mp4", names)
    assert Source(made[0]).look == look


def test_what_is_transparent_shows_grey(tmp_path):
    frames = media.frames(2)
    media.images(tmp_path / "old", frames)
    (tmp_path / "new").mkdir()
    cut = np.concatenate([frames, np.full_like(frames[..., :1], 255)], -1)
    cut[:, :, :32, 3] = 0
    for number, picture in enumerate(cut):
        Image.fromarray(picture).save(tmp_path / "new" / f"{number}.png")
    made = compare(tmp_path / "old", tmp_path / "new", compared_names(tmp_path / "new"))
    shown = next(Source(made[0]).frames()).rgb[:, 64 + GAP :].astype(int)
    assert np.abs(shown[:, 4:28] - GREY).max() < 12
    assert np.abs(shown[:, 36:] - frames[0][:, 36:]).mean() < 4


def test_the_picture_shows_what_differs_most():
    before = np.zeros((40, LEAST, 3), "uint8")
    after = before.copy()
    after[22:30, 241:313] = 200
    drawn = picture_of({"before": before, "after": after})
    right = drawn[:, LEAST + GAP :]
    np.testing.assert_array_equal(right[CAPTION : CAPTION + 40], after)
    assert (right[-40:] == 200).mean() > 0.6
    assert len(drawn) == 2 * (CAPTION + 40)


def test_each_frame_has_its_caption_and_room_for_it():
    """Small frames are shown larger, in plain pixels; no caption runs into the next."""
    black = np.zeros((30, 90, 3), "uint8")
    white = np.full_like(black, 255)
    drawn = picture_of({"a": black, "much more than there is room for " * 4: white, "": black})
    width = 4 * 90
    assert drawn.shape == (2 * (CAPTION + 120), 3 * width + 2 * GAP, 3)
    assert (drawn[CAPTION : CAPTION + 120, :width] == 0).all()
    heads = drawn[:CAPTION].min((0, 2))
    ink = [heads[left : left + width] < 128 for left in range(0, len(heads), width + GAP)]
    assert 0 < ink[0].sum() < 20 and ink[1].sum() > width / 3 and not ink[2].any()
    assert not ink[1][-GAP:].any() and (heads[width : width + GAP] == 255).all()
    assert (drawn[CAPTION + 120 :][:CAPTION] < 128).any(), "the part has one, too"
