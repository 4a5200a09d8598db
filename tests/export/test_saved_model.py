import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf

from tfvgan.engine import Edge, Endpoint
from tfvgan.export import export_saved_model
from tfvgan.export.saved_model import small_request, write_served
from tfvgan.serving.warmup import WARMUP, read_warmup
from tfvgan.sums import check_sums

ALONE = """
import sys

sys.modules.update(keras=None, tfvgan=None)  # An import of either fails.
import numpy as np
import tensorflow as tf

loaded = tf.saved_model.load(sys.argv[1])
videos = loaded.signatures["sample"](seed=tf.constant([5, 6, 7]))["video"]
np.save(sys.argv[2], videos.numpy())
assert sys.modules["keras"] is None and sys.modules["tfvgan"] is None
"""


@pytest.fixture(scope="module")
def exported(vgan, tmp_path_factory):
    return export_saved_model(vgan, tmp_path_factory.mktemp("models") / "shapes")


def test_the_layout_is_that_of_tensorflow_serving(exported):
    assert Path(exported).name == "1"
    assert {"saved_model.pb", "variables"} <= set(os.listdir(exported))


def test_every_endpoint_is_a_signature_with_names(vgan, exported):
    signatures = tf.saved_model.load(exported).signatures
    assert set(signatures) == {"generate", "sample", "sample_encoded", "serving_default"}
    for name, endpoint in vgan.endpoints().items():
        read = signatures[name].structured_input_signature[1]
        assert sorted(read) == sorted(spec.name for spec in endpoint.signature)
        (made,) = signatures[name].structured_outputs.values()
        assert made.dtype == (tf.string if name == "sample_encoded" else tf.uint8)
    latents = tf.random.stateless_normal((3, 100), (0, 0))
    first = signatures["generate"](latents=latents)["video"]
    np.testing.assert_array_equal(signatures["serving_default"](latents=latents)["video"], first)


def test_what_is_served_is_what_the_model_generates(vgan, exported):
    sample = tf.saved_model.load(exported).signatures["sample"]
    served = sample(seed=tf.constant([5, 6, 7]))["video"].numpy()
    expected = np.concatenate([vgan.generate(1, seed=seed) for seed in (5, 6, 7)])
    assert served.shape == expected.shape and served.dtype == np.uint8
    assert np.abs(served.astype(int) - expected).max() <= 1


def test_only_the_average_is_exported(vgan, exported):
    names = [
        name for name, _ in tf.train.list_variables(str(Path(exported, "variables/variables")))
    ]
    held = [name for name in names if name.endswith("VARIABLE_VALUE")]
    assert len(held) == len(vgan.average.variables)


def test_labels_are_read_and_returned(labelled_dcgan, tmp_path):
    signatures = tf.saved_model.load(export_saved_model(labelled_dcgan, tmp_path)).signatures
    sampled = signatures["sample"](seed=tf.range(4))
    assert sampled["label"].shape == (4,) and sampled["label"].dtype == tf.int32
    latents = tf.zeros((2, 100))
    videos = signatures["generate"](latents=latents, label=tf.constant([0, 2]))["video"].numpy()
    assert (videos[0] != videos[1]).any()


def test_it_runs_where_tensorflow_is_alone(vgan, exported, tmp_path):
    """Neither keras nor tfvgan can be imported in that process, and none is missed."""
    result = tmp_path / "videos.npy"
    command = [sys.executable, "-c", ALONE, exported, str(result)]
    subprocess.run(command, check=True, cwd=tmp_path)
    expected = [vgan.generate(1, seed=seed)[0].astype(int) for seed in (5, 6, 7)]
    assert np.abs(np.load(result) - np.stack(expected)).max() <= 1


@pytest.mark.slow
@pytest.mark.parametrize("signature", ["serving_default", "sample"])
def test_saved_model_cli_runs_it(exported, tmp_path, signature):
    np.save(tmp_path / "latents.npy", np.zeros((2, 100), "float32"))
    inputs = {
        "serving_default": ["--inputs", f"latents={tmp_path}/latents.npy"],
        "sample": ["--input_exprs", "seed=[5, 6]"],
    }
    command = [Path(sys.executable).with_name("saved_model_cli"), "run", "--dir", exported]
    options = ["--tag_set", "serve", "--signature_def", signature, "--outdir", tmp_path]
    subprocess.run([*command, *options, *inputs[signature]], check=True, cwd=tmp_path)
    assert np.load(tmp_path / "video.npy").shape == (2, 4, 8, 8, 3)


@pytest.mark.slow
def test_an_export_killed_while_it_writes_leaves_no_version(tmp_path):
    code = (
        "import sys, time, tfvgan\n"
        "from tfvgan.export import export_saved_model, saved_model\n"
        "write = saved_model.write_served\n"
        "def stall(*arguments):\n"
        "    write(*arguments)\n"
        "    print('written', flush=True)\n"
        "    time.sleep(60)\n"
        "saved_model.write_served = stall\n"
        "model = tfvgan.VideoGAN.from_preset('dcgan', frames=2, size=8, width=4)\n"
        "export_saved_model(model, sys.argv[1])\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        while process.stdout.readline() != "written\n":
            assert process.poll() is None
        process.send_signal(signal.SIGKILL)
    left = os.listdir(tmp_path)
    assert left and all(name.startswith(".") for name in left)


def test_requests_that_were_tried_lie_beside_it(vgan, exported):
    """A server replays them while it loads the model."""
    requests = list(read_warmup(exported))
    names = ["serving_default", "generate", "sample", "sample_encoded"]
    assert [request.signature for request in requests] == names
    assert requests[0].inputs["latents"].shape == (1, 100)
    assert requests[2].inputs["seed"].tolist() == [0]
    assert Path(exported, WARMUP).stat().st_size < 4000
    check_sums(exported)


def test_an_export_whose_request_fails_is_none(tmp_path):
    def refused(x):
        tf.debugging.Assert(tf.reduce_all(x < 0), ["`x` must be below 0"])
        return {"y": x}

    specs = [tf.TensorSpec((None,), tf.float32, "x")]
    bad = Endpoint(refused, specs, request=lambda: {"x": np.zeros(1, "float32")})
    with pytest.raises(ValueError, match="`x` must be below 0"):
        write_served({"bad": bad}, tmp_path)


def test_requests_are_small():
    """An example of the edge, as if it were of one colour; none where there is no example."""
    example = {"frame": np.arange(6.0).reshape(1, 6) + 4, "quality": np.float32([4])}
    edge = Edge(None, lambda count, seed: [example] * count)
    found = small_request(Endpoint(None, [], edge))
    assert (found["frame"] == 4).all() and found["frame"].shape == (1, 6) and found["quality"] == 4
    assert small_request(Endpoint(None, [])) is None
    assert small_request(Endpoint(None, [], edge, lambda: {"x": 1})) == {"x": 1}
