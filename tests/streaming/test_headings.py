"""Headers of bare streams say what is known of the film, where the standard has words for it."""

from fractions import Fraction

import av
import media
import numpy as np
import pytest

from tfvgan.data.base_layer import STANDARDS, Base
from tfvgan.streaming.headings import stated, unsaid
from tfvgan.streaming.look import Look

LOOK = Look(aspect=Fraction(16, 11), primaries=9, transfer=16)


def shown(standard, packets):
    """Returns what a decoder makes of packets."""
    context = av.CodecContext.create(STANDARDS[standard].decoder, "r")
    frames = [frame for data in packets for frame in context.decode(av.Packet(data))]
    return context, [*frames, *context.decode(None)]


@pytest.mark.parametrize("standard", STANDARDS)
@pytest.mark.parametrize("size", [(48, 64), (97, 130)])
def test_players_are_told(standard, size):
    base = Base(standard, fast=True)
    video = media.frames(3, *size)
    packets, coded = base.raw(base.encode(video, 20)), base.coded_size(size)
    even = tuple(side + side % 2 for side in size)
    context, frames = shown(standard, stated(standard, packets, coded, even, LOOK))
    assert (context.color_primaries, context.color_trc) == (9, 16)
    assert len(frames) == 3
    _, plain = shown(standard, packets)
    for frame, same in zip(frames, plain, strict=True):
        luma, wanted = (each.to_ndarray(format="gray") for each in (frame, same))
        np.testing.assert_array_equal(luma[: even[0], : even[1]], wanted[: even[0], : even[1]])
    if standard == "av1":
        assert coded == even or unsaid(standard, coded, even, 1) == [
            "that 64x48 of its 96x96 pixels are the film's"
        ]
        assert unsaid(standard, even, even, 2) == ["that pixels are 2 as wide as high"]
    else:
        assert (frames[0].height, frames[0].width) == even
        assert context.sample_aspect_ratio == LOOK.aspect
        assert unsaid(standard, coded, even, 2) == []


@pytest.mark.parametrize("standard", STANDARDS)
def test_where_nothing_is_known_nothing_changes(standard):
    base = Base(standard, fast=True)
    packets = base.raw(base.encode(media.frames(2, 96, 96), 30))
    assert list(stated(standard, packets, (96, 96), (96, 96), Look())) == packets
