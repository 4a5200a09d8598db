"""Windows: half seconds at an eighth of a second, squeezed, without borders; what is flat."""

import films
import media
import numpy as np
import pytest

from tfvgan.data.write import write_video
from tfvgan.library.windows import (
    RATE,
    SIDE,
    cut_windows,
    is_flat,
    squeezed,
    windows_of,
    within_borders,
)

NOISE = np.random.default_rng(0)


def numbered(count, height=SIDE, width=SIDE):
    """Returns frames that are as bright as their numbers, but for a white half."""
    video = np.full((count, height, width, 3), 255, np.uint8)
    video[:, :, : width // 2] = np.arange(count, dtype=np.uint8)[:, None, None, None]
    return video


def of_file(path, hop=4):
    """Returns times, frames and flatness of all the windows."""
    return [np.concatenate(part) for part in zip(*windows_of(path, hop))]


@pytest.mark.parametrize("hop", [4, 2])
def test_windows_are_four_frames_and_begin_after_each_hop(hop):
    made = cut_windows(numbered(11), hop, begin=8)
    starts = range(0, 8, hop)
    np.testing.assert_array_equal(made.times, [(8 + start) / RATE for start in starts])
    wanted = [[start + n for n in range(4)] for start in starts]
    np.testing.assert_array_equal(made.frames[:, :, 5, 5, 0], wanted)
    assert not made.flat.any()


@pytest.mark.parametrize("hop", [4, 2])
def test_a_file_is_seen_eight_times_a_second_whatever_its_rate(tmp_path, hop, monkeypatch):
    monkeypatch.setattr("tfvgan.library.windows.BLOCK", 7)  # Windows go over what is read at once.
    film = media.frames(63, 24, 32)
    times, frames, flat = of_file(media.video(tmp_path / "a.mp4", pictures=film, fps=30), hop)
    assert len(frames) == 1 + (17 - 4) // hop and not flat.any()
    np.testing.assert_array_equal(times, np.arange(len(times)) * hop / RATE)
    shown = [(np.arange(4) + hop * n) * 30 / RATE for n in range(len(times))]
    wanted = np.stack([squeezed(film[np.floor(each).astype(int)]) for each in shown])
    np.testing.assert_allclose(frames, wanted, atol=24)  # It was upscaled otherwise.
    assert np.abs(frames.astype(float) - wanted).mean() < 3


def test_times_are_those_of_stamps(tmp_path):
    """A frame that stands for a second is seen eight times."""
    film = numbered(10, 32, 32) + np.uint8(10)
    ticks = [10 * n + 90 * (n > 4) for n in range(10)]  # Tenths of a tenth of a second.
    _, frames, _ = of_file(media.video(tmp_path / "a.mp4", pictures=film, ticks=ticks))
    seen = frames[:, :, 40, 10, 0].astype(int).ravel() - 10
    assert len(seen) == 16 and (abs(seen[4:12] - 4) <= 1).all() and (np.diff(seen) >= -1).all()


def test_what_is_shorter_than_a_window_is_one(tmp_path):
    times, frames, _ = of_file(films.film(tmp_path / "a.mp4", 3))
    assert times.tolist() == [0] and frames.shape == (1, 4, SIDE, SIDE, 3)
    np.testing.assert_array_equal(frames[0, 2], frames[0, 3])


@pytest.mark.parametrize(("top", "left"), [(12, 0), (0, 20), (9, 30)])
def test_black_borders_are_cut_off_however_noisy(top, left):
    film = media.frames(8, 72, 96)
    padded = np.pad(film, ((0, 0), (top, top), (left, left), (0, 0))).astype(float)
    noisy = np.clip(padded + NOISE.normal(0, 12, padded.shape), 0, 255).astype(np.uint8)
    rows, columns = within_borders(noisy.mean(axis=(0, 3)))
    assert (rows, columns) == (slice(top, top + 72), slice(left, left + 96))
    np.testing.assert_array_equal(squeezed(padded.astype(np.uint8)), squeezed(film))


def test_borders_of_a_block_are_those_of_the_one_before_where_it_is_dark(tmp_path, monkeypatch):
    monkeypatch.setattr("tfvgan.library.windows.BLOCK", 8)
    film = np.pad(media.frames(16, 96, 144), ((0, 0), (24, 24), (0, 0), (0, 0)))
    film[8:, :, :100] = 0
    _, frames, _ = of_file(write_video(tmp_path / "a.mp4", film, fps=RATE))
    dark = frames.reshape(16, SIDE, SIDE, 3)[8:].max(axis=-1)
    assert dark[:, :, :60].max() < 24 and dark[:, 10:-10, -10:].min() > 24


def test_a_dark_picture_has_no_borders():
    lit = np.zeros((40, 40), np.float32)
    assert within_borders(lit) == (slice(0, 40), slice(0, 40))
    lit[18:22, 18:22] = 200  # A moon.
    assert within_borders(lit) == (slice(0, 40), slice(0, 40))


@pytest.mark.parametrize("level", [0, 120, 255])
def test_what_is_of_one_colour_is_flat_however_noisy(level):
    plain = np.full((2, 4, SIDE, SIDE, 3), level, float)
    noisy = np.clip(plain + NOISE.normal(0, 10, plain.shape), 0, 255).astype(np.uint8)
    assert is_flat(noisy).all()
    seen = noisy.copy()
    seen[1, :, 20:60, 20:60] = np.clip(level + (60 if level < 200 else -60), 0, 255)
    assert is_flat(seen).tolist() == [True, False]
