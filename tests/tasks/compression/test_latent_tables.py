"""Counted tables: near to what was counted, sane where little was, and whole numbers in a file."""

import random

import numpy as np
import pytest
from mutations import changed

from tfvgan.coding.frequencies import TOTAL
from tfvgan.tasks.compression.latent_tables import (
    LARGEST,
    REACH,
    SHARED,
    LatentTables,
    counted,
    load_tables,
    shared,
    small_floats,
)
from tfvgan.tasks.compression.latents import WAYS, Latents, table_count

SCALES = np.array([0.2, 0.5, 1, 4])


def clips(count=3, shape=(4, 6, 5, 4), seed=0):
    """Channels of other scales each."""
    draws = np.random.default_rng(seed)
    return [np.rint(draws.laplace(0, SCALES, shape)).astype(np.int8) for _ in range(count)]


def bits(clip, tables):
    """Returns bits of a clip under tables."""
    total = 0.0
    for before, frame in zip([None, *clip], clip):
        for numbers, rows in Latents(*frame.shape).symbols(before, frame):
            codes = numbers.astype(int) + REACH
            total -= np.log2(tables.symbols.frequencies[tables.rows[rows], codes] / TOTAL).sum()
    return total


def test_each_latent_counts_once_where_it_belongs():
    few = clips()
    counts = counted(few, 4, reach=3)
    every, own = np.concatenate(few), table_count(4, False)
    assert counts.shape == (table_count(4), 8) and counts[:own].sum() == np.count_nonzero(every)
    assert counts[own:].sum() == every.size and counts[own:, 4].sum() == np.count_nonzero(every)
    np.testing.assert_array_equal(counts, sum(counted([clip], 4, reach=3) for clip in few))
    by_frame = counts[:own].reshape(2, 2, 4, -1, 8)
    for channel in range(4):
        found = by_frame[:, :, channel].sum(axis=(0, 1, 2))
        own = every[..., channel]
        wanted = [(own == value).sum() for value in range(-3, 4)]
        assert found[:7].tolist() == [*wanted[:3], 0, *wanted[4:]]
        assert found[7] == (np.abs(own) > 3).sum()


def test_tables_are_near_to_what_was_counted():
    counts = counted(clips(40), 4)
    tables = shared(counts)
    much = counts.sum(axis=1) > 600
    assert much.sum() >= 4
    share = counts[much] / counts[much].sum(axis=1, keepdims=True)
    likely = tables.symbols.frequencies[tables.rows][much] / TOTAL
    assert np.abs(share - likely).max() < 0.02
    told = np.where(share > 0, share * np.log2(np.maximum(share, 1e-9) / likely), 0).sum(axis=1)
    assert told.max() < 0.02


def test_counting_serves_other_clips():
    """Tables of many clips are better than those of few, and these than none."""
    other = clips(1, seed=9)[0]
    found = [bits(other, shared(counted(clips(count, seed=1), 4))) for count in (0, 2, 60)]
    assert found[2] < found[1] < found[0]


def test_what_was_seen_seldom_leans_on_all_channels():
    counts = np.zeros((table_count(8), 32), np.int64)
    own = counts[: table_count(8, False)].reshape(4, 8, WAYS, 32)
    own[1, :4, 7, 15] = 9000
    own[1, 4, 7, 18] = 20
    tables = shared(counts)
    likely = tables.symbols.frequencies[tables.rows[: own.size // 32]].reshape(own.shape) / TOTAL
    assert (likely[1, :4, 7, 15] > 0.99).all() and likely[1, 7, 7, 15] > 0.98
    assert 0.3 < likely[1, 4, 7, 15] < 0.6 and 0.4 < likely[1, 4, 7, 18] < 0.7
    assert likely[1, 4, 7, 18] > 20 * likely[1, 4, 7, 12]
    never = likely[0, 0, 0]
    assert never[15] == never.max() and never[:31] == pytest.approx(never[:31][::-1], rel=0.1)


def test_small_floats_are_near():
    numbers = np.exp(np.random.default_rng(0).uniform(-15, 0, (9, 32)))
    floats = small_floats(numbers)
    assert floats.dtype == np.uint8 and (floats.max(axis=1) == 255).all()
    large = (8 + floats % 8.0) * 2.0 ** (floats // 8)
    np.testing.assert_allclose(large / LARGEST, numbers / numbers.max(1, keepdims=True), rtol=0.07)


def test_contexts_share_few_tables_and_hardly_lose():
    counts, other = counted(clips(40), 4), clips(1, seed=9)[0]
    tables, one = shared(counts), shared(counts, most=1)
    assert len(tables) == table_count(4) and len(one.symbols) == 1
    assert 4 <= len(tables.symbols) <= SHARED < len(tables)
    own = LatentTables(small_floats(counts + 0.02))  # Each has its own.
    assert bits(other, tables) < 1.01 * bits(other, own) < 0.9 * bits(other, one)


def test_a_file_holds_the_tables(tmp_path):
    tables = shared(counted(clips(), 4))
    found = load_tables(tables.save(tmp_path / "tables.npz"))
    assert found.identity == tables.identity != tables.symbols.identity
    np.testing.assert_array_equal(found.rows, tables.rows)
    other = LatentTables(tables.floats, tables.rows[::-1])
    assert other.identity != tables.identity
    assert found.symbols.least.tolist() == [-REACH] * len(tables.symbols)


def test_a_file_from_before_contexts_shared_tables(tmp_path):
    floats = small_floats(counted(clips(), 4) + 0.5)
    np.savez(tmp_path / "tables.npz", floats=floats)
    found = load_tables(tmp_path / "tables.npz")
    assert found.identity == LatentTables(floats).symbols.identity
    np.testing.assert_array_equal(found.rows, np.arange(table_count(4)))


def test_no_file_of_tables(tmp_path):
    path = tmp_path / "tables.npz"
    for wrong in (None, b"", b"PK\3\4damaged"):
        if wrong is not None:
            path.write_bytes(wrong)
        with pytest.raises(ValueError, match="is damaged, or no archive"):
            load_tables(path)
    np.savez(path, floats=np.zeros((4, 8)))
    with pytest.raises(ValueError, match=r"should be uint8 .* but are float64 \(4, 8\)"):
        load_tables(path)
    np.savez(path, floats=np.ones((4, 8), "uint8"), rows=[0, 4])
    with pytest.raises(ValueError, match="`rows` should be numbers of 4 tables"):
        load_tables(path)


def test_clips_of_another_network():
    with pytest.raises(ValueError, match=r"\(t, h, w, 8\), but one is \(4, 6, 5, 4\)"):
        counted(clips(), 8)


def test_whatever_the_bytes_are_they_are_tables_or_a_sentence(tmp_path):
    draw, path = random.Random(0), tmp_path / "tables.npz"
    LatentTables(np.full((2, 4), 9, np.uint8), np.arange(table_count(4)) % 2).save(path)
    good, refused = path.read_bytes(), 0
    for seal in (True, False):
        data = good if seal else good[: good.rindex(b"PK\5\6") + 20] + b"\0\0"
        path.write_bytes(data)
        load_tables(path)
        for _ in range(100):
            path.write_bytes(changed(data, draw))
            try:
                assert len(load_tables(path)) == table_count(4)
            except ValueError as error:
                assert str(error).count("\n") == 0
                refused += 1
    assert refused > 150


@pytest.mark.parametrize(
    "arrays",
    [
        {"floats": np.zeros((0, 4), "uint8")},
        {"floats": np.zeros((4, 0), "uint8")},
        {"floats": np.zeros((1 << 13, 1 << 12), "uint8")},
        {"floats": np.zeros((2, 4)), "rows": np.zeros(8, int)},
        {"floats": np.zeros((2, 4), "uint8"), "rows": np.full(table_count(4), np.nan)},
        {"floats": np.zeros((2, 4), "uint8"), "rows": np.full(table_count(4), 2)},
        {"floats": np.zeros((2, 4), "uint8"), "rows": np.zeros((0,), int)},
        {"rows": np.zeros(8, int)},
        {"floats": np.array([{}], object)},
    ],
)
def test_arrays_that_are_no_tables_are_one_sentence(arrays, tmp_path):
    np.savez_compressed(tmp_path / "tables.npz", **arrays)
    with pytest.raises(ValueError):
        load_tables(tmp_path / "tables.npz")
