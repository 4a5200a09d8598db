"""A restorer on its own: arrays in and out, as the network has it."""

import os

import keras
import media
import numpy as np
import pytest
import tensorflow as tf

from tfvgan.data.fill import fill
from tfvgan.export import export_model
from tfvgan.export.tflite import load_tflite
from tfvgan.networks import CompactGenerator, EnlargerGenerator, RestorerGenerator
from tfvgan.streaming import Source
from tfvgan.tasks.restoration import restorer as restoring
from tfvgan.tasks.restoration.restorer import Restorer
from tfvgan.video import from_uint8, to_uint8

VIDEO = np.random.default_rng(0).integers(0, 256, (5, 8, 12, 3)).astype("uint8")


def generator(**arguments):
    keras.utils.set_random_seed(0)
    network = RestorerGenerator(2, 8, 1, **arguments)
    network.build()
    draws = np.random.default_rng(1)
    network.head.kernel.assign(draws.normal(0.0, 0.05, network.head.kernel.shape))
    return network


def test_a_video_frame_by_frame_is_what_the_network_makes_of_it(eagerly):
    network = generator()
    whole = to_uint8(network({"video": from_uint8(VIDEO[None])}))[0].numpy()
    made = Restorer(network).restore(VIDEO)
    assert made.shape == (5, 16, 24, 3) and np.abs(made.astype(int) - whole).max() <= 1


def test_strength_is_how_much_of_the_change_is_taken(eagerly):
    network = generator()
    none, half, full = (
        Restorer(network, strength).restore(VIDEO).astype(int) for strength in (0.0, 0.5, 1.0)
    )
    assert np.abs(full - none).max() > 8
    inside = np.logical_and.reduce([(x > 0) & (x < 255) for x in (none, full)])
    assert np.abs(2 * half - none - full)[inside].max() <= 3


def test_a_compact_network_is_one_too(eagerly):
    network = CompactGenerator(2, 8, 1)
    network.build()
    draws = np.random.default_rng(1)
    network.head.kernel.assign(draws.normal(0.0, 0.05, network.head.kernel.shape))
    whole = to_uint8(network({"video": from_uint8(VIDEO[None])}))[0].numpy()
    made = Restorer(network).restore(VIDEO)
    assert made.shape == (5, 16, 24, 3) and np.abs(made.astype(int) - whole).max() <= 1
    assert Restorer(network).restore(VIDEO[:, :7, :11]).shape == (5, 14, 22, 3)
    restorer = Restorer(network, edge=(7, 12))
    state = restorer.endpoints()["restore_frame"].edge.signature[-1]
    assert (state.name, tuple(state.shape)) == ("state", (1, 4, 6, 8))


def test_the_level_and_the_mask_are_told(eagerly):
    network = generator(leveled=True, masked=True)
    mask = np.zeros((8, 12, 1), "float32")
    mask[2:5, 3:6] = 1.0
    low, high = (Restorer(network, level=n).restore(VIDEO, mask=mask) for n in (0.0, 1.0))
    assert np.abs(low.astype(int) - high).max() > 0
    found = Restorer(network).restore(VIDEO, mask=mask).astype(int)
    each = np.broadcast_to(mask[..., 0], (5, 8, 12))
    assert np.array_equal(Restorer(network).restore(VIDEO, mask=each), found)
    with pytest.raises(ValueError, match="`mask` must be as `video` is, a path or an array"):
        Restorer(network).restore("a.mp4", "b.mp4", mask=mask)
    filling, gap = fill(VIDEO, mask)
    level = np.full((1,), 0.5, "float32")
    told = {"video": from_uint8(filling[None]), "mask": gap[None], "level": level}
    assert np.abs(found - to_uint8(network(told))[0].numpy()).max() <= 1
    with pytest.raises(ValueError, match="was not trained to fill what is missing"):
        Restorer(generator()).restore(VIDEO, mask=mask)


@pytest.mark.parametrize("number", [0, 1])
def test_whole_numbers_are_numbers_too(number, eagerly):
    network = generator(leveled=True)
    one = Restorer(network, number, number)
    other = Restorer(network, float(number), float(number))
    np.testing.assert_array_equal(one.restore(VIDEO), other.restore(VIDEO))
    assert one.identity == other.identity


def test_a_level_is_told_to_those_that_listen():
    network = generator(leveled=True)
    assert Restorer(network).identity == Restorer(network, level=0.5).identity
    with pytest.raises(ValueError, match="not trained to be told how strong the noise is: leave"):
        Restorer(generator(), level=0.5)


def test_numbers_of_another_kind_are_an_error(eagerly):
    with pytest.raises(ValueError, match="must be uint8 in .0, 255., but is float32: of one in"):
        Restorer(generator()).restore(from_uint8(VIDEO).numpy())


def test_a_file_is_what_its_frames_are(tmp_path, eagerly):
    media.images(tmp_path / "in", VIDEO)
    restorer = Restorer(generator())
    assert restorer.restore(tmp_path / "in", tmp_path / "out", cuts=False) == str(tmp_path / "out")
    frames = [frame.rgb for frame in Source(tmp_path / "out").frames()]
    np.testing.assert_array_equal(frames, restorer.restore(VIDEO))
    with pytest.raises(ValueError, match="give a path and `out`, or an array alone"):
        restorer.restore(VIDEO, tmp_path / "out")
    with pytest.raises(ValueError, match="give a path and `out`, or an array alone"):
        restorer.restore(tmp_path / "in")


def test_another_network_or_strength_is_another():
    same = Restorer(generator()).identity
    assert same == Restorer(generator()).identity
    assert same != Restorer(generator(), strength=0.5).identity
    assert same != Restorer(generator(leveled=True)).identity


@pytest.mark.parametrize("told", [{}, {"masked": True, "leveled": True}])
def test_what_is_served_is_what_it_makes(told):
    restorer = Restorer(generator(**told), edge=(8, 12))
    served = restorer.endpoints()
    clip, frame = served["restore"], served["restore_frame"]
    more = [np.ones((1, 5, 8, 12, 1), "float32"), np.full(1, 0.5, "float32")] if told else []
    made = clip.function(VIDEO[None], *more)["video"][0].numpy().astype(int)
    state = np.zeros((1, 4, 6, restorer.generator.width), "float32")
    for n in range(5):
        window = [VIDEO[None, min(max(n + step, 0), 4)] for step in (-1, 0, 1)]
        step = frame.function(
            *window, state, *[each[:, n] if each.ndim > 1 else each for each in more]
        )
        state = step["state"]
        assert np.abs(step["frame"][0].numpy().astype(int) - made[n]).max() <= 1
    if not more:
        assert np.abs(restorer.restore(VIDEO).astype(int) - made).max() <= 1


@pytest.mark.slow
def test_a_file_of_whole_numbers_has_other_inputs_too(tmp_path):
    restorer = Restorer(generator(masked=True, leveled=True), edge=(8, 12))
    version = export_model(restorer, tmp_path / "served", {"restore_frame": ["float32", "int8"]})
    assert {"restore_frame-float32.tflite", "saved_model.pb"} <= set(os.listdir(version))


@pytest.mark.parametrize(
    "told", [pytest.param({}, marks=pytest.mark.slow), {"masked": True, "leveled": True}]
)
def test_any_size_is_served_and_runs_on_the_edge(told, tmp_path):
    """A SavedModel and a .tflite file of 7x11 pixels make what files become, by folds of 4."""
    video = VIDEO[:3, :7, :11]
    restorer = Restorer(generator(folds=2, **told), edge=(7, 11))
    version = export_model(restorer, tmp_path / "served", {"restore_frame": ["float32"]})
    signatures = tf.saved_model.load(version).signatures
    more = {"mask": np.zeros((1, 3, 7, 11, 1), "float32"), "level": np.full(1, 0.5, "float32")}
    more = more if told else {}
    clips = {name: tf.constant(value) for name, value in {"video": video[None], **more}.items()}
    made = signatures["restore"](**clips)["video"][0].numpy().astype(int)
    assert made.shape == (3, 14, 22, 3)
    assert np.abs(restorer.restore(video).astype(int) - made).max() <= 1
    if told:
        more["mask"] = more["mask"][:, 0]
    lite = load_tflite(f"{version}/restore_frame-float32.tflite")
    state = np.zeros((1, 2, 3, restorer.generator.width), "float32")
    for run in (lite, signatures["restore_frame"]):
        window = dict(zip(("before", "frame", "after"), video[[0, 0, 1], None], strict=True))
        named = {**window, "state": state, **more}
        if run is not lite:
            named = {name: tf.constant(value) for name, value in named.items()}
        found = run(**named)
        frame = np.asarray(found["frame"])[0]
        frame = frame if frame.dtype == np.uint8 else np.rint((frame.clip(-1, 1) + 1) * 127.5)
        assert (
            np.abs(frame.astype(int) - made[0]).max() <= 1 and found["state"].shape == state.shape
        )


def test_it_is_saved_and_wrong_things_are_errors(tmp_path, eagerly):
    path = Restorer(generator()).save(tmp_path / "x.keras")
    again = Restorer(keras.models.load_model(path))
    np.testing.assert_array_equal(again.restore(VIDEO), Restorer(generator()).restore(VIDEO))
    with pytest.raises(ValueError, match="must be a tfvgan.networks.RestorerGenerator"):
        Restorer(EnlargerGenerator(4, 8, width=8, depth=1))
    with pytest.raises(ValueError, match="`strength` must be from 0 to 1"):
        Restorer(generator(), strength=2)
    with pytest.raises(ValueError, match=r"`edge` must be a height and a width, .* is \(0, 8\)"):
        Restorer(generator(), edge=(0, 8))


def test_deep_colours_are_restored_as_others_are(eagerly):
    restorer, deep = Restorer(generator()), VIDEO.astype("uint16") * 257
    made, state = restorer.step(deep[:3], None)
    same, other = restorer.step(VIDEO[:3], None)
    assert made.dtype == np.uint16 and made.max() > 255
    np.testing.assert_allclose(made, 257.0 * same, atol=129 + 3)
    np.testing.assert_allclose(state, other, atol=1e-5)


@pytest.mark.parametrize("native", [True, False])
def test_fast_it_computes_in_bfloat16_where_that_is_faster(monkeypatch, native):
    monkeypatch.setattr(restoring, "has_bfloat16", lambda: native)
    keras.utils.set_random_seed(0)
    network = RestorerGenerator(1, 8, 1, folds=1, leveled=True)
    network.build()
    network.head.kernel.assign(keras.random.normal(network.head.kernel.shape, 0, 0.05, seed=0))
    usual = Restorer(network, 0.7, 0.2, (16, 32))
    fast = usual.fast()
    assert (fast is usual) != native
    assert (fast.strength, fast.level, fast.edge) == (0.7, 0.2, (16, 32))
    assert (fast.identity != usual.identity) == native, "no job goes on with the other"
    assert fast.generator.compute_dtype == ("bfloat16" if native else "float32")
    video = np.random.default_rng(0).integers(0, 256, (3, 16, 16, 3), dtype=np.uint8)
    apart = np.abs(usual.restore(video).astype(int) - fast.restore(video))
    assert apart.max() <= 2
