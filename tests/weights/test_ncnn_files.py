"""Lines of layers and the numbers behind them: read as they are, and refused in a sentence."""

import numpy as np
import pytest

from tfvgan.weights.ncnn_files import FULL, HALF, Layer, Numbers, layers_of


def test_a_line_is_a_kind_names_and_settings():
    layer = Layer("Concat  name 2 1 a b c 0=3 1=-2.5e-1 -23310=2,1.0,4")
    assert (layer.kind, layer.name, layer.reads, layer.makes) == (
        "Concat",
        "name",
        ["a", "b"],
        ["c"],
    )
    assert layer.told == {0: 3, 1: -0.25, -23310: [1.0, 4.0]}
    assert layer.take(0) == 3 and layer.take(9, 7) == 7 and 0 not in layer.told
    layer.expect(_1=-0.25, _5=1)
    assert list(layer.told) == [-23310]
    with pytest.raises(ValueError, match="'name' has None where a whole number belongs"):
        layer.take(2)
    with pytest.raises(ValueError, match="has 2 for setting 3, where 1 is read"):
        Layer("A name 0 1 a 3=2").expect(_3=1)


@pytest.mark.parametrize(
    "line, wanted",
    [
        ("Concat name 2", "is not of a layer"),
        ("Concat name x 1 a", "is not of a layer"),
        ("Concat name 99999 1 a", "is not of a layer"),
        ("Concat name 2 1 a b", "fewer tensors than it counts"),
        ("Concat name 1 1 a b 0=1,2", "a setting has several numbers"),
        ("Concat name 1 1 a b -23301=3,1.0", "not as many numbers as it says"),
        ("Concat name 1 1 a b 0=inf", "a setting is 'inf'"),
        ("Concat name 1 1 a b 0=x", "could not convert"),
        ("Concat name 1 1 a b 0=1e999", "a setting is '1e999'"),
        ("Concat name 1 1 a b open", "invalid literal"),
    ],
)
def test_a_line_of_anything_else_is_refused(line, wanted):
    with pytest.raises(ValueError, match=wanted):
        Layer(line)


def test_a_text_has_as_many_layers_as_it_says():
    lines = ["7767517", "2 2", "Input a 0 1 a", "Swish b 1 1 a b"]
    assert [layer.kind for layer in layers_of(lines)] == ["Input", "Swish"]
    for wrong, wanted in (
        ([], "begin with its number"),
        (["7767518", *lines[1:]], "begin with its number"),
        (lines[:3], "has 1 layers and says 2"),
        ([*lines, lines[-1]], "has 3 layers and says 2"),
        (["7767517", "0 0"], "has 0 layers"),
    ):
        with pytest.raises(ValueError, match=wanted):
            layers_of(wrong)


def marked(mark, array):
    return mark.to_bytes(4, "little") + array.tobytes()


def test_numbers_come_in_order_and_as_their_mark_says():
    """Three halves are six bytes, which are filled up to eight."""
    halves, floats = np.float16([1, -2, 0.5]), np.float32([3, 4])
    content = marked(HALF, halves) + b"\0\0" + floats.tobytes() + marked(FULL, floats)
    numbers = Numbers(content)
    for made, wanted in (
        (numbers.weights(3), halves),
        (numbers.plain(2), floats),
        (numbers.weights(2), floats),
    ):
        assert made.dtype == wanted.dtype
        np.testing.assert_array_equal(made, wanted)
    numbers.check_end()


@pytest.mark.parametrize(
    "content, wanted",
    [
        (b"", "end before the layers"),
        (marked(FULL, np.float32([1])), "end before the layers"),
        (marked(0x000D4B38, np.float32([1, 2])), "mark 0xd4b38, which is neither of 16 nor 32"),
        (marked(FULL, np.float32([1, np.nan])), "infinite, or none"),
        (marked(HALF, np.float16([1, np.inf])), "infinite, or none"),
    ],
)
def test_numbers_that_are_none_are_refused(content, wanted):
    with pytest.raises(ValueError, match=wanted):
        Numbers(content).weights(2)


def test_nothing_is_taken_that_a_layer_only_claims():
    for count in (0, -4, 1 << 30):
        with pytest.raises(ValueError, match=f"a layer has {count} numbers"):
            Numbers(bytes(64)).plain(count)
    numbers = Numbers(bytes(64))
    numbers.plain(8)
    with pytest.raises(ValueError, match="32 bytes follow the last layer"):
        numbers.check_end()
