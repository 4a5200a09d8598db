import os
import subprocess
import sys
import textwrap

import keras
import numpy as np
import pytest
import tensorflow as tf
from toy_extractors import Colours, ColoursOfFrames, videos

from tfvgan.metrics.frechet import FVD
from tfvgan.metrics.kernel import KVD

REAL, GENERATED = videos(12, seed=1), videos(12, seed=2, brightest=99)


def floats(clips):
    return (clips / 127.5 - 1).astype(np.float32)


@pytest.mark.parametrize("kind", [FVD, KVD])
@pytest.mark.parametrize("extractor", [Colours, ColoursOfFrames])
def test_graphs_and_floats_score_as_bytes_do(kind, extractor):
    eager, graph = kind(extractor()), kind(extractor())
    eager.update_state(REAL, GENERATED)
    update = tf.function(graph.update_state, reduce_retracing=True)
    for part in (slice(0, 5), slice(5, 12)):
        update(floats(REAL)[part], floats(GENERATED)[part])
    assert float(eager.result()) != 0
    assert float(graph.result()) == pytest.approx(float(eager.result()), rel=1e-4)
    assert float(tf.function(graph.result)()) == float(graph.result())


def test_weights_of_videos_are_refused():
    with pytest.raises(ValueError, match="fvd_colours counts each video once, but was given"):
        FVD(Colours()).update_state(REAL, GENERATED, sample_weight=np.ones(12))


@pytest.mark.parametrize("kind", [FVD, KVD])
@pytest.mark.parametrize("extractor", [Colours, ColoursOfFrames])
def test_its_configuration_makes_it_again(kind, extractor):
    metric = kind(extractor(), name="mine")
    again = keras.saving.deserialize_keras_object(keras.saving.serialize_keras_object(metric))
    assert type(again) is kind
    assert again.name == "mine"
    assert isinstance(again.extractor, extractor)
    assert again.get_config() == metric.get_config()


def test_kept_features_are_the_first():
    metric = KVD(Colours(), count=5)
    for part in (slice(0, 3), slice(3, 9), slice(9, 12)):
        metric.update_state(REAL[part], GENERATED[part])
    first = KVD(Colours())
    first.update_state(REAL[:5], GENERATED[:5])
    assert float(metric.result()) == float(first.result())
    metric.reset_state()
    assert np.isnan(metric.result())


def test_a_model_is_scored_while_it_is_evaluated():
    class Darker(keras.layers.Layer):
        def call(self, video):
            return video - 64 / 127.5

    model = keras.Sequential([keras.Input((2, 8, 8, 3)), Darker()])
    model.compile(loss="mse", metrics=[FVD(Colours()), KVD(Colours())])
    clips = floats(np.maximum(REAL, 64))
    logs = model.evaluate(clips, clips, batch_size=5, verbose=0, return_dict=True)
    assert logs["fvd_colours"] == pytest.approx(3 * (64 / 127.5) ** 2, rel=1e-4)
    assert logs["kvd_colours"] > 0.1


REPLICAS = """
    import numpy as np, tensorflow as tf
    cpu = tf.config.list_physical_devices("CPU")[0]
    tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * 2)
    from tfvgan.metrics.frechet import FVD
    from tfvgan.metrics.kernel import KVD
    from toy_extractors import Colours, ColoursOfFrames, videos

    real, generated = videos(12, seed=1), videos(12, seed=2, brightest=99)
    data = tf.data.Dataset.from_tensor_slices((real, generated)).batch(4)
    strategy = tf.distribute.MirroredStrategy(["CPU:0", "CPU:1"])
    for kind in (FVD, KVD):
        for extractor in (Colours(), ColoursOfFrames()):
            alone = kind(extractor)
            alone.update_state(real, generated)
            with strategy.scope():
                metric = kind(extractor)
            update = tf.function(lambda x, y: strategy.run(metric.update_state, (x, y)))
            for batch in strategy.experimental_distribute_dataset(data):
                update(*batch)
            np.testing.assert_allclose(metric.result(), alone.result(), rtol=1e-4)
            if kind is FVD:
                rows = alone.gaussians()[0].count
                assert [side.count for side in metric.gaussians()] == [rows, rows]
    print("done")
"""


@pytest.mark.slow
def test_two_replicas_score_as_one():
    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    process = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(REPLICAS)],
        env={**os.environ, "PYTHONPATH": here, "CUDA_VISIBLE_DEVICES": ""},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert process.returncode == 0, process.stderr[-3000:]
    assert "done" in process.stdout
