import keras
import numpy as np
import pytest
import tensorflow as tf
import toy

from tfvgan.callbacks import Health
from tfvgan.engine.precision import has_bfloat16, in_bfloat16, in_float16, set_policy
from tfvgan.networks import ContinuousGenerator, RestorerGenerator
from tfvgan.tasks import VideoCodec, VideoEnlarger, VideoGAN, VideoRestorer
from tfvgan.tasks.compression import video_codec as compression
from tfvgan.tasks.restoration import video_restorer as restoration

RNG = np.random.default_rng(0)
# In float32 whatever the rest computes in: heads, and what reads times.
PINNED = {"Activation", "Dense", "Embedding", "Flatten", "MotionPath", "MovingWaves"}
PINNED |= {"Conv1D", "ProjectionHead", "Softmax", "TimesCode", "UpSampling2D"}


def videos(*shape):
    return tf.constant(RNG.uniform(-1, 1, (2, *shape)), tf.float32)


def generation(name):
    model = VideoGAN.from_preset(name, 4, 8, num_classes=2, width=8)
    batch = {"video": videos(3 if name == "continuous" else 4, 8, 8, 3)}
    return model, {**batch, "label": tf.constant([0, 1])}, {}


def enlarger():
    return VideoEnlarger.from_preset(4, 16, 2, width=8), {"video": videos(3, 16, 16, 3)}, {}


def restorer():
    model = VideoRestorer.from_preset(16, 2, width=8, depth=1, masked=True, leveled=True)
    batch = {"video": videos(4, 16, 16, 3), "degraded": videos(4, 8, 8, 3)}
    batch |= {"mask": tf.ones((2, 4, 8, 8, 1)), "level": tf.ones((2,))}
    return model, batch, restoration.learning(detail=True, perceptual=0.0)


def codec():
    model = VideoCodec.from_preset(16, channels=16, width=8, depth=1, memory=4)
    return model, {"video": videos(3, 16, 16, 3)}, compression.learning(detail=True, perceptual=0.0)


PRESETS = {name: lambda name=name: generation(name) for name in ("dcgan", "vgan", "continuous")}
PRESETS |= {"enlarger": enlarger, "restorer": restorer, "codec": codec}


@pytest.fixture
def everywhere():
    keras.config.set_dtype_policy("mixed_float16")
    yield
    keras.config.set_dtype_policy("float32")


def policies(network):
    return [(type(one).__name__, one.dtype_policy.name) for one in network._flatten_layers()]


@pytest.fixture(scope="module")
def layers():
    """What a step in each preset leaves the layers with, by argument and by policy."""
    return {}


# A policy sets up the others alike, which slow tests show.
BOTH_WAYS = ("vgan", "continuous", "restorer")


@pytest.mark.parametrize(
    ("by", "name"),
    [("argument", name) for name in PRESETS]
    + [("policy", name) for name in BOTH_WAYS]
    + [
        pytest.param("policy", name, marks=pytest.mark.slow)
        for name in PRESETS
        if name not in BOTH_WAYS
    ],
)
def test_every_preset_trains_in_float16_and_its_heads_in_float32(by, name, layers, request):
    if by == "policy":
        request.getfixturevalue("everywhere")
    model, batch, learning = PRESETS[name]()
    if by == "argument":
        model.compile(**learning, mixed_precision="mixed_float16")
    elif learning:
        model.compile(**learning)
    before, moved = model.average.get_weights(), False
    for _ in range(2):  # The first may be left out, for a scale that is too large.
        logs = {key: float(value) for key, value in model.train_step(batch).items()}
        assert all(map(np.isfinite, logs.values())), logs
        after = model.average.get_weights()
        assert all(np.isfinite(weight).all() for weight in after)
        if moved := any((x != y).any() for x, y in zip(before, after)):
            break
    assert moved
    for player in (model.generator, model.discriminator):
        low = {kind for kind, policy in policies(player) if policy == "mixed_float16"}
        high = {kind for kind, policy in policies(player) if policy == "float32"}
        assert low & {"Conv2D", "UpBlock", "DownBlock", "DenseBlock"} and high <= PINNED
        assert layers.setdefault((name, type(player)), policies(player)) == policies(player)
    assert {policy for _, policy in policies(model.average)} == {"float32"}
    assert in_float16(model.generator_optimizer) and in_float16(model.discriminator_optimizer)
    made, found = model.make(batch, _Draws())
    raw = model.discriminator(model.discriminator_inputs(made, found))
    assert raw.dtype == tf.float32  # No logit is rounded to half precision.


@pytest.mark.slow
@pytest.mark.parametrize("name", PRESETS)
def test_a_graph_trains_in_float16_as_eager_steps_do(name):
    found, batches = [], []
    for eager in (True, False):
        keras.utils.set_random_seed(0)
        model, made, learning = PRESETS[name]()
        batch, *_ = batches = [*batches, made]
        model.compile(**learning, mixed_precision="mixed_float16")
        before = model.average.get_weights()
        if eager:
            for _ in range(2):
                logs = {name: float(value) for name, value in model.train_step(batch).items()}
        else:
            data = tf.data.Dataset.from_tensors(batch).repeat(2)
            logs = {name: value for name, (value,) in model.fit(data, verbose=0).history.items()}
        after = model.average.get_weights()
        assert model.steps_made == 2 and any((x != y).any() for x, y in zip(before, after))
        found.append(logs)
    assert all(map(np.isfinite, found[1].values())) and found[0].keys() == found[1].keys()
    for name, value in found[0].items():
        assert found[1][name] == pytest.approx(value, rel=0.02, abs=0.01), name


class _Draws:
    def normal(self, shape):
        return tf.random.stateless_normal(shape, (0, 0))

    def uniform(self, shape, low=0.0, high=1.0):
        return tf.random.stateless_uniform(shape, (0, 0), low, high)

    def integers(self, shape, high):
        return tf.random.stateless_uniform(shape, (0, 0), 0, high, tf.int32)


def test_times_are_not_rounded():
    network = ContinuousGenerator(6, 4, 8, width=8)
    network.build()
    set_policy(network, "mixed_float16")
    network.draw = lambda code, motion, times: times
    times = np.array([[3001.0, 3002.0, 3003.0, 3004.0]], "float32")
    named = {"latents": np.zeros((1, 6), "float32"), "times": times}
    named["motion"] = np.zeros((1, 6, network.motion_dim), "float32")
    np.testing.assert_array_equal(network(named), times)


def test_all_layers_of_a_plain_model_follow_and_go_back():
    network = toy.generator()
    for name, computes in (("mixed_float16", "float16"), ("float32", "float32")):
        set_policy(network, name)
        assert {layer.compute_dtype for layer in network.layers} == {computes}
        assert {variable.dtype for variable in network.variables} == {"float32"}


def test_bfloat16_is_refused_where_it_computes_nan(monkeypatch):
    from tfvgan.engine import precision

    monkeypatch.setattr(precision, "_computes_bfloat16", lambda: False)
    with pytest.raises(ValueError, match="CPU with oneDNN.*leave it out"):
        set_policy(toy.generator(), "mixed_bfloat16")


def test_a_copy_in_bfloat16_returns_nearly_the_same():
    keras.utils.set_random_seed(0)
    network = RestorerGenerator(1, 8, 1, folds=1)
    network.build()
    network.head.kernel.assign(keras.random.normal(network.head.kernel.shape, 0, 0.05, seed=0))
    copied = in_bfloat16(network)
    frames = [tf.constant(RNG.uniform(-1, 1, (1, 16, 16, 3)), tf.float32) for _ in range(3)]
    state = tf.constant(RNG.uniform(-1, 1, (1, 8, 8, 8)), tf.float32)
    (wanted, after), (found, then) = (each.change(frames, state) for each in (network, copied))
    assert found.dtype == then.dtype == tf.float32
    apart = np.abs(found - wanted)
    assert 0 < apart.max() < 0.02 * np.abs(wanted).max()
    np.testing.assert_allclose(then, after, atol=0.02)
    assert copied.head.compute_dtype == "bfloat16" and network.head.compute_dtype == "float32"
    assert copied.trainable_variables == [] and network.trainable_variables != []


@pytest.mark.parametrize(
    ("said", "has"),
    [
        ("flags\t: fpu avx512f avx512_bf16\nflags\t: fpu amx_bf16\n", True),
        ("flags\t: fpu avx512f avx512_bf16\nflags\t: fpu avx2\n", False),
        ("model name: an avx512_bf16 CPU\nflags\t: fpu avx2\n", False),
        ("Features: fp asimd\n", False),
        (None, False),
    ],
)
def test_all_cpus_must_have_instructions_for_bfloat16(tmp_path, said, has):
    if said is not None:
        (tmp_path / "cpuinfo").write_text(said)
    assert has_bfloat16(tmp_path / "cpuinfo") is has


def overflowing(**arguments):
    """Returns a game whose first gradients are more than float16 can hold."""

    def optimizer():
        adam = keras.optimizers.Adam(1e-3)
        return keras.optimizers.LossScaleOptimizer(adam, initial_scale=2.0**22)

    players = {f"{name}_optimizer": optimizer() for name in ("generator", "discriminator")}
    return toy.model(**players, run_eagerly=True, **arguments)


@pytest.mark.parametrize("by", ["argument", "policy"])
def test_an_overflow_neither_ends_a_training_nor_reaches_the_logs(by, request):
    if by == "policy":
        request.getfixturevalue("everywhere")
    model = overflowing(**({"mixed_precision": "mixed_float16"} if by == "argument" else {}))
    before, health = model.discriminator.get_weights(), Health()
    logs = model.fit(toy.dataset(16), verbose=0, callbacks=[health]).history
    assert health.trouble is None and model.steps_made == 8
    assert all(np.isfinite(values).all() for values in logs.values()), logs
    assert float(model.discriminator_optimizer.dynamic_scale) < 2.0**22  # One did overflow,
    assert any((x != y).any() for x, y in zip(before, model.discriminator.get_weights()))


def test_a_norm_is_told_by_the_scale_that_it_was_computed_with():
    def growing():
        sgd = keras.optimizers.SGD(0.0)
        return keras.optimizers.LossScaleOptimizer(sgd, 2.0**10, dynamic_growth_steps=1)

    low = toy.model(
        mixed_precision="mixed_float16",
        generator_optimizer=growing(),
        discriminator_optimizer=growing(),
    )
    high = toy.model(generator_optimizer="sgd", discriminator_optimizer="sgd")
    batch = {"video": tf.constant(toy.videos(2))}
    ours, theirs = (model.train_step(batch) for model in (low, high))
    assert float(low.discriminator_optimizer.dynamic_scale) == 2.0**11
    assert float(ours["d_gradient_norm"]) == pytest.approx(
        float(theirs["d_gradient_norm"]), rel=0.05
    )
