"""A network in ncnn's files, made here: what it computes, and what is refused."""

import numpy as np
import pytest

from tfvgan.networks.frozen import NcnnNetwork
from tfvgan.weights.ncnn import read_ncnn
from tfvgan.weights.ncnn_files import FULL, HALF

RNG = np.random.default_rng(0)


def text(*lines):
    return "\n".join(["7767517", f"{len(lines) + 1} 9", "Input in 0 1 x", *lines]).encode()


def weights(array, bits=32):
    kind, mark = ("<f2", HALF) if bits == 16 else ("<f4", FULL)
    content = array.astype(kind).tobytes()
    return mark.to_bytes(4, "little") + content + bytes(-len(content) % 4)


def plain(array):
    return np.asarray(array, "<f4").tobytes()


def made(param, content, frame):
    """Returns what the network of two files makes of a frame, `(h, w, c)`."""
    arrays = read_ncnn(param, content)
    network = NcnnNetwork(arrays["graph"].tobytes().decode(), name="net")
    for variable in network.weights:
        variable.assign(arrays[variable.path.removeprefix("net/")])
    assert len(network.weights) == len(arrays) - 1
    return np.array(network(frame[None]))[0]


FRAME = RNG.uniform(0, 1, (6, 8, 3)).astype("float32")


@pytest.mark.parametrize("bits", [16, 32])
def test_a_convolution_has_its_weights_by_filter_channel_row_and_column(bits):
    kernel, bias = RNG.normal(size=(2, 3, 3, 3)), RNG.normal(size=2)
    kernel = kernel.astype("float16")
    param = text("Convolution c 1 1 x y 0=2 1=3 4=1 5=1 6=54 9=2 -23310=1,0.25")
    found = made(param, weights(kernel, bits) + plain(bias), FRAME)
    wide = np.pad(FRAME, [(1, 1), (1, 1), (0, 0)])
    wanted = np.empty((6, 8, 2))
    for row, column in np.ndindex(6, 8):
        part = wide[row : row + 3, column : column + 3].transpose(2, 0, 1)
        wanted[row, column] = (kernel * part).sum((1, 2, 3)) + bias
    wanted = np.where(wanted > 0, wanted, 0.25 * wanted)
    np.testing.assert_allclose(found, wanted, atol=1e-5)


def test_a_deconvolution_adds_up_what_each_pixel_spreads():
    kernel, bias = RNG.normal(size=(2, 3, 4, 4)), RNG.normal(size=2)
    param = text("Deconvolution d 1 1 x y 0=2 1=4 3=2 4=3 5=1 6=96")
    found = made(param, weights(kernel) + plain(bias), FRAME)
    wide = np.zeros((14, 18, 2))
    for row, column in np.ndindex(6, 8):
        spread = np.einsum("ocyx,c->yxo", kernel, FRAME[row, column])
        wide[2 * row : 2 * row + 4, 2 * column : 2 * column + 4] += spread
    np.testing.assert_allclose(found, wide[3:-3, 3:-3] + bias, atol=1e-5)


def test_what_is_split_is_read_twice_and_weighed():
    param = text(
        "Split s 1 2 x a b",
        "MemoryData m 0 1 k 0=1 1=1 2=3",
        "BinaryOp d 2 1 a k e 0=1",
        "BinaryOp h 1 1 e f 0=2 1=1 2=0.5",
        "Eltwise w 2 1 f b y 0=1 -23301=2,2.0,1.0",
    )
    mean = np.float32([0.1, 0.2, 0.4])
    np.testing.assert_allclose(made(param, plain(mean), FRAME), 2 * FRAME - mean, atol=1e-6)


def test_attention_weighs_channels_by_their_means():
    kernel, bias = RNG.normal(size=(3, 3)), RNG.normal(size=3)
    param = text(
        "Split s 1 2 x a b",
        "Pooling p 1 1 a m 0=1 4=1",
        "InnerProduct i 1 1 m g 0=3 1=1 2=9 9=4",
        "Scale t 2 1 b g y 0=-233",
    )
    found = made(param, weights(kernel) + plain(bias), FRAME)
    share = 1 / (1 + np.exp(-(kernel @ FRAME.mean((0, 1)) + bias)))
    np.testing.assert_allclose(found, share * FRAME, atol=1e-6)


def test_pixels_are_shuffled_out_of_a_colours_own_channels():
    kernel = np.zeros((12, 3, 1, 1))
    kernel[np.arange(12), np.arange(12) // 4] = np.arange(1, 13)[:, None, None]
    param = text("Convolution c 1 1 x a 0=12 1=1 5=1 6=36", "PixelShuffle p 1 1 a y 0=2")
    found = made(param, weights(kernel) + plain(np.zeros(12)), FRAME)
    for row, column in np.ndindex(2, 2):
        factors = 1 + 2 * row + column + 4 * np.arange(3)
        np.testing.assert_allclose(found[row::2, column::2], factors * FRAME, rtol=1e-6)


def test_enlarging_and_halving():
    large = made(text("Interp e 1 1 x y 0=1 1=2.0 2=2.0"), b"", FRAME)
    np.testing.assert_array_equal(large, FRAME.repeat(2, 0).repeat(2, 1))
    small = made(text("Interp h 1 1 x y 0=3 1=5.0e-1 2=5.0e-1"), b"", FRAME)
    taps = np.array([-3, 19, 19, -3]) / 32
    wide = np.pad(FRAME, [(1, 1), (1, 1), (0, 0)], "edge")
    down = sum(tap * wide[n : n + 5 : 2] for n, tap in enumerate(taps))
    across = sum(tap * down[:, n : n + 7 : 2] for n, tap in enumerate(taps))
    np.testing.assert_allclose(small, across, atol=1e-6)


def test_slopes_crops_and_layers_without_settings():
    param = text(
        "Split s 1 2 x a b",
        "Convolution c 1 1 a d 0=3 1=3 5=1 6=81",
        "PReLU p 1 1 d e 0=3",
        "Swish w 1 1 b f",
        "Split t 1 2 e g h",
        "Crop k 2 1 f g i 0=1 1=1",
        "Concat j 2 1 i h y",
    )
    kernel, bias, slope = RNG.normal(size=(3, 3, 3, 3)), RNG.normal(size=3), np.float32([2, 3, 4])
    found = made(param, weights(kernel) + plain(bias) + plain(slope), FRAME)
    inner = FRAME[1:-1, 1:-1]
    np.testing.assert_allclose(found[..., :3], inner / (1 + np.exp(-inner)), atol=1e-6)
    whole = np.stack([FRAME[y : y + 4, x : x + 6] for y, x in np.ndindex(3, 3)])
    wanted = (
        np.einsum(
            "octk,ktyxc->yxo",
            kernel.reshape(3, 3, 3, 3),
            whole.reshape(3, 3, 4, 6, 3).swapaxes(0, 1),
        )
        + bias
    )
    np.testing.assert_allclose(
        found[..., 3:], np.where(wanted > 0, wanted, slope * wanted), atol=1e-5
    )


GOOD = "Convolution c 1 1 x y 0=1 1=1 5=1 6=3"
CONTENT = weights(np.ones(3)) + plain([0])


@pytest.mark.parametrize(
    "lines, content, wanted",
    [
        ((GOOD,), CONTENT[:-1], "end before the layers do"),
        ((GOOD,), CONTENT + b"\0", "1 bytes follow"),
        ((GOOD.replace("Convolution", "os.system"),), CONTENT, "kind 'os.system', which is none"),
        ((GOOD + " 18=1",), CONTENT, "settings that are not read: {18: 1}"),
        ((GOOD + " 2=2",), CONTENT, "has 2 for setting 2"),
        ((GOOD.replace("6=3", "6=4"),), CONTENT, "end before the layers do"),
        ((GOOD.replace("0=1", "0=0"),), CONTENT, "has 3 weights for 0 of 1 pixels"),
        ((GOOD.replace("0=1", "0=2"),), CONTENT, "has 3 weights for 2 of 1 pixels"),
        ((GOOD.replace("6=3", "6=999999999"),), CONTENT, "a layer has 999999999 numbers"),
        ((GOOD + " 9=3",), CONTENT, "a key 3 is missing or unknown"),
        ((GOOD.replace(" x ", " z "),), CONTENT, "a key 'z' is missing"),
        ((GOOD, "Swish s 1 1 y x"), CONTENT, r"'s' makes \['x'\]"),
        ((GOOD, "Swish s 1 1 x z"), CONTENT, "not one output, the last: "),
        ((GOOD, "Input i 0 1 z"), CONTENT, "not one input, first"),
        (("Interp e 1 1 x y 0=2 1=2.0 2=2.0",), b"", "way 2, which is not read"),
        (("Interp e 1 1 x y 0=1 1=9.0 2=9.0",), b"", "enlarges 9 times"),
        ((GOOD + " 4=1",), CONTENT, "padded by 1, which is not read"),
    ],
)
def test_anything_else_is_refused_in_a_sentence(lines, content, wanted):
    with pytest.raises(
        ValueError, match=f"^Expected a network in .*({wanted}).*do not load"
    ) as said:
        read_ncnn(text(*lines), content)
    assert "\n" not in str(said.value)


@pytest.mark.parametrize("param", [b"", b"\xff\xfe", b"7767517", b"7767517\nx y", b"PK\x03\x04"])
def test_what_is_no_such_text_is_refused(param):
    with pytest.raises(ValueError, match="Expected a network in ncnn's files"):
        read_ncnn(param, CONTENT)


def test_what_is_wrong_is_told_briefly():
    with pytest.raises(ValueError, match="Expected a network") as said:
        read_ncnn(text(f"Swish {999 * 's'} 1 1 x x"), CONTENT)
    assert len(str(said.value)) < 400
