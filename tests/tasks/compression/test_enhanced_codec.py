"""The practical codec: a base layer, and what a network mends of it."""

import tracemalloc

import keras
import numpy as np
import pytest
from moving import texture

from tfvgan.data.base_layer import STANDARDS, Base
from tfvgan.data.resize import resize
from tfvgan.engine.precision import in_bfloat16
from tfvgan.networks import RestorerGenerator
from tfvgan.streaming import Spilled
from tfvgan.tasks.compression import enhanced_codec
from tfvgan.tasks.compression.enhanced_codec import ALLOWED, EnhancedCodec
from tfvgan.tasks.compression.enhanced_group import HALF, unpacked
from tfvgan.tasks.compression.sharpness import sharpen_pictures
from tfvgan.video import LUMA

VIDEO = texture(6, 96, (1.5, 0.5))[0]
SIZE = VIDEO.shape[1:3]
LARGE = texture(4, 192, (1.5, 0.5))[0]
TIGHT = 0.04  # Bits per pixel, fewer than the full size takes at least.


def generator(seed=0, change=0.025, **arguments):
    keras.utils.set_random_seed(seed)
    small = {"factor": 1, "width": 8, "depth": 1, "folds": 2, "leveled": True}
    network = RestorerGenerator(**{**small, **arguments})
    network.build()
    draws = np.random.default_rng(1)
    network.head.kernel.assign(draws.normal(0.0, change, network.head.kernel.shape))
    return network


def made(codec, payload):
    return np.stack(list(codec.decode(payload, len(VIDEO), SIZE)))


def encoded(codec):
    payload = codec.encode(list(VIDEO), 25)
    return payload, unpacked(payload, len(VIDEO))


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
        assert unpacked(payload, len(VIDEO)).standard == standard
    assert found["fidelity"] <= 0.02
    assert found["fidelity"] - 0.01 <= found["detail"] <= ALLOWED + 0.05


def test_what_is_not_changed_is_the_base_layer():
    codec = EnhancedCodec(generator(change=0.0), quality=6)
    payload, group = encoded(codec)
    assert group.strength == 0
    base = np.stack(list(Base("av1").decode(group.packets, SIZE)))
    plain = group._replace(sharpness=0).packed()
    np.testing.assert_array_equal(made(codec, plain), base)
    assert group.packets == Base("av1", 25).encode(VIDEO, group.step / 4)
    assert far(made(codec, payload)) > far(base)  # Sharper, which costs luma.


@pytest.mark.parametrize("blur", [False, True])
def test_amounts_are_the_best_or_the_most_that_is_allowed(blur):
    """Of a base layer that is a blur, or noise, and a network that adds some of what is missing."""
    real = VIDEO[:3, :48, :48]
    smooth = sharpen_pictures(real.astype("float32"), np.full(3, -0.1, "float32")).numpy()
    noise = np.random.default_rng(0).normal(0, 12, real.shape)
    base = np.clip(np.rint(smooth if blur else real + noise), 0, 255)
    mended, plain = base + 0.2 * (real - base), np.mean(np.square((real - base) @ LUMA))
    found = {}
    for prefer in ("fidelity", "detail"):
        codec = EnhancedCodec(generator(), quality=4, prefer=prefer)
        strength, sharpness, left = codec._amounts(real, base, mended)
        found[prefer] = left / plain, sharpness
        assert strength == 1  # What brings it nearer costs nothing.
    assert found["fidelity"][0] < 0.65 and (found["fidelity"][1] > 0.02) == blur
    assert found["detail"][0] <= 10 ** (ALLOWED / 10) + 0.001
    assert found["detail"][1] > found["fidelity"][1]


def test_bits_are_kept_and_used():
    sizes = []
    for bits in (0.1, 0.2, 0.3):
        payload = EnhancedCodec(generator(), bits=bits).encode(list(VIDEO), 25)
        sizes.append(8 * len(payload) / VIDEO[..., 0].size / bits)
    assert all(0.7 < size < 1.06 for size in sizes), sizes


@pytest.mark.parametrize("how", [{"quality": 4}, {"bits": TIGHT}])
def test_frames_that_wait_in_a_file_are_coded_alike(tmp_path, how):
    codec = EnhancedCodec(generator(), **how)
    with Spilled(tmp_path, 1) as frames:
        for frame in LARGE:
            frames.append(frame)
        assert codec.encode(frames, 25) == codec.encode(list(LARGE), 25)
    assert list(tmp_path.iterdir()) == []


def test_memory_does_not_grow_with_a_group(tmp_path):
    """Of frames that are three times as many, no more are there at once."""
    codec, peaks = EnhancedCodec(generator(), "h264", quality=4), []
    codec._mended(list(VIDEO[:2]), 25, False)  # Graphs are traced once.
    for count in (8, 24):
        with Spilled(tmp_path, 1) as frames:
            for number in range(count):
                frames.append(VIDEO[number % len(VIDEO)])
            tracemalloc.start()
            codec._mended(frames, 25, False)
            peaks.append(tracemalloc.get_traced_memory()[1] / VIDEO[0].nbytes)
            tracemalloc.stop()
    assert peaks[1] < peaks[0] + 4


def test_quality_is_the_quantiser():
    steps = [encoded(EnhancedCodec(generator(), quality=quality))[1].step / 4 for quality in (1, 8)]
    assert steps == [STANDARDS["av1"].worst, STANDARDS["av1"].best]


def test_half_the_size_is_half_of_each_side_and_comes_out_whole():
    codec = EnhancedCodec(generator(), quality=8, size="half")
    video = LARGE[:, :-1]  # An odd side.
    group = unpacked(codec.encode(list(video), 25), len(video))
    assert group.half and group.level == 1.0
    seen = Base("av1").decode(group.packets, (96, 96))
    assert {frame.shape for frame in seen} == {(96, 96, 3)}
    out = np.stack(list(codec.decode(group.packed(), len(video), video.shape[1:3])))
    assert out.shape == video.shape
    small = resize(resize(video, (96, 96), "lanczos"), video.shape[1:3], "lanczos")
    assert np.abs((out.astype(float) - small) @ LUMA).mean() < 6


def test_few_bits_are_kept_by_half_the_size_where_the_full_one_cannot():
    sizes, halves = {}, {}
    for size in ("full", "auto"):
        codec = EnhancedCodec(generator(), bits=TIGHT, size=size)
        group = unpacked(codec.encode(list(LARGE), 25), len(LARGE))
        sizes[size], halves[size] = 8 * group.size / LARGE[..., 0].size, group.half
    assert halves == {"full": False, "auto": True}
    assert sizes["auto"] <= TIGHT < sizes["full"]


def test_half_the_size_is_not_taken_where_bits_are_many():
    assert not encoded(EnhancedCodec(generator(), bits=0.3))[1].half


def test_a_group_that_says_another_size_than_its_base_layer_has():
    codec = EnhancedCodec(generator(), quality=4)
    payload = codec.encode(list(LARGE), 25)
    full = bytes([payload[0] ^ HALF]) + payload[1:]  # Of the full size, and said to have half.
    with pytest.raises(ValueError, match="it is damaged"):
        list(codec.decode(full, len(LARGE), LARGE.shape[1:3]))
    small = EnhancedCodec(generator(), quality=4, size="half").encode(list(LARGE), 25)
    small = bytes([small[0] ^ HALF]) + small[1:]
    with pytest.raises(ValueError, match="frames of 192x192 pixels or larger, but one has 96x96"):
        list(codec.decode(small, len(LARGE), LARGE.shape[1:3]))


def test_identity_is_of_the_weights():
    one, same, other = (EnhancedCodec(generator(seed), quality=4).identity for seed in (0, 0, 1))
    assert one == same != other and len(one) == 32


@pytest.mark.parametrize("size", ["full", "half"])
def test_damage_is_an_error_in_a_sentence(size):
    codec = EnhancedCodec(generator(), quality=4, size=size)
    payload, draws = codec.encode(list(VIDEO), 25), np.random.default_rng(0)
    for _ in range(20):
        hit = bytearray(payload[: draws.integers(1, len(payload) + 1)])
        hit[draws.integers(len(hit))] ^= 1 << draws.integers(8)
        try:
            assert made(codec, bytes(hit)).shape == VIDEO.shape
        except ValueError as error:
            assert str(error)
    with pytest.raises(ValueError, match="A group names base layer 7 of 3"):
        made(codec, bytes([7]) + payload[1:])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"quality": 4, "bits": 0.1}, "Give either `quality` or `bits`"),
        ({}, "Give either `quality` or `bits`"),
        ({"quality": 9}, "must be from 1 to 8, but is 9"),
        ({"bits": 0}, "must be above 0, but is 0"),
        ({"quality": 4, "prefer": "speed"}, "must be detail or fidelity, but is 'speed'"),
        ({"quality": 4, "size": "third"}, "must be auto, full or half, but is 'third'"),
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


@pytest.mark.parametrize("native", [True, False])
def test_fast_frames_are_a_level_off_where_the_machine_is_faster(monkeypatch, native):
    asked = []
    monkeypatch.setattr(enhanced_codec, "has_bfloat16", lambda: native)
    monkeypatch.setattr(enhanced_codec, "in_bfloat16", lambda one: asked.append(one) or copy(one))
    network = generator(change=0.1)

    def copy(one):
        like = in_bfloat16(one)
        like.head.bias.assign_add(0.01 + 0 * like.head.bias)  # So that it is seen which one it was.
        return like

    usual, fast = (EnhancedCodec(network, quality=4, fast=fast) for fast in (False, True))
    assert asked == [network] * native
    assert fast.identity == usual.identity, "it reads the same files"
    assert fast.settings == {**usual.settings, **({"fast": True} if native else {})}
    payload, group = encoded(usual)
    assert group.mended
    apart = np.abs(made(fast, payload).astype(int) - made(usual, payload))
    assert (apart.max() > 0) == native
    assert apart.max() <= 4
