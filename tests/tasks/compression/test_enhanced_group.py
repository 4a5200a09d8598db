"""What is written of a group: it comes back as it was, and what is none is told."""

import numpy as np
import pytest
from moving import texture

from tfvgan.data.base_layer import STANDARDS, Base
from tfvgan.tasks.compression.enhanced_group import HALF, HEADS, SHARP, EncodedGroup, unpacked

VIDEO = texture(3, 96, (1.5, 0.5))[0]


def group(standard="av1", half=False, step=180, strength=200):
    return EncodedGroup(
        standard, half, step, strength, Base(standard, half=half).encode(VIDEO, step / 4)
    )


@pytest.mark.parametrize("half", [False, True])
@pytest.mark.parametrize("standard", STANDARDS)
def test_a_group_comes_back_as_it_was(standard, half):
    one = group(standard, half)
    payload = one.packed()
    assert unpacked(payload, len(VIDEO)) == one and one.size == len(payload)
    assert bool(payload[0] & HALF) == half and payload[0] & HEADS
    assert len(payload) < sum(map(len, one.packets)) + 3
    shown = np.stack(list(one.base.decode(one.packets, VIDEO.shape[1:3])))
    assert shown.shape == VIDEO.shape and one.base.half == half


@pytest.mark.parametrize("sharpness", [-128, -1, 0, 77, 127])
@pytest.mark.parametrize("standard", ["av1", "h264"])
def test_sharpness_takes_a_byte_where_there_is_any(standard, sharpness):
    plain = group(standard, strength=0)
    sharp = plain._replace(sharpness=sharpness)
    payload = sharp.packed()
    assert unpacked(payload, len(VIDEO)) == sharp
    assert bool(payload[0] & SHARP) == (len(payload) > len(plain.packed())) == (sharpness != 0)
    assert sharp.mended == (sharpness != 0) and sharp.amounts == (0, plain.level, sharpness / 256)
    assert plain._replace(strength=9).mended


def test_packets_that_are_not_as_av1_usually_are_keep_their_lengths():
    odd = EncodedGroup("av1", False, 100, 0, [b"\1\2\3", b"", b"\xff" * 300])
    payload = odd.packed()
    assert not payload[0] & HEADS and unpacked(payload, 3) == odd


def test_levels_are_those_of_the_quantiser_and_of_the_size():
    best, worst = (4 * STANDARDS["av1"].best, 4 * STANDARDS["av1"].worst)
    levels = [
        EncodedGroup("av1", half, step, 0, []).level
        for half in (False, True)
        for step in (best, worst)
    ]
    assert levels == [0.0, 1.0, 1.0, 2.0]


def test_what_is_no_group():
    payload = group("h264").packed()
    with pytest.raises(ValueError, match="A group names base layer 7 of 3"):
        unpacked(bytes([7]) + payload[1:], len(VIDEO))
    for wrong in (b"", payload[:2], payload[:-1], payload + b"\0"):
        with pytest.raises(ValueError):
            unpacked(wrong, len(VIDEO))
    with pytest.raises(ValueError, match="2 packets should be in a group, but 3 are"):
        unpacked(group().packed(), 2)
