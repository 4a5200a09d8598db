import keras
import numpy as np
import pytest
import tensorflow as tf

from tfvgan import Sampler, VideoGAN
from tfvgan.engine import Draws
from tfvgan.tasks.generation.video_gan import learning

FRAMES, SIZE = 4, 8


def small(name="vgan", num_classes=0, **arguments):
    return VideoGAN.from_preset(
        name, frames=FRAMES, size=SIZE, num_classes=num_classes, width=8, **arguments
    )


def batches(num_classes=0, count=4):
    shape = (count, FRAMES, SIZE, SIZE, 3)
    batch = {"video": np.random.default_rng(0).uniform(-1, 1, shape).astype("float32")}
    if num_classes:
        batch["label"] = (np.arange(count) % num_classes).astype("int32")
    return tf.data.Dataset.from_tensor_slices(batch).batch(2, drop_remainder=True)


@pytest.mark.parametrize(
    ("name", "num_classes"),
    [
        ("dcgan", 3),
        ("vgan", 0),
        pytest.param("dcgan", 0, marks=pytest.mark.slow),
        pytest.param("vgan", 3, marks=pytest.mark.slow),
    ],
)
def test_it_trains_saves_loads_and_generates(name, num_classes, tmp_path):
    model = small(name, num_classes)
    history = model.fit(batches(num_classes), verbose=0).history
    assert all(np.isfinite(values).all() for values in history.values())
    video = model.generate(3, seed=5)
    assert video.shape == (3, FRAMES, SIZE, SIZE, 3)
    assert video.dtype == np.uint8
    model.save(tmp_path / "model.keras")
    np.testing.assert_array_equal(
        keras.models.load_model(tmp_path / "model.keras").generate(3, seed=5), video
    )


def test_a_video_depends_on_the_seed_and_its_number_alone():
    model = small()
    whole = model.generate(5, seed=1)
    for other in (model.generate(3, seed=1), model.generate(5, seed=1, batch_size=2)[:3]):
        assert np.abs(whole[:3].astype(int) - other).max() <= 1  # Rounding differs by batch size.
    assert (whole[0] != whole[1]).any()
    assert (whole != model.generate(5, seed=2)).any()


def test_the_endpoints_serve_the_average():
    model = small(num_classes=3)
    endpoints = model.endpoints()
    assert list(endpoints) == ["generate", "sample", "sample_encoded"]
    assert [name for name, endpoint in endpoints.items() if endpoint.edge] == ["generate"]
    assert [spec.name for spec in endpoints["generate"].signature] == ["latents", "label"]
    sampled = endpoints["sample"].function(tf.constant([7, -3, 7]))
    alone = [model.generate(1, seed=seed)[0] for seed in (7, -3, 7)]
    assert np.abs(sampled["video"] - np.int16(alone)).max() <= 1  # Batches round otherwise.
    assert (alone[0] != alone[1]).any() and sampled["label"].dtype == tf.int32
    for weight in model.average.variables:
        weight.assign(tf.zeros_like(weight))
    still = endpoints["generate"].function(tf.ones((1, 100)), tf.zeros((1,), tf.int32))["video"]
    assert len(np.unique(still)) == 1


def test_the_class_changes_the_video():
    model = small(num_classes=3)
    assert (model.generate(1, labels=0) != model.generate(1, labels=2)).any()


@pytest.mark.parametrize(
    ("num_classes", "labels", "message"),
    [
        (0, 1, "trained without classes"),
        (3, 3, r"0 \.\.\. 2, but are 3"),
        (3, [0, 1], "one or 4 of"),
    ],
)
def test_labels_that_do_not_fit_are_refused(num_classes, labels, message):
    with pytest.raises(ValueError, match=message):
        small(num_classes=num_classes).generate(4, labels=labels)


def test_batches_without_labels_are_refused_by_a_model_with_classes():
    with pytest.raises(ValueError, match="sub-folder"):
        small(num_classes=2).fit(batches(), verbose=0)


@pytest.mark.parametrize(
    ("label", "message"),
    [
        ([0, -1], "in \\[0, 1\\], but is not in 1 of the clips"),
        ([0, 2], "in \\[0, 1\\], but is not in 1 of the clips"),
        ([[0.0, 1.0], [1.0, 0.0]], "int32 .*, but is float32 .*: give the number"),
        (["walk", "run"], "int32 .*, but is string"),
    ],
)
def test_labels_that_are_no_classes_are_refused(label, message):
    model = small("dcgan", num_classes=2)
    model.run_eagerly = True
    batch = {"video": tf.zeros((2, FRAMES, SIZE, SIZE, 3)), "label": tf.constant(label)}
    with pytest.raises(ValueError, match=f'"label" must be {message}'):
        model.fit(tf.data.Dataset.from_tensors(batch), verbose=0)


def test_clips_of_another_length_are_refused():
    with pytest.raises(ValueError, match=r"\(batch, 4, 8, 8, 3\).*is float32 \(2, 3, 8, 8, 3\)"):
        small("dcgan").fit(sparse_batches(), verbose=0)


def test_networks_that_do_not_fit_are_refused():
    generator = small().generator
    discriminator = VideoGAN.from_preset("vgan", frames=8, size=SIZE, width=8).discriminator
    with pytest.raises(ValueError, match="agree on `frames`.*4.*8"):
        VideoGAN(generator, discriminator)


def test_an_unknown_preset_is_refused():
    with pytest.raises(ValueError, match="one of continuous, dcgan, vgan, but is 'gan'"):
        VideoGAN.from_preset("gan")


def sparse_batches(num_classes=0, count=4):
    shape = (count, 3, SIZE, SIZE, 3)
    batch = {"video": np.random.default_rng(0).uniform(-1, 1, shape).astype("float32")}
    batch["times"] = np.tile(np.array([0, 2, 3], "float32"), (count, 1))
    if num_classes:
        batch["label"] = (np.arange(count) % num_classes).astype("int32")
    return tf.data.Dataset.from_tensor_slices(batch).batch(2, drop_remainder=True)


@pytest.fixture(scope="module")
def continuous():
    return small("continuous", num_classes=2)


def test_continuous_trains_on_a_few_frames_saves_loads_and_generates(tmp_path, eagerly):
    model = small("continuous", num_classes=2)
    history = model.fit(sparse_batches(2), verbose=0).history
    assert all(np.isfinite(values).all() for values in history.values())
    assert "penalty" in history
    video = model.generate(3, seed=5)
    assert video.shape == (3, FRAMES, SIZE, SIZE, 3) and video.dtype == np.uint8
    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    np.testing.assert_array_equal(loaded.generate(3, seed=5), video)


def test_continuous_refuses_dense_batches():
    with pytest.raises(ValueError, match=r"\(batch, 3, 8, 8, 3\).*\(2, 4, 8, 8, 3\): .*moments=3"):
        small("continuous").fit(batches(), verbose=0)


def test_any_part_of_an_endless_video_at_any_rate(continuous):
    def differ(one, other):
        return np.abs(one.astype(int) - other).max()

    whole = continuous.generate(2, seed=3, frames=40)
    assert whole.shape == (2, 40, SIZE, SIZE, 3)
    assert differ(continuous.generate(2, seed=3), whole[:, :FRAMES]) <= 1
    assert differ(continuous.generate(2, seed=3, frames=5, start=30.0), whole[:, 30:35]) <= 1
    doubled = continuous.generate(2, seed=3, frames=79, rate=2.0)
    assert differ(doubled[:, ::2], whole) <= 1
    assert (whole[0] != whole[1]).any()


def test_whole_clips_have_no_other_length():
    with pytest.raises(ValueError, match="whole clips of 4 frames only"):
        small().generate(1, frames=8)


def test_the_endpoints_of_continuous_render_clips_and_moments(continuous):
    endpoints = continuous.endpoints()
    assert list(endpoints) == ["generate", "sample", "sample_encoded", "moment"]
    names = {name: [s.name for s in endpoint.signature] for name, endpoint in endpoints.items()}
    assert names["generate"] == ["latents", "motion", "label"]
    assert names["moment"] == ["latents", "motion", "time", "label"]
    sampled = endpoints["sample"].function(tf.constant([7, 8]))["video"]
    alone = [continuous.generate(1, seed=seed)[0].astype(int) for seed in (7, 8)]
    assert np.abs(np.stack(alone) - sampled).max() <= 1 and (alone[0] != alone[1]).any()
    clip, example = (endpoints[name].edge.examples(1, 7)[0] for name in ("generate", "moment"))
    np.testing.assert_array_equal(clip["motion"], example["motion"])
    video = endpoints["generate"].function(*clip.values())["video"]
    frame = endpoints["moment"].function(*{**example, "time": np.float32([2.0])}.values())["frame"]
    assert frame.dtype == tf.uint8
    assert np.abs(frame.numpy().astype(int) - video[:, 2]).max() <= 1


def test_the_compiled_learning_is_the_presets():
    vgan, continuous = (small(name) for name in ("vgan", "continuous"))
    assert vgan.penalty is None and float(vgan.generator_optimizer.learning_rate) == np.float32(
        2e-4
    )
    assert continuous.penalty.every == 8 and continuous.generator_optimizer.beta_1 == 0.0


def test_sampled_videos_are_none_that_was_trained_on():
    """Nor are those that it is judged by: seed and number are equal, what they are for is not."""
    model = small("continuous", num_classes=3, compile=False)
    one = next(iter(batches(num_classes=3).take(1)))
    trained = model.generator_inputs(one, Draws(model.seed, 5))
    judged = model.generator_inputs(one, Draws(model.seed, 5, "judging"))
    old = Sampler(model.average, draws=1)
    number = np.array([5], np.int32)
    np.testing.assert_array_equal(old._latents(number, model.seed)[0], trained["latents"][0])
    new = model.sampler._latents(number, model.seed)
    for others in (trained["latents"], judged["latents"]):
        assert np.abs(others - new).max(axis=1).min() > 0.1
    motions = [
        each._motion(number, 0)(slice(None), np.float32([0.0])) for each in (old, model.sampler)
    ]
    assert np.abs(motions[0]["motion"] - motions[1]["motion"]).min() > 0
    seen = []
    model.compile(**learning("continuous"))
    model.make = lambda batch, draws, training: seen.append(draws) or (batch["video"], batch)
    model.test_step({**one, "video": one["video"][:, :3]})
    asked = model.generator_inputs(one, Draws(model.seed, 0, "judging"))["latents"]
    np.testing.assert_array_equal(seen[0].normal(asked.shape), asked)


def test_vgan_minimises_its_mask_as_published(eagerly):
    model = small("vgan")
    assert model.loss_weights == {"adversarial": 1.0, "mask": 1.0} and not small("dcgan").terms
    batch = next(iter(batches()))
    inputs = model.generator_inputs(batch, Draws(0, 0))
    video, made = model.make(batch, Draws(0, 0), training=False)
    np.testing.assert_array_equal(video, model.generator(inputs))
    mean = np.mean(model.generator.streams(inputs)["mask"])
    term = model.generator_losses(made, video)
    assert list(term) == ["mask"] and float(term["mask"]) == pytest.approx(0.1 * mean)
    model.compile("adam", "adam", loss_weights={"adversarial": 0.0})
    logs = model.fit(batches(), epochs=3, verbose=0).history
    assert logs["mask"][2] < logs["mask"][1] < logs["mask"][0]


def test_a_model_from_before_the_mask_had_a_weight_goes_on_as_it_began():
    model = small("vgan")
    config = model.get_compile_config()
    del config["loss_weights"]["mask"]
    model.compile_from_config(config)
    assert model.loss_weights == {"adversarial": 1.0, "mask": 0.0}
