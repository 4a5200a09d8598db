"""Holes are filled without a network, in arrays and in files."""

import media
import numpy as np
import pytest

from tfvgan.data.decode import read_video
from tfvgan.data.fill import fill
from tfvgan.streaming import Recurrence
from tfvgan.tasks.restoration.filler import Filler

VIDEO = np.stack(media.frames(4))
MASK = np.zeros((4, *VIDEO.shape[1:3]), bool)
for number in range(4):  # A hole that moves, so that other frames know what is there.
    MASK[number, 8:16, 8 * number : 8 * number + 8] = True


def test_arrays_become_what_is_filled():
    made = Filler().restore(np.where(MASK[..., None], 0, VIDEO).astype("uint8"), mask=MASK)
    np.testing.assert_array_equal(made, fill(VIDEO, MASK)[0])
    np.testing.assert_array_equal(made[~MASK], VIDEO[~MASK])
    still = np.repeat(VIDEO[:1], 4, axis=0)
    np.testing.assert_array_equal(Filler().restore(still, mask=MASK), still)


def test_steps_leave_the_gap_out():
    gap = np.full((*VIDEO.shape[:3], 1), 99, "uint8")
    frames = np.concatenate([VIDEO, gap], axis=-1)
    made = [each.picture for each in Recurrence(Filler())(frames)]
    np.testing.assert_array_equal(made, VIDEO)


def test_files_are_filled_while_they_are_read(tmp_path):
    media.images(tmp_path / "in", list(VIDEO))
    media.images(
        tmp_path / "mask", [np.repeat(255 * m[..., None], 3, -1).astype("uint8") for m in MASK]
    )
    out = Filler().restore(tmp_path / "in", tmp_path / "out", tmp_path / "mask")
    np.testing.assert_array_equal(read_video(out), fill(VIDEO, MASK)[0])


def test_what_does_not_fit_is_an_error(tmp_path):
    with pytest.raises(ValueError, match="`mask` must say what is missing"):
        Filler().restore(VIDEO)
    with pytest.raises(ValueError, match="`mask` must be as `video` is"):
        Filler().restore(VIDEO, mask="mask.png")
    with pytest.raises(ValueError, match="`mask` must be as `video` is"):
        Filler().restore("in.mp4", "out.mp4", mask=MASK)
