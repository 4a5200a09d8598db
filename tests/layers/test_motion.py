import keras
import numpy as np
import pytest
from keras import ops

from tfvgan.layers import MotionPath, TimesCode, anchors_needed, interval
from tfvgan.layers.motion import angles, spline_weights

NOISE = np.random.default_rng(0).normal(size=(2, 12, 5)).astype("float32")


def at(path, noise, *times):
    """Returns the codes at these times of each of the sequences."""
    return np.asarray(path(noise, np.full((len(noise), len(times)), times, "float32")))


def test_the_weights_of_every_place_sum_to_one_and_are_smooth():
    places = np.linspace(0, 2, 401, dtype="float32")
    weights = np.asarray(spline_weights(places, 4))
    np.testing.assert_allclose(weights.sum(-1), 1.0, atol=1e-6)
    assert weights.min() >= -1e-6
    assert np.abs(np.diff(weights, 2, axis=0)).max() < 1e-4  # A corner would be of order 1e-2.


def test_the_spline_of_a_line_is_the_line():
    places = np.linspace(0, 3, 31, dtype="float32")
    line = np.asarray(spline_weights(places, 5)) @ (np.arange(5) - 0.5)
    np.testing.assert_allclose(line, places, atol=1e-5)


@pytest.mark.parametrize(
    ("first", "last", "count"), [(0, 0, 5), (0, 15, 5), (0, 16, 6), (15, 16, 6), (40.5, 64, 7)]
)
def test_a_window_of_anchors_gives_what_the_whole_sequence_gives(first, last, count):
    path = MotionPath(6, waves=3, spacing=16)
    assert anchors_needed(first, last, 16) == count
    begin = int(first // 16)
    whole = at(path, NOISE, 0, first, last)[:, 1:]
    part = at(path, NOISE[:, begin : begin + count], first, last)
    np.testing.assert_allclose(part, whole, atol=1e-5)
    other = NOISE + np.isin(np.arange(12), range(begin, begin + count))[:, None] - 1.0
    np.testing.assert_allclose(at(path, other, 0, first, last)[:, 1:], whole, atol=1e-5)


def test_neighbouring_times_have_neighbouring_codes_across_an_anchor():
    keras.utils.set_random_seed(0)  # Large weights would make a wave of many turns.
    path = MotionPath(6, waves=3, spacing=16)
    codes = at(path, NOISE, *np.arange(30, 34, 0.125))
    assert np.abs(np.diff(codes, 2, axis=1)).max() < 0.03


def test_the_clock_turns_half_in_a_clip_and_never_loses_time():
    path = MotionPath(6, waves=3, spacing=2, clip=8)
    hours = np.asarray(ops.concatenate(path.clock(np.array([[0.0, 4.0, 8.0, 16e5]])), axis=-1))
    sines = [[0, 0], [1, 0], [0, 0], [0, 0]]
    cosines = [[1, 1], [0, -1], [-1, 1], [1, 1]]
    np.testing.assert_allclose(hours[0], np.concatenate([sines, cosines], 1), atol=1e-5)


def test_late_times_have_small_angles():
    speeds = [2 * np.pi / 128, 2 * np.pi / 8, 0.3]
    times = np.array([[0.0, 8.0, 16 + 2**14 * 8.0, 3e5]], "float32")
    found = np.asarray(angles(times, speeds), "float64")
    assert found.min() >= 0 and found.max() <= 2 * np.pi
    wanted = times[..., None].astype("float64") * np.array(speeds)
    np.testing.assert_allclose(np.exp(1j * found), np.exp(1j * wanted), atol=0.05)
    np.testing.assert_allclose(np.exp(1j * found[..., 1]), [[1, 1, 1, 1]], atol=1e-6)


def test_a_wave_late_in_the_sequence_is_no_coarser_than_early():
    path = MotionPath(6, waves=3, spacing=16)
    late = 2.0**17  # Whole turns of the slowest and the fastest wave.
    early, later = (at(path, NOISE, 5.0 + begin) for begin in (0.0, late))
    np.testing.assert_allclose(later[..., [6, 8]], early[..., [6, 8]], atol=1e-6)


def test_the_code_of_times_knows_their_places_and_gaps():
    layer = TimesCode(4, 16)
    codes = [np.asarray(layer(np.array([times], "float32"))) for times in ([0, 3, 4], [8, 11, 12])]
    assert np.abs(codes[0] - codes[1]).max() > 0
    assert np.abs(codes[0] - np.asarray(layer(np.array([[0, 1, 4]], "float32")))).max() > 0


@pytest.mark.parametrize("layer", [MotionPath(6, 3, 8, 24), TimesCode(4, 16)])
def test_config_round_trip(layer):
    assert type(layer).from_config(layer.get_config()).get_config() == layer.get_config()
    assert layer.compute_dtype == "float32"


def test_intervals_are_those_that_the_path_finds_in_float32():
    spacing = 0.7  # Sums of it are a bit below or above the anchors in float32.
    times = np.arange(1, 200, dtype="float32") * np.float32(spacing)
    found = np.asarray(ops.floor(ops.convert_to_tensor(times) / spacing))  # As the layer does.
    assert [interval(time, spacing) for time in times] == found.tolist()
    assert [anchors_needed(0, time, spacing) - 5 for time in times] == found.tolist()


def test_a_code_is_the_spline_waves_and_the_clock():
    """In float64, by the formulas: B-spline of the controls, waves that it turns, and hands."""
    path = MotionPath(6, waves=4, spacing=8, clip=10)
    path(NOISE, np.zeros((2, 1), "float32"))
    times = np.float32([[17.0, 18.5, 26.0], [1.0, 2.0, 9.0]])
    found = np.asarray(path(NOISE, times))
    control = np.asarray(path.control(NOISE), "float64")
    slow, fast = 2 * np.pi / 128, 2 * np.pi / 8
    speeds = slow * (fast / slow) ** (np.arange(4) / 3)
    for n, k in np.ndindex(2, 3):
        time = float(times[n, k])
        place = time / 8 - times[n, 0] // 8
        at = int(place)
        t = place - at
        weights = [(1 - t) ** 2 / 2, (1 + 2 * t - 2 * t * t) / 2, t * t / 2]
        spline = weights @ control[n, at : at + 3]
        phase = np.asarray(path.phase(np.float32(spline)[None]))[0]
        waves = np.sin(time * speeds + np.pi * phase)
        hand = np.pi * time / 10
        clock = [np.sin(hand), np.sin(2 * hand), np.cos(hand), np.cos(2 * hand)]
        np.testing.assert_allclose(found[n, k], [*spline, *waves, *clock], atol=1e-4)


def test_a_path_has_sixteen_waves_and_intervals_of_sixteen_frames_and_one_wave_is_the_slowest():
    path = MotionPath(6)
    assert (path.waves, path.spacing, path.clip) == (16, 16, 16)
    assert MotionPath(6, waves=1).speeds() == [pytest.approx(2 * np.pi / 128)]
    assert {path.control.compute_dtype, path.phase.compute_dtype} == {"float32"}
    mixed = MotionPath(6, dtype="mixed_float16"), TimesCode(4, 16, dtype="mixed_float16")
    assert {layer.compute_dtype for layer in mixed} == {"float32"}


def test_the_code_of_times_is_a_network_of_gaps_and_places():
    layer = TimesCode(3, frames=20)
    times = np.float32([[0, 3, 4], [5, 9, 19]])
    found = np.asarray(layer(times))
    gaps, places = np.diff(times, axis=1), 2 * times / 20 - 1
    known = np.concatenate([np.log(1 + gaps), 1 / (1 + gaps), places], axis=1)
    (w, b), (v, c) = layer.hidden.get_weights(), layer.code.get_weights()
    hidden = known @ w + b
    np.testing.assert_allclose(found, np.maximum(hidden, 0.2 * hidden) @ v + c, atol=1e-5)
    assert w.shape == (7, 64) and v.shape == (64, 3)


def test_all_weights_are_made_before_the_first_call():
    path, code = MotionPath(6), TimesCode(4, 16)
    path.build((None, 12, 5), (None, 3))
    code.build((None, 3))
    assert all(part.built for part in (path.control, path.phase, code.hidden, code.code))
