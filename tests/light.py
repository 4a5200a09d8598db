"""Servers of models that take no TensorFlow: their processes start within a tenth of a second.

A process answers a request with its version, its kind and its body. There are bodies for which it
ends, sleeps, refuses, keeps memory or answers much.
"""

import contextlib
import http.client
import json
import shutil
import threading
import time
from pathlib import Path

import pytest
from tensorflow.core.protobuf import saved_model_pb2

from tfvgan.serving.server import Limits, messages, process, serve_folder

WORKER = """
import importlib.util, json, os, sys, time

spec = importlib.util.spec_from_file_location("messages", {messages!r})
messages = importlib.util.module_from_spec(spec)
spec.loader.exec_module(messages)


def say(head, body=b""):
    for piece in messages.packed(head, body):
        sys.stdout.buffer.write(piece)
    sys.stdout.buffer.flush()


told = json.loads(sys.argv[1])
if MODULE == "job_worker":
    if told["kind"] != "generate":
        with open(told["folder"] + "/upload", "rb") as file:
            upload = file.read()
    else:
        upload = b"seed %d" % told["options"]["seed"]
    if upload == b"die":
        os._exit(3)
    if upload == b"no clip":
        say({{"error": "The clip is none."}})
        sys.exit()
    say({{"made": 1, "count": 2}})
    if upload.startswith(b"sleep "):
        time.sleep(float(upload[6:]))
    names = {{}}
    for name in ("before", "after") if told["kind"] != "generate" else ("after",):
        names[name] = name + ".mp4"
        with open(os.path.join(told["folder"], names[name]), "wb") as file:
            file.write(name.encode() + b" " + upload + json.dumps(told["options"]).encode())
    say({{"done": True, "names": names}})
    sys.exit()
if os.path.exists(os.path.join(told["folder"], "dies")):
    os._exit(7)
if os.path.exists(os.path.join(told["folder"], "broken")):
    say({{"error": "it is broken"}})
    sys.exit()
if os.path.exists(os.path.join(told["folder"], "slow")):
    time.sleep(1)
say({{"code": "OK"}})
kept = []
while (message := messages.read_message(sys.stdin.buffer)) is not None:
    head, body = message
    if body == b"die":
        os._exit(3)
    if body.startswith(b"sleep "):
        time.sleep(float(body[6:]))
    if body.startswith(b"keep "):
        kept.append(b"x" * int(body[5:]))
    if body == b"refuse":
        say({{"code": "INVALID_ARGUMENT", "message": "I will not."}})
    elif body.startswith(b"large "):
        say({{"code": "OK"}}, b"x" * int(body[6:]))
    else:
        start = "%d %s " % (told["version"], head["kind"])
        say({{"code": "OK"}}, start.encode() + body)
"""


@pytest.fixture
def light(tmp_path, monkeypatch):
    """Has every process of a model be a light one; returns the folder for models."""
    script = tmp_path / "worker.py"
    script.write_text(WORKER.format(messages=messages.__file__))
    program = f"_ = {{}}; MODULE, _ = '{{}}', '{{}}'; exec(open({str(script)!r}).read())"
    monkeypatch.setattr(process, "PROGRAM", program)
    models = tmp_path / "models"
    models.mkdir()
    return models


def add_version(models, name="toy", number=1, but="", signature="serving_default", inputs=("x",)):
    """Returns the folder of a new version of a model, with a signature and no graph."""
    hidden = Path(models, f".{name}-{number}")
    hidden.mkdir(parents=True)
    saved = saved_model_pb2.SavedModel()
    signature = saved.meta_graphs.add().signature_def[signature]
    signature.method_name = "tensorflow/serving/predict"
    for place, key in (*((signature.inputs, key) for key in inputs), (signature.outputs, "y")):
        place[key].dtype, place[key].name = 1, f"{key}:0"
        place[key].tensor_shape.dim.add(size=-1)
    (hidden / "saved_model.pb").write_bytes(saved.SerializeToString())
    if but:
        (hidden / but).touch()
    folder = Path(models, name, str(number))
    folder.parent.mkdir(exist_ok=True)
    shutil.move(hidden, folder)
    return folder


def add_trial(models, name, signature, inputs=("x",), what="Does things"):
    """Returns the folder of a new model that can be tried on the page."""
    folder = add_version(models, name, signature=signature, inputs=inputs).parent
    (folder / "generator.keras").touch()
    (folder / "README.md").write_text(f"# {name}\n\n| | |\n|---|---|\n| What | {what} |\n")
    return folder


class Client:
    """What asks a server by HTTP."""

    def __init__(self, listening, said):
        self.listening, self.said = listening, said

    def ask(self, method, path, body=None, headers=()):
        """Returns the status and the body of an answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.listening.port, timeout=30)
        with contextlib.closing(connection):
            connection.request(method, path, body, dict(headers))
            answer = connection.getresponse()
            return answer.status, answer.read()

    def json(self, method, path, body=None, headers=()):
        """Returns the status of an answer, and what its JSON says."""
        status, content = self.ask(method, path, body, headers)
        return status, json.loads(content)

    def wait_for(self, line):
        """Returns when the server has said this."""
        until(lambda: line in self.said)


def until(true, seconds=20):
    """Returns when something is true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not become true"
        time.sleep(0.02)


@contextlib.contextmanager
def serving(folder, wait="toy 1 AVAILABLE", grpc_port=None, **given):
    """Yields a `Client` of a server in a thread, which ends with the block."""
    limits = {name: given.pop(name) for name in Limits._fields if name in given}
    said, there, found = [], threading.Event(), []

    def ready(listening):
        found.append(listening)
        there.set()

    def run():
        try:
            serve_folder(
                folder,
                port=0,
                grpc_port=grpc_port,
                limits=Limits(**limits),
                ready=ready,
                told=said.append,
                **given,
            )
        finally:
            there.set()

    thread = threading.Thread(target=run)
    thread.start()
    assert there.wait(30) and found
    client = Client(found[0], said)
    try:
        if wait:
            client.wait_for(wait)
        yield client
    finally:
        found[0].stop()
        thread.join(30)
        assert not thread.is_alive()
