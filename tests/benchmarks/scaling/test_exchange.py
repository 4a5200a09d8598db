"""Sums over workers alone, measured with real processes."""

import pytest

from benchmarks.scaling import exchange


@pytest.mark.slow
def test_sums_of_more_bytes_take_longer():
    none, much = exchange.measure(2, [0, 20_000_000])
    assert (none["workers"], none["bytes"], much["bytes"]) == (2, 0, 20_000_000)
    assert 0 < none["ms"] < much["ms"]
