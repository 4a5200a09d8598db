"""A server, good requests to it, and what is right to answer to each."""

import contextlib
import gzip
import http.client
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from benchmarks.ports import free_ports
from tfvgan.serving.json_format import read_response, write_request

ROOT = Path(__file__).resolve().parents[2]
LOADING = 600.0  # Seconds that a server may take to load its models.
MODELS = {"style_ink": "stylize", "generate_shapes": "moment"}
VIDEO = (1, 2, 48, 64, 3)
EACH = 4  # Different requests of each model.


class Good:
    """A request to a model, with its answer.

    Args:
        model: its name.
        signature: of it.
        inputs: arrays by name.
        outputs: what is right, likewise.
    """

    def __init__(self, model, signature, inputs, outputs):
        self.model, self.inputs, self.outputs = model, inputs, outputs
        self.signature = signature
        self.dtypes = {name: value.dtype for name, value in outputs.items()}
        self.path = f"/v1/models/{model}:predict"
        self.body = write_request(inputs, signature)
        self.packed = gzip.compress(self.body)

    def right(self, outputs):
        """Returns whether outputs are those; colours may be off by one, as rounding is."""
        return outputs.keys() == self.outputs.keys() and all(
            value.shape == self.outputs[name].shape
            and np.abs(value.astype(float) - self.outputs[name].astype(float)).max() <= 1
            for name, value in outputs.items()
        )

    def by_rest(self, connection, packed=False):
        """Returns whether a server answers it rightly by REST; raises where it does not answer.

        A connection that was kept, and that the server has closed meanwhile, is opened anew.
        """
        headers = {"Content-Encoding": "gzip"} if packed else {}
        kept = connection.sock is not None
        try:
            connection.request("POST", self.path, self.packed if packed else self.body, headers)
            answer = connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException) as error:
            connection.close()  # Else the next one would fail with this one.
            if kept and isinstance(error, ConnectionError):
                return self.by_rest(connection, packed)
            raise
        if answer.status != 200:
            raise ValueError(f"{answer.status} {content[:200].decode()}")
        return self.right(read_response(content, self.dtypes))

    def by_grpc(self, stub, seconds):
        """Returns whether a server answers it rightly by gRPC."""
        import tensorflow as tf
        from tensorflow_serving.apis import predict_pb2

        request = predict_pb2.PredictRequest()
        request.model_spec.name, request.model_spec.signature_name = self.model, self.signature
        for name, value in self.inputs.items():
            request.inputs[name].CopyFrom(tf.make_tensor_proto(value))
        answer = stub.Predict(request, timeout=seconds)
        return self.right({name: tf.make_ndarray(one) for name, one in answer.outputs.items()})


def good_requests(folder):
    """Returns the requests, answered here by TensorFlow alone.

    Args:
        folder: of the models, a `Path`.
    """
    import tensorflow as tf

    found = []
    for model, signature in MODELS.items():
        newest = max((path for path in (folder / model).glob("[0-9]*")), key=lambda p: int(p.name))
        loaded = tf.saved_model.load(str(newest))
        function = loaded.signatures[signature]
        specs = function.structured_input_signature[1]
        for seed in range(EACH):
            draws = np.random.default_rng(seed)
            inputs = {name: drawn(spec, draws) for name, spec in sorted(specs.items())}
            outputs = function(**{name: tf.constant(value) for name, value in inputs.items()})
            right = {name: value.numpy() for name, value in outputs.items()}
            found.append(Good(model, signature, inputs, right))
    return found


def drawn(spec, draws):
    """Returns a random array that fits a `tf.TensorSpec`: videos are small ones."""
    shape = VIDEO if spec.shape.rank == len(VIDEO) else [size or 1 for size in spec.shape]
    if spec.dtype.is_floating:
        return draws.random(shape).astype(spec.dtype.as_numpy_dtype)
    return draws.integers(0, 255 if spec.shape.rank > 1 else 2, shape).astype(
        spec.dtype.as_numpy_dtype
    )


def ask(port, method, path, body=None, headers=(), seconds=60):
    """Returns the status of an answer, and its body.

    Args:
        port: of the server, on this machine.
        method, path, body, headers: of the request.
        seconds: that may pass.
    """
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
    try:
        connection.request(method, path, body, dict(headers))
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def measured(port):
    """Returns the values of a server's metrics by their names with labels."""
    _, content = ask(port, "GET", "/metrics")
    lines = [line for line in content.decode().splitlines() if line and line[0] != "#"]
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}


@contextlib.contextmanager
def served(folder, models, *options):
    """Yields the process of `tfvgan serve`, and its ports of REST and gRPC, once all models answer.

    Args:
        folder: of the models.
        models: their names.
        *options: further words of the command.
    """
    ports = free_ports(2)
    program = "import sys; from tfvgan_cli.main import main; sys.exit(main())"
    words = [sys.executable, "-c", program, "serve", str(folder), "--models", *models]
    words += ["--port", str(ports[0]), "--grpc-port", str(ports[1]), *options]
    server = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        wait_until_loaded(ports[0], server, len(models))
        yield server, *ports
    finally:
        server.terminate()
        server.wait(60)


def wait_until_loaded(port, server, count):
    """Returns when so many models answer.

    Raises:
        RuntimeError: when the server has ended, or they still don't after `LOADING` seconds.
    """
    end = time.monotonic() + LOADING
    while time.monotonic() < end and server.poll() is None:
        with contextlib.suppress(OSError):
            found = [value for name, value in measured(port).items() if "model_available" in name]
            if len(found) == count and all(found):
                return
        time.sleep(1)
    raise RuntimeError(f"The server has not loaded its models; its exit code is {server.poll()}.")
