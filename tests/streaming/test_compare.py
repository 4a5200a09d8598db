import os
from fractions import Fraction

import media
import numpy as np
from PIL import Image

from tfvgan.streaming import Source, compare, compared_names
from tfvgan.streaming.compare import GAP, picture_of
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
    assert Image.open(made[1]).size == (256 + GAP, 2 * 96 + GAP)
    assert sorted(os.listdir(tmp_path)) == ["new", "new-compared.mp4", "new-compared.png", "old"]


def test_squeezed_pictures_are_shown_as_they_are(tmp_path):
    look = Look(aspect=Fraction(16, 15))
    for name in ("old.mp4", "new.mp4"):
        sink = EncodedFile(tmp_path / name, look=look)
        sink.write(media.frames(1)[0], None, Fraction(0))
        sink.close()
    names = compared_names(tmp_path / "new.mp4")
    made = compare(tmp_path / "old.mp4", tmp_path / "new.mp4", names)
    assert Source(made[0]).look == look


def test_the_picture_shows_what_differs_most():
    before = np.zeros((40, 60, 3), "uint8")
    after = before.copy()
    after[22:30, 41:53] = 200
    drawn = picture_of(before, after)
    details = drawn[40 + GAP :, 60 + GAP :]
    assert (details == 200).mean() > 0.6
    np.testing.assert_array_equal(drawn[:40, 60 + GAP :], after)
