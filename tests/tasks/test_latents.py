"""Contexts in whole numbers: those of the network, and no latent chooses its own."""

import numpy as np
import pytest
from keras import ops

from tfvgan.networks import contexts
from tfvgan.tasks.latents import WAYS, Latents, table_count


def drawn(shape, seed=0, scale=1.5):
    return np.rint(np.random.default_rng(seed).laplace(0, scale, shape)).astype(np.int32)


def visited(latents, before):
    """Returns the table of each latent."""
    return Latents(*latents.shape).tables(before, latents)


@pytest.mark.parametrize("shape", [(5, 6, 8), (1, 1, 4), (1, 7, 12), (4, 3, 48)])
@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("scale", [0.3, 1.5, 30])
def test_tables_are_the_network_s(shape, first, scale):
    latents, before = drawn(shape, 1, scale), drawn(shape, 2, scale) * (not first)
    sizes, others = (ops.cast(np.abs(each)[None], "float32") for each in (latents, before))
    past, present, passes = (np.asarray(each)[0] for each in contexts.contexts(sizes, others))
    ways = (len(contexts.PAST) + 1, len(contexts.PRESENT) + 1)
    wanted = ((1 - first) * 2 + passes) * shape[-1] + np.arange(shape[-1])
    wanted = (wanted * ways[0] + past) * ways[1] + present
    found = visited(latents, None if first else before)
    np.testing.assert_array_equal(found, wanted)
    assert 0 <= found.min() <= found.max() < table_count(shape[-1])
    assert ways[0] * ways[1] == WAYS and table_count(48) == 5760


def test_a_part_depends_on_those_before_it_alone():
    """What is not read yet may be anything: a decoder finds the same tables."""
    latents, before = drawn((5, 4, 8)), drawn((5, 4, 8), 1)
    tables, parts = visited(latents, before), []

    def take(part, chosen):
        np.testing.assert_array_equal(chosen, tables[part])
        parts.append(part)
        return latents[part]

    np.testing.assert_array_equal(Latents(5, 4, 8).visit(before, take), latents)
    assert len(parts) == 2 * contexts.GROUPS
    times = np.zeros(latents.shape, int)
    for part in parts:
        times[part] += 1
    assert (times == 1).all()
    for number, part in enumerate(parts):
        other = latents.copy()
        for later in parts[number:]:
            other[later] = 77
        np.testing.assert_array_equal(visited(other, before)[part], tables[part])
