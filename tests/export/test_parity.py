import numpy as np
import pytest

from tfvgan.export import (
    allowing,
    check_parity,
    export_saved_model,
    export_tflite,
    parity_table,
)
from tfvgan.export.parity import LEVEL, Parity, difference, exceeded, how_far, measure


def row(target, maximum, mean=0.0, lost=0.0):
    return Parity(target, maximum, mean, 1_500_000, 2.5, agreement=47.0, unit="dB", lost=lost)


def test_a_row_for_the_model_and_one_for_each_export(vgan, tmp_path):
    version = export_saved_model(vgan, tmp_path)
    path = export_tflite(vgan, tmp_path / "x.tflite")
    rows = parity_table(vgan, version, {"float32": path}, examples=2)
    assert [row.target for row in rows] == ["keras", "saved_model", "float32"]
    assert {row.endpoint for row in rows} == {"generate"}
    assert rows[0].max_difference == 0.0
    assert rows[0].bytes == 4 * vgan.average.count_params()
    assert all(row.bytes > 0 and row.milliseconds > 0 for row in rows)
    assert rows[2].bytes == (tmp_path / "x.tflite").stat().st_size
    check_parity(rows)


def test_other_weights_are_found_out(vgan, tmp_path):
    path = export_tflite(vgan, tmp_path / "x.tflite")
    bias = vgan.average.moving_image.bias
    before = bias.numpy()
    bias.assign(before + 0.01)
    rows = parity_table(vgan, tflite={"float32": path}, examples=1)
    bias.assign(before)
    with pytest.raises(
        ValueError, match="float32 export of `generate` may have a max_difference of 0.001"
    ):
        check_parity(rows)


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        (row("float32", 0.9e-3), row("float32", 1.1e-3)),
        (row("float32", 5e-4, 0.9e-5), row("float32", 5e-4, 1.1e-5)),
        (row("saved_model", LEVEL), row("saved_model", 2 * LEVEL)),
        (row("int8", 0.5, 0.5, 0.29), row("int8", 0.5, 0.01, 0.31)),
        (row("int8", 0.5), row("int8", 0.5, 0.0, np.inf)),
        (row("float16", 0.5, 0.9e-3), row("float16", 0.5, 1.1e-3)),
        (row("dynamic", 0.5, 0.001), row("dynamic", 0.5, 0.5)),
        (row("float32", 0.0), row("float32", np.inf)),
        (row("float32", 0.0), row("float32", np.nan)),
    ],
)
def test_what_differs_by_more_than_it_may_is_an_error(good, bad):
    check_parity([good])
    with pytest.raises(ValueError, match="`allowed` takes other limits"):
        check_parity([good, bad])


def test_a_number_is_a_limit_of_what_is_limited_anyway():
    both = {"max_difference": 1e-3, "mean_difference": 1e-3}
    wanted = {"float32": both, "int8": {"lost": 0.1}}
    assert allowing({"float32": 1e-3, "int8": 0.1}) == wanted
    assert allowing({}) == {}
    with pytest.raises(ValueError, match="float32, float16, dynamic, int8, but not of int4"):
        allowing({"int4": 0.1})


def test_what_is_allowed_can_be_said():
    check_parity([row("int8", 0.5, lost=0.5)], allowed={"int8": {"lost": 0.6}})
    with pytest.raises(
        ValueError, match="int8 export of `generate` may have a max_difference of 0.1"
    ):
        check_parity([row("int8", 0.5)], allowed={"int8": {"max_difference": 0.1}})


def test_limits_that_are_exceeded_are_named():
    assert exceeded(row("int8", 0.5, 0.01)) == {}
    assert exceeded(row("int8", 0.5, lost=np.nan)) == {"lost": 0.3}
    assert exceeded(row("dynamic", 0.5, np.nan)) == {"mean_difference": 0.02}
    assert exceeded(row("int8", 0.5), {"int8": {"max_difference": 0.1}}) == {"max_difference": 0.1}


def test_differences_are_on_the_scale_of_the_video():
    levels = difference(np.array([0, 255], "uint8"), np.array([255, 254], "uint8"))
    np.testing.assert_allclose(levels, [2.0, LEVEL])
    numbers = difference(np.array([0.5, np.nan], "float32"), np.array([-0.5, 0.0], "float32"))
    np.testing.assert_array_equal(numbers, [1.0, np.inf])


def test_an_export_goes_on_with_its_own_state():
    """What it is off by adds up from frame to frame, as it does on a device."""

    def step(off):
        def call(frame, state):
            return {"frame": frame + state, "state": state + off}

        return call

    frame = np.zeros((1, 4, 4, 3), "float32")
    inputs = [[{"frame": frame, "state": np.zeros_like(frame)} for _ in range(3)]] * 2
    found = measure("int8", step(0.1), step(0.0), inputs, 1, "x")
    np.testing.assert_allclose(found.max_difference, 0.3, rtol=1e-6)
    expected = 10 * np.log10(4 / np.mean([0, 0.1**2, 0.2**2]))
    np.testing.assert_allclose(found.agreement, expected, rtol=1e-5)
    assert found.unit == "dB" and found.lost > 10


@pytest.mark.parametrize(("lost", "said"), [(0.30001, "0.30001"), (1.23456, "1.23"), (12.0, "12")])
def test_what_is_lost_is_told_apart_from_what_may_be(lost, said):
    assert how_far(row("int8", 0.0, lost=lost)).endswith(
        f"may lose 0.3 dB of PSNR, but loses {said}"
    )
