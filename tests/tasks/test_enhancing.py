"""The practical codec: a base layer, and what a network mends of it."""

import keras
import numpy as np
import pytest
from moving import texture

from tfvgan.data.base_layer import STANDARDS, Base
from tfvgan.networks import RestorerGenerator
from tfvgan.tasks.enhancing import ALLOWED, LUMA, EnhancedCodec, unpacked

VIDEO = texture(6, 96, (1.5, 0.5))[0]
SIZE = VIDEO.shape[1:3]


def generator(seed=0, change=0.01, **arguments):
    keras.utils.set_random_seed(seed)
    network = RestorerGenerator(**{"factor": 1, "folds": 2, "leveled": True, **arguments})
    network.build()
    draws = np.random.default_rng(1)
    network.head.kernel.assign(draws.normal(0.0, change, network.head.kernel.shape))
    return network


def made(codec, payload):
    return np.stack(list(codec.decode(payload, len(VIDEO), SIZE)))


def far(video):
    return np.mean(np.square((video.astype(float) - VIDEO) @ LUMA))


@pytest.mark.parametrize("standard", STANDARDS)
def test_strength_costs_no_more_luma_than_it_may(standard):
    found = {}
    for prefer in ("detail", "fidelity"):
        codec = EnhancedCodec(generator(), standard, quality=4, prefer=prefer)
        payload = codec.encode(list(VIDEO), 25)
        base, packets = EnhancedCodec.base_layer(payload, len(VIDEO))
        plain = far(np.stack(list(base.decode(packets, SIZE))))
        found[prefer] = 10 * np.log10(far(made(codec, payload)) / plain)
        assert unpacked(payload, len(VIDEO))[0] == standard
    assert found["fidelity"] <= 0.02
    assert found["fidelity"] - 0.01 <= found["detail"] <= ALLOWED + 0.05


def test_a_network_that_changes_nothing_leaves_the_base_layer():
    codec = EnhancedCodec(generator(change=0.0), quality=6)
    payload = codec.encode(list(VIDEO), 25)
    standard, step, strength, packets = unpacked(payload, len(VIDEO))
    assert strength == 0
    base = np.stack(list(Base(standard).decode(packets, SIZE)))
    np.testing.assert_array_equal(made(codec, payload), base)
    assert packets == Base("av1", 25).encode(VIDEO, step / 4)


def test_bits_are_kept_and_used():
    sizes = []
    for bits in (0.1, 0.2, 0.3):
        payload = EnhancedCodec(generator(), bits=bits).encode(list(VIDEO), 25)
        sizes.append(8 * len(payload) / VIDEO[..., 0].size / bits)
    assert all(0.7 < size < 1.06 for size in sizes), sizes


def test_quality_is_the_quantiser():
    steps = [
        unpacked(EnhancedCodec(generator(), quality=q).encode(list(VIDEO), 25), len(VIDEO))[1] / 4
        for q in (1, 8)
    ]
    assert steps == [STANDARDS["av1"].worst, STANDARDS["av1"].best]


def test_identity_is_of_the_weights():
    one, same, other = (EnhancedCodec(generator(seed), quality=4).identity for seed in (0, 0, 1))
    assert one == same != other and len(one) == 32


def test_damage_is_an_error_in_a_sentence():
    codec = EnhancedCodec(generator(), quality=4)
    payload, draws = codec.encode(list(VIDEO), 25), np.random.default_rng(0)
    for _ in range(20):
        hit = bytearray(payload[: draws.integers(1, len(payload) + 1)])
        hit[draws.integers(len(hit))] ^= 1 << draws.integers(8)
        try:
            assert made(codec, bytes(hit)).shape == VIDEO.shape
        except ValueError as error:
            assert str(error)
    with pytest.raises(ValueError, match="A group names base layer 9 of 3"):
        made(codec, bytes([9]) + payload[1:])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"quality": 4, "bits": 0.1}, "Give either `quality` or `bits`"),
        ({}, "Give either `quality` or `bits`"),
        ({"quality": 9}, "must be from 1 to 8, but is 9"),
        ({"bits": 0}, "must be above 0, but is 0"),
        ({"quality": 4, "prefer": "speed"}, "must be detail or fidelity, but is 'speed'"),
        ({"quality": 4, "standard": "vp8"}, "must be one of av1, hevc, h264"),
    ],
)
def test_wrong_arguments(arguments, said):
    with pytest.raises(ValueError, match=said):
        EnhancedCodec(generator(), **arguments)


def test_another_network_is_none_of_a_codec():
    for wrong in ({"factor": 2}, {"leveled": False}):
        with pytest.raises(ValueError, match="must be of factor 1 and told the level"):
            EnhancedCodec(generator(**wrong), quality=4)
