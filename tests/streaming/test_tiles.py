import tracemalloc

import numpy as np
import pytest
from counting import Counting

from tfvgan.streaming.tiles import BESIDE, LEAST, Tile, feathered, side_within, tiles

SIZES = [(50, 70, 32, 8, 4), (32, 32, 32, 8, 2), (33, 100, 32, 8, 2), (108, 192, 52, 12, 4)]


@pytest.mark.parametrize(("height", "width", "side", "overlap", "multiple"), SIZES)
def test_tiles_cover_all_overlap_and_begin_at_multiples(height, width, side, overlap, multiple):
    found = tiles(height, width, side, overlap, multiple)
    covered = np.zeros((height, width), int)
    for tile in found:
        covered[tile.part] += 1
        assert tile.top % multiple == tile.left % multiple == 0
        assert (
            tile.bottom - tile.top <= side + multiple and tile.right - tile.left <= side + multiple
        )
    assert covered.min() == 1
    tops = sorted({tile.top for tile in found})
    assert all(below - above <= side - overlap + multiple for above, below in zip(tops, tops[1:]))


def test_a_small_frame_is_one_tile():
    assert tiles(20, 30, 32, 8) == [Tile(0, 0, 20, 30)]


@pytest.mark.parametrize(("height", "width", "side", "overlap", "multiple"), SIZES)
def test_parts_of_a_frame_make_the_frame(height, width, side, overlap, multiple):
    frame = np.random.default_rng(0).random((height, width, 3))
    placed = tiles(height, width, side, overlap, multiple)
    again = feathered([frame[tile.part] for tile in placed], placed, height, width)
    np.testing.assert_allclose(again, frame, atol=1e-6)


def test_parts_fade_into_each_other():
    placed = [Tile(0, 0, 4, 20), Tile(0, 12, 4, 32)]
    parts = [np.full((4, 20, 1), value, "float32") for value in (0.0, 1.0)]
    row = feathered(parts, placed, 4, 32)[1, :, 0]
    assert row[:12].max() == 0 and row[20:].min() == 1
    assert (np.diff(row) >= 0).all() and np.diff(row).max() < 0.25


@pytest.mark.parametrize("dtype", ["uint8", "uint16"])
def test_whole_numbers_are_rounded(dtype):
    frame = np.random.default_rng(0).integers(0, np.iinfo(dtype).max, (50, 70, 3)).astype(dtype)
    placed = tiles(50, 70, 32, 8, 4)
    again = feathered([frame[tile.part] for tile in placed], placed, 50, 70)
    assert again.dtype == dtype
    np.testing.assert_array_equal(again, frame)


def test_putting_together_takes_the_memory_that_is_counted():
    size, each = (1024, 1536), 4.0
    placed = tiles(*size, 256, 32, 4)
    tracemalloc.start()
    parts = [
        np.zeros((tile.bottom - tile.top, tile.right - tile.left, 3), "uint8") for tile in placed
    ]
    feathered(parts, placed, *size)
    taken = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert each * size[0] * size[1] < taken < (BESIDE + 2) * size[0] * size[1]


def test_a_tile_takes_no_more_than_there_is():
    stepper = Counting(2)
    assert side_within(100, stepper, (500, 700)) == 1000
    whole = BESIDE * 4 * 2000 * 3000 / 1e6
    assert side_within(whole + 100, stepper, (2000, 3000)) == 1000
    with pytest.raises(ValueError, match="must be 194 MB or more, for tiles of 128 pixels of a fr"):
        side_within(whole + LEAST**2 * 100 / 1e6 - 1, stepper, (2000, 3000))
