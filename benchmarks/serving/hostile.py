"""Requests that are wrong, and those that mean harm; each says what a server must answer."""

import contextlib
import gzip
import json
import os
import socket
import time

import numpy as np

from benchmarks.serving.asking import ask

INK, SHAPES = "/v1/models/style_ink:predict", "/v1/models/generate_shapes:predict"
MB = 2**20
HEAD = "POST {} HTTP/1.1\r\nHost: a\r\nContent-Length: {}\r\n\r\n"


def video(*shape):
    """Returns the body of a request to paint a video of zeros."""
    inputs = {"video": np.zeros(shape, int).tolist(), "strength": [1.0]}
    return json.dumps({"signature_name": "stylize", "inputs": inputs}).encode()


def bad_requests():
    """Returns what is wrong and how, by name: a request, and the statuses that may answer it."""
    nan = (
        b'{"signature_name": "stylize", "inputs": {"video": [[[[[1, 2, 3]]]]], "strength": [NaN]}}'
    )
    return {
        "rank": (("POST", INK, video(2, 8, 3)), {400}),
        "channels": (("POST", INK, video(1, 1, 8, 8, 4)), {400}),
        "no pixels": (("POST", INK, video(1, 1, 0, 0, 3)), {400}),
        "dtype": (("POST", INK, b'{"inputs": {"video": [[[[["a"]]]]], "strength": [1]}}'), {400}),
        "a number too large": (
            ("POST", INK, video(1, 1, 1, 1, 3).replace(b"0", b"256", 1)),
            {400},
        ),
        "not finite": (("POST", INK, nan), {400}),
        "an input too few": (("POST", INK, b'{"inputs": {"strength": [1]}}'), {400}),
        "no JSON": (("POST", INK, b"{nonsense"), {400}),
        "empty": (("POST", INK, b""), {400}),
        "no object": (("POST", INK, b"[1, 2]"), {400}),
        "ragged": (("POST", INK, b'{"inputs": {"video": [[1], [1, 2]], "strength": [1]}}'), {400}),
        "signature": (("POST", SHAPES, b'{"signature_name": "no", "inputs": 1}'), {400}),
        "model": (("POST", "/v1/models/no:predict", b"{}"), {404}),
        "version": (("POST", "/v1/models/style_ink/versions/99:predict", b"{}"), {404}),
        "label": (("POST", "/v1/models/style_ink/labels/no:predict", b"{}"), {400}),
        "method": (("PUT", INK, b"{}"), {400}),
        "classify": (("POST", "/v1/models/style_ink:classify", b"{}"), {501}),
    }


def hostile_requests():
    """Returns requests that mean harm, as `bad_requests` does."""
    bomb = gzip.compress(bytes(2000 * MB), 1)
    packed = {"Content-Encoding": "gzip"}
    paths = ("/../../etc/passwd", "/page/..%2f..%2fsetup.py", "/%2e%2e/%2e%2e/etc/passwd")
    paths += ("/v1/models/..%2f..%2fetc:x", "//etc/passwd", "/jobs/..%2f../after")
    deep = b'{"inputs": ' + b"[" * 200_000 + b"]" * 200_000 + b"}"
    return {
        "zip bomb": (("POST", INK, bomb, packed), {413}),
        "half a gzip": (("POST", INK, bomb[:999], packed), {400}),
        "no gzip": (("POST", INK, b"{}", packed), {400}),
        "too large": (("POST", INK, bytes(20 * MB)), {413}),
        "deep": (("POST", INK, deep), {400}),
        "many lists": (("POST", INK, b'{"inputs": [' + b"[]," * 3_000_000 + b"[]]}"), {400, 429}),
        "digits": (("POST", INK, b'{"inputs": ' + b"9" * 100_000 + b"}"), {400}),
        "twice the same key": (("POST", INK, b'{"inputs": 1, "inputs": 2}'), {400}),
        "other site": (("POST", INK, b"{}", {"Origin": "http://evil.example"}), {403}),
        "no clip": (("POST", "/jobs/style_ink", os.urandom(1000)), {202, 503}),
        **{path: (("GET", path), {400, 404}) for path in paths},
        "long path": (("GET", "/" + "a" * 20_000), {404, 400}),
    }


def answered(port, request, allowed):
    """Returns "" where a request is answered as it must be, else what came.

    A server may say that it is busy, and may end the connection of who sends too much.
    """
    try:
        status, content = ask(port, *request)
    except (ConnectionError, TimeoutError) as error:
        return "" if 413 in allowed or 400 in allowed else f"{type(error).__name__}"
    if status not in allowed | {503, 504}:
        return f"{status} {content[:100]!r}"
    if status != 202 and "error" not in json.loads(content):
        return f"{status} without a sentence"
    return ""


def cut(port, where):
    """Begins a request, and hangs up: before its end, or before its answer."""
    body = video(1, 2, 48, 64, 3)
    with socket.create_connection(("127.0.0.1", port), timeout=30) as opened:
        text = HEAD.format(INK, len(body)).encode() + body
        opened.sendall(text[: len(text) // 2] if where == "body" else text)


def garbage(port, count):
    """Sends bytes that are no HTTP."""
    with (
        contextlib.suppress(OSError),
        socket.create_connection(("127.0.0.1", port), timeout=30) as opened,
    ):
        opened.sendall(os.urandom(count))
        opened.recv(1000)


def slow(port, end):
    """Sends a body a byte a second, and returns whether the server had enough of it before `end`.

    Args:
        port: of the server.
        end: when it must, as `time.monotonic` says.
    """
    with socket.create_connection(("127.0.0.1", port), timeout=2) as opened:
        opened.sendall(HEAD.format(INK, 10**6).encode())
        while time.monotonic() < end:
            try:
                opened.sendall(b"1")
                opened.settimeout(1)
                with contextlib.suppress(TimeoutError):
                    opened.recv(1000)  # An answer before the end of the body, or the end of all.
                    return True
            except OSError:
                return True
    return False


def giant(stub, seconds, model="style_ink"):
    """Asks a style by gRPC for frames that take gigabytes, and for what only claims to be large."""
    import grpc
    import tensorflow as tf
    from tensorflow_serving.apis import predict_pb2

    found = []
    for shape, whole in (((1, 1, 2000, 2000, 3), True), ((1 << 40, 1, 1, 1, 3), False)):
        request = predict_pb2.PredictRequest()
        request.model_spec.name, request.model_spec.signature_name = model, "stylize"
        tensor = tf.make_tensor_proto(np.zeros(shape if whole else (1,), np.uint8))
        if not whole:
            tensor.tensor_shape.CopyFrom(tf.TensorShape(shape).as_proto())
        request.inputs["video"].CopyFrom(tensor)
        request.inputs["strength"].CopyFrom(tf.make_tensor_proto(np.ones(1, np.float32)))
        try:
            stub.Predict(request, timeout=seconds)
            found.append("OK")
        except grpc.RpcError as error:
            found.append(error.code().name)
    return found
