"""Contexts in whole numbers: those of the network, and no latent chooses its own."""

import numpy as np
import pytest
from keras import ops

from tfvgan.networks import contexts
from tfvgan.tasks.compression.latents import WAYS, Latents, table_count


def drawn(shape, seed=0, scale=1.5):
    return np.rint(np.random.default_rng(seed).laplace(0, scale, shape)).astype(np.int32)


def visited(latents, before, flagged=False):
    """Returns the table of each latent that is coded, and -1 of others; and those of flags."""
    found, flags, order = np.full(latents.shape, -1), [], Latents(*latents.shape, flagged)

    def code(part, tables):
        if part.flags:
            flags.append(tables)
        else:
            found[part.rows, part.columns, part.channels] = tables
        return part.of(latents)

    np.testing.assert_array_equal(order.visit(before, code), latents)
    return found, flags


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
    found, _ = visited(latents, None if first else before)
    np.testing.assert_array_equal(found, wanted)
    assert 0 <= found.min() <= found.max() < table_count(shape[-1], False)
    assert ways[0] * ways[1] == WAYS and table_count(48, False) == 5760
    some, flags = visited(latents, None if first else before, True)
    each = shape[-1] // contexts.CHANNEL_GROUPS
    there = latents.reshape(*shape[:2], -1, each).any(axis=-1).repeat(each, axis=-1)
    np.testing.assert_array_equal(some, np.where(there, found, -1))
    assert sum(map(len, flags)) == shape[0] * shape[1] * contexts.CHANNEL_GROUPS
    for tables in filter(len, flags):
        assert found.max() < tables.min() <= tables.max() < table_count(shape[-1])


@pytest.mark.parametrize("flagged", [False, True])
def test_a_part_depends_on_those_before_it_alone(flagged):
    """What is not read yet may be anything: a decoder finds the same tables."""
    latents, before, order = (
        drawn((5, 4, 8), 0, 0.4),
        drawn((5, 4, 8), 1),
        Latents(5, 4, 8, flagged),
    )
    parts, tables = [], []

    def code(part, chosen):
        parts.append(part)
        tables.append(chosen)
        return part.of(latents)

    order.visit(before, code)
    assert len(parts) == 2 * contexts.CHANNEL_GROUPS * (1 + flagged)
    times = np.zeros(latents.shape, int)
    for part in parts:
        if not part.flags:
            times[part.rows, part.columns, part.channels] += 1
    assert (times == 1).all() if not flagged else ((times == 1) | (latents == 0)).all()
    for number in range(len(parts)):
        left = iter(range(number + 1))

        def read(part, chosen, left=left, number=number):
            at = next(left, None)
            if at is None:
                return np.zeros_like(chosen)
            np.testing.assert_array_equal(chosen, tables[at])
            return part.of(latents) if at < number else np.ones_like(chosen)

        order.visit(before, read)


def test_flags_cost_little_and_spare_much():
    """Latents of which few places have any: most are not coded."""
    latents = np.zeros((8, 10, 16), np.int32)
    latents[2:4, 3:6, 5] = 1
    coded = [numbers.size for numbers, _ in Latents(8, 10, 16).symbols(None, latents)]
    assert sum(coded) == 4 * 80 + 6 * 4
    assert (
        sum(numbers.size for numbers, _ in Latents(8, 10, 16, False).symbols(None, latents)) == 1280
    )
