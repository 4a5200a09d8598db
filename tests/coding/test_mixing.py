"""Bits by mixed contexts: what was written comes back, and takes as much room as it should."""

import hashlib
import math

import numpy as np
import pytest

from tfvgan.coding.mixing import (
    FURTHEST_PLACE,
    STEP,
    BitDecoder,
    BitEncoder,
    Model,
    squash,
    stretched,
)


def written(bits, contexts):
    encoder = BitEncoder(Model())
    for bit, own in zip(bits, contexts):
        assert encoder.code(own, 0, bit) == bit
    return encoder.finish()


def again(data, contexts):
    decoder = BitDecoder(Model(), data)
    return [decoder.code(own, 0) for own in contexts]


def drawn(chance, count=4000, seed=0):
    return (np.random.default_rng(seed).random(count) < chance).astype(int).tolist()


@pytest.mark.parametrize("chance", [0.0, 0.02, 0.3, 0.5, 0.97, 1.0])
def test_bits_come_back_in_about_as_many_as_their_entropy(chance):
    bits = drawn(chance)
    contexts = [[1, 2 + number % 3] for number in range(len(bits))]
    data = written(bits, contexts)
    assert again(data, contexts) == bits
    share = np.mean(bits)
    entropy = -sum(p * math.log2(p) for p in (share, 1 - share) if p) * len(bits) / 8
    assert entropy - 2 < len(data) < 1.06 * entropy + 16


@pytest.mark.parametrize("count", [0, 1, 2, 9])
def test_few_bits(count):
    for number in range(2**count):
        bits = [number >> place & 1 for place in range(count)]
        data = written(bits, [[0]] * count)
        assert again(data, [[0]] * count) == bits and len(data) <= count // 8 + 2


def test_the_context_that_knows_is_trusted():
    bits = drawn(0.5)
    knowing = [[0, 10 + bit] for bit in bits]
    assert len(written(bits, knowing)) < len(bits) / 8 / 10
    assert again(written(bits, knowing), knowing) == bits


def test_what_is_known_at_the_beginning_helps_and_stays_as_it_was():
    bits = drawn(0.5, 300)
    counters = {number: (60_000 if bit else 5_000) << 8 | 40 for number, bit in enumerate(bits)}
    encoder, plain = BitEncoder(Model((dict(counters), {}))), BitEncoder(Model())
    for number, bit in enumerate(bits):
        for each in (encoder, plain):
            each.code([number], 0, bit)
    assert 2 * len(encoder.finish()) < len(plain.finish())
    decoder = BitDecoder(Model((counters, {})), encoder.finish())
    assert [decoder.code([number], 0) for number in range(300)] == bits
    assert set(counters.values()) == {60_000 << 8 | 40, 5_000 << 8 | 40}


def test_squash_is_the_logistic_function_and_stretch_its_inverse():
    places = np.arange(-FURTHEST_PLACE, FURTHEST_PLACE + 1)
    wanted = 4096 / (1 + np.exp(-places / STEP))
    assert np.abs([squash(place) for place in places.tolist()] - wanted).max() < 20
    assert [squash(place) for place in (-10 * FURTHEST_PLACE, 0, 10 * FURTHEST_PLACE)] == [
        1,
        2048,
        4094,
    ]
    back = [squash(place) for place in stretched()[1:]]
    assert back == sorted(back) and np.abs(np.array(back) - np.arange(1, 4096)).max() <= 8


def test_damage_and_what_is_cut_gives_bits():
    data = written(drawn(0.3), [[1]] * 4000)
    for hit in (data[:50], b"", bytes(len(data)), data[::-1]):
        assert set(again(hit, [[1]] * 4000)) <= {0, 1}


def test_bytes_are_the_same_for_ever():
    """Of sets of weights, and of contexts that know more, less and nothing."""
    encoder, random = BitEncoder(Model()), np.random.default_rng(0)
    bits = (random.integers(0, 1000, 3000) < 150 + 200 * (np.arange(3000) % 4)).astype(int)
    for number, bit in enumerate(bits.tolist()):
        encoder.code([number % 4, 100 + number % 7, 200 + number // 50], number % 3, bit)
    data = encoder.finish()
    assert hashlib.sha256(data).hexdigest()[:16] == "3d1b25cc50e43d21"
