import json
import os
import subprocess
import sys
import textwrap

import numpy as np
import pytest
import tensorflow as tf

from benchmarks.ports import free_ports
from tfvgan.engine.distribution import any_worker, clips_in_step, naming_logs, per_worker

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def run(code, **environment):
    """Starts a process that runs `code` beside the tests' helpers."""
    environment = {**os.environ, "PYTHONPATH": HERE, "CUDA_VISIBLE_DEVICES": "", **environment}
    environment["TF_CPP_MIN_LOG_LEVEL"] = "3"
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(process, seconds=240):
    output, errors = process.communicate(timeout=seconds)
    assert process.returncode == 0, errors[:6000] + errors[-3000:]
    return output


def test_one_worker_decides_alone():
    strategy = tf.distribute.get_strategy()
    assert any_worker(strategy, True) is True and any_worker(strategy, False) is False


def test_one_worker_keeps_its_logs():
    logs = {"g_loss": np.float32(1)}
    assert per_worker(logs) is logs


def test_several_workers_sum_all_logs_at_once(monkeypatch):
    several = object.__new__(tf.distribute.MultiWorkerMirroredStrategy)
    monkeypatch.setattr(tf.distribute, "get_strategy", lambda: several)
    joined = per_worker({"g_loss": tf.constant(1.5), "clips": tf.constant(3), "kvd": tf.zeros(())})
    ((name, row),) = joined.items()
    assert row.shape == (1, 3) and row.dtype == tf.float32
    # Keras takes the mean over the workers' rows.
    logs = naming_logs(lambda: {name: tf.reduce_mean(tf.concat([row, row + 1], 0), 0)})()
    found = {key: float(value) for key, value in logs.items()}
    assert found == {"g_loss": 2.0, "clips": 3.5, "kvd": 0.5}


def test_logs_that_are_by_name_stay_as_they_are():
    for logs in ({"loss": 1.0}, {"loss": 1.0, "kvd": 2.0}, {}, 3.0):
        assert naming_logs(lambda logs=logs: logs)() is logs


def test_one_replica_is_shown_its_batch():
    assert int(clips_in_step(np.zeros((3, 2)))) == 3


MIRRORED = """
    import keras, numpy as np, tensorflow as tf
    cpu = tf.config.list_physical_devices("CPU")[0]
    tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * 2)
    import toy
    strategy = tf.distribute.MirroredStrategy(["CPU:0", "CPU:1"])
    sgd = lambda: keras.optimizers.SGD(0.1)

    def gradient_of_discriminator(model, data):
        before = model.discriminator.get_weights()
        model.fit(data, verbose=0)
        return [x - y for x, y in zip(before, model.discriminator.get_weights())]

    # A critic trained on real clips alone (its logits on fakes are not what this compares) moves
    # as far on two replicas with half the batch each as on one with all of it.
    class Halves(toy.Toy):
        def generator_inputs(self, batch, draws):
            return tf.ones((tf.shape(batch["video"])[0], toy.LATENT_DIM))

    def make():
        keras.utils.set_random_seed(0)
        model = Halves(toy.generator(), toy.discriminator())
        model.compile(keras.optimizers.SGD(0.0), sgd(), adversarial_loss="minimax")
        return model

    alone = gradient_of_discriminator(make(), toy.dataset(count=8, batch_size=8))
    with strategy.scope():
        shared = make()
    together = gradient_of_discriminator(shared, toy.dataset(count=8, batch_size=8))
    for x, y in zip(alone, together):
        np.testing.assert_allclose(x, y, rtol=1e-3, atol=1e-6)

    # And the whole game runs: lazy penalty, average, float16 of the losses' every part.
    from tfvgan import AdaptiveAugment, losses
    with strategy.scope():
        augment = AdaptiveAugment("color", target=0.0, clips=16)
        model = toy.model(
            penalty=losses.R1(every=2), moving_average=0.5, clip_norm=1.0, augment=augment
        )
        model.augment_p.assign(0.4)
    latents = []
    logs = model.fit(toy.dataset(count=8, batch_size=4), epochs=2, verbose=0).history
    assert all(np.isfinite(v).all() for v in logs.values()), logs
    assert int(model.step.numpy()) == 4
    for variable in model.variables:
        parts = strategy.experimental_local_results(variable.value)
        assert [part.device[-5:] for part in parts] == ["CPU:0", "CPU:1"], variable.path
        parts = [part.numpy() for part in parts]
        summed = variable.path.split("/")[-1] in ("total", "count")  # Keras keeps these local.
        if not summed:
            assert all((parts[0] == p).all() for p in parts), variable.path

    # Every callback acts, on what several devices hold.
    import pathlib, tempfile, watching
    folder = pathlib.Path(tempfile.mkdtemp())
    with strategy.scope():
        model = watching.model()
    data = tf.data.Dataset.from_tensor_slices({"video": watching.videos(4)}).batch(2)
    rate, halved = model.optimizer.learning_rate, lambda epoch, rate: 0.5 * rate
    keras_own = [keras.callbacks.LearningRateScheduler(halved), keras.callbacks.ReduceLROnPlateau(
        "loss", patience=1, min_delta=1e9), keras.callbacks.TensorBoard(folder / "board")]
    every = [*watching.every_callback(folder, steps=2), *keras_own]
    logs = model.fit(data, epochs=2, verbose=0, callbacks=every).history
    assert model.optimizer.learning_rate == 0.5 * rate, (rate, model.optimizer.learning_rate)
    assert len(logs["diversity"]) == len(logs["kvd"]) == 1, logs
    assert (folder / "step-00000002.keras").is_file() and (folder / "epoch-0001.mp4").is_file()
    assert keras.models.load_model(folder / "step-00000002.keras").steps_made == 2
    health = watching.every_callback(folder, steps=2)[0]
    numbered = data.repeat(2).enumerate()
    broken = numbered.map(lambda n, batch: {"video": tf.where(n < 2, batch["video"], np.nan)})
    good = model.generator.get_weights()
    model.fit(broken, verbose=0, callbacks=[health])
    assert "after step 5" in health.trouble, health.trouble
    for x, y in zip(good, model.generator.get_weights()):
        np.testing.assert_array_equal(x, y)

    # The bound is not exceeded, though each replica has gradients of its own, and scaled ones.
    with strategy.scope():
        bounded = toy.model(
            discriminator_optimizer=keras.optimizers.SGD(1.0),
            mixed_precision="mixed_float16",
            clip_norm=1e-3,
        )
    steps = gradient_of_discriminator(bounded, toy.dataset(count=8, batch_size=8))
    moved = np.linalg.norm(np.concatenate([step.ravel() for step in steps]))
    assert abs(moved - 1e-3) < 1e-5, moved

    # The last batch leaves a replica without any clip.
    uneven = tf.data.Dataset.from_tensor_slices({"video": watching.videos(3)}).batch(2)
    latents = np.zeros((3, model.generator.latent_dim), "float32")
    acts = ((model.fit, uneven), (model.evaluate, uneven), (model.predict, latents))
    for act, given in acts:
        try:
            act(given, **({"batch_size": 2} if act == model.predict else {}))
        except ValueError as error:
            assert "must hold a clip for each replica" in str(error), error
        else:
            raise AssertionError("An empty part of a batch was taken.")

    from tfvgan.engine import Draws
    draw = tf.function(lambda: Draws(0, 0).normal((4,)))
    a, b = strategy.experimental_local_results(strategy.run(draw))
    assert (a.numpy() != b.numpy()).all()
    print("done")
"""


@pytest.mark.slow
def test_two_mirrored_replicas_play_one_game():
    assert "done" in finish(run(MIRRORED))


WORKER = """
    import hashlib, json, os
    import numpy as np, tensorflow as tf
    strategy = tf.distribute.MultiWorkerMirroredStrategy()
    import toy
    from tfvgan.engine import Draws
    with strategy.scope():
        model = toy.model(moving_average=0.5)
    options = tf.data.Options()
    options.experimental_distribute.auto_shard_policy = tf.data.experimental.AutoShardPolicy.DATA
    logs = model.fit(toy.dataset(8, 4).with_options(options), epochs=2, verbose=0).history
    assert all(np.isfinite(v).all() for v in logs.values()), logs
    from tfvgan.engine.distribution import over_workers
    index = json.loads(os.environ["TF_CONFIG"])["task"]["index"]
    assert over_workers(strategy, np.array([index, 5])).tolist() == [1, 10]
    weights = b"".join(v.numpy().tobytes() for v in model.generator.variables)
    weights += b"".join(v.numpy().tobytes() for v in model.trainable_variables)
    weights += b"".join(w.tobytes() for w in model.average.get_weights())
    latents = strategy.run(tf.function(lambda: Draws(0, 0).normal((4,))))

    # Every callback acts; both workers write into one folder.
    import pathlib, watching
    folder = pathlib.Path(os.environ["FOLDER"])
    with strategy.scope():
        watched = watching.model()
    data = tf.data.Dataset.from_tensor_slices({"video": watching.videos(4)}).batch(2)
    watched.fit(
        data.with_options(options),
        epochs=2,
        verbose=0,
        callbacks=watching.every_callback(folder, steps=2),
    )
    assert watched.steps_made == 2 and (folder / "step-00000002.keras").is_file()

    judged = watched.evaluate(data.with_options(options), return_dict=True, verbose=0)
    assert {"loss", "g_loss", "d_fake"} <= set(judged) and np.isfinite(judged["g_loss"]), judged

    # Time is over for one worker: both stop, where the other would wait for ever.
    from tfvgan.callbacks import StopAfter
    minutes = 60.0 * json.loads(os.environ["TF_CONFIG"])["task"]["index"]
    endless = data.repeat().with_options(options)
    watched.fit(endless, steps_per_epoch=9, verbose=0, callbacks=[StopAfter(minutes)])
    assert watched.steps_made == 3, watched.steps_made
    print(json.dumps({
        "weights": hashlib.sha256(weights).hexdigest(),
        "latents": latents.numpy().tolist(),
        "workers": strategy.num_replicas_in_sync,
    }))
"""


@pytest.mark.slow
def test_two_workers_end_with_equal_weights_from_different_latents(tmp_path):
    cluster = {"worker": [f"localhost:{port}" for port in free_ports(2)]}
    workers = [
        run(
            WORKER,
            FOLDER=str(tmp_path),
            TF_CONFIG=json.dumps({"cluster": cluster, "task": {"type": "worker", "index": index}}),
        )
        for index in range(2)
    ]
    first, second = (json.loads(finish(worker).splitlines()[-1]) for worker in workers)
    assert first["workers"] == second["workers"] == 2
    assert first["weights"] == second["weights"]
    assert first["latents"] != second["latents"]
