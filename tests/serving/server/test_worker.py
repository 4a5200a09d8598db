import json
import os
import resource
import subprocess
import sys

import numpy as np
import pytest
import tensorflow as tf

from tfvgan.serving.server import process, worker
from tfvgan.serving.server.messages import packed, read_message
from tfvgan.serving.server.refusal import Refusal
from tfvgan.serving.server.worker import answered
from tfvgan.serving.warmup import write_warmup


def fails(error):
    def answer(body):
        raise error

    return answer


def test_whatever_happens_is_answered(capsys):
    assert answered(bytes.upper, b"a") == ({"code": "OK"}, b"A")
    refused = {"code": "NOT_FOUND", "message": "no"}
    assert answered(fails(Refusal("NOT_FOUND", "no")), b"") == (refused, b"")
    assert answered(fails(MemoryError()), b"")[0]["code"] == "RESOURCE_EXHAUSTED"
    assert not capsys.readouterr().err
    head, _ = answered(fails(KeyError("secret")), b"")
    assert head == {"code": "INTERNAL", "message": "The server failed: unexpected KeyError."}
    assert "secret" in capsys.readouterr().err


def test_what_fails_to_warm_up_is_not_loaded(tmp_path):
    """Its requests are replayed before it answers others."""
    twice = tf.function(lambda x: {"y": 2 * x})
    signature = twice.get_concrete_function(tf.TensorSpec((None,), tf.float32, "x"))
    tf.saved_model.save(tf.Module(), str(tmp_path), {"serving_default": signature})
    told = {"folder": str(tmp_path), "version": 1, "answer": 1}
    assert set(worker._load(told)) == {"json", "protobuf"}
    write_warmup(tmp_path, {"serving_default": {"x": np.zeros((2, 2), "float32")}})
    with pytest.raises(ValueError, match="a warm-up request of `serving_default` fails"):
        worker._load(told)


@pytest.mark.slow
def test_a_process_fails_where_it_takes_too_much():
    code = (
        "from tfvgan.serving.server.worker import limit_memory\n"
        "import resource; limit_memory(3000)\n"
        "print(resource.getrlimit(resource.RLIMIT_DATA)[0] >> 20)\n"
        "try: bytearray(4000 << 20)\n"
        "except MemoryError: print('no')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["3000", "no"]
    assert resource.getrlimit(resource.RLIMIT_DATA)[0] == resource.RLIM_INFINITY


@pytest.mark.slow
def test_a_process_loads_a_model_and_answers(tmp_path):
    module = tf.Module()
    twice = tf.function(lambda x: {"y": tf.raw_ops.Print(input=2 * x, data=[x])})
    spec = tf.TensorSpec((None,), tf.float32, "x")
    tf.saved_model.save(
        module, str(tmp_path), {"serving_default": twice.get_concrete_function(spec)}
    )
    told = {"folder": str(tmp_path), "version": 1, "memory": 4096, "answer": 1}
    program = process.PROGRAM.format(sys.path, "worker", "answer_requests")
    asked = [
        ({"kind": "json"}, b'{"inputs": [1, 2]}'),
        ({"kind": "json"}, b"nonsense"),
        ({"kind": "json"}, json.dumps({"inputs": [0.5] * 300_000}).encode()),
    ]
    done = subprocess.run(
        [sys.executable, "-c", program, json.dumps(told)],
        input=b"".join(piece for message in asked for piece in packed(*message)),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **process.ENVIRONMENT},
        check=True,
    )
    with open(tmp_path / "answers", "wb+") as file:
        file.write(done.stdout)
        file.seek(0)
        found = list(iter(lambda: read_message(file), None))
    codes = ["OK", "OK", "INVALID_ARGUMENT", "INVALID_ARGUMENT"]
    assert [head["code"] for head, _ in found] == codes
    np.testing.assert_array_equal(json.loads(found[1][1])["outputs"], [2, 4])
    assert "JSON Parse error" in found[2][0]["message"]
    assert "MB of JSON" in found[3][0]["message"]
