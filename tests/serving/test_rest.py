"""A way by REST, to a server that says what it is told to."""

import contextlib
import gzip
import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import numpy as np
import pytest

from tfvgan.serving.asking import Unanswered
from tfvgan.serving.json_format import read_request, write_response
from tfvgan.serving.rest import RestTransport


def told(dtype, *sizes):
    dims = [{"size": str(size), "name": ""} for size in sizes]
    return {"dtype": dtype, "tensor_shape": {"dim": dims, "unknown_rank": False}, "name": "x:0"}


# As TensorFlow Serving writes it.
METADATA = {
    "model_spec": {"name": "toy", "signature_name": "", "version": "7"},
    "metadata": {
        "signature_def": {
            "signature_def": {
                "double": {
                    "inputs": {"x": told("DT_UINT8", -1), "s_bytes": told("DT_STRING", -1)},
                    "outputs": {"y": told("DT_FLOAT", -1), "s_bytes": told("DT_STRING", -1)},
                    "method_name": "tensorflow/serving/predict",
                },
                "__saved_model_init_op": {
                    "inputs": {},
                    "outputs": {"__saved_model_init_op": told("DT_INVALID")},
                    "method_name": "",
                },
            }
        }
    },
}


class Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *words):
        pass

    def do_GET(self):
        self.server.paths.append(self.path)
        self.say(200, json.dumps(METADATA).encode())

    def do_POST(self):
        self.server.paths.append(self.path)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers.get("Content-Encoding") == "gzip":
            self.server.paths.append("gzip")
            body = gzip.decompress(body)
        if self.server.refuse:
            status, headers = self.server.refuse.pop(0)
            if status is None:
                self.close_connection = True
                return
            self.say(status, b'{"error": "because"}', headers)
            return
        dtypes = {"x": np.dtype("uint8"), "s_bytes": np.dtype("object")}
        inputs = read_request(body, {"double": dtypes}).inputs
        outputs = {"y": 2.0 * inputs["x"].astype("float32"), "s_bytes": inputs["s_bytes"]}
        self.say(200, write_response(outputs, "columns"))

    def say(self, status, body, headers=()):
        packed = "gzip" in self.headers.get("Accept-Encoding", "")
        body = gzip.compress(body) if packed else body
        self.send_response(status)
        for name, value in [*headers, ("Content-Length", str(len(body)))]:
            self.send_header(name, value)
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)


@contextlib.contextmanager
def server():
    found = HTTPServer(("127.0.0.1", 0), Answers)
    found.paths, found.refuse = [], []
    thread = threading.Thread(target=found.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield found
    finally:
        found.shutdown()
        thread.join()
        found.server_close()


INPUTS = {"x": np.arange(200, dtype="uint8"), "s_bytes": np.array([b"\xff\x00"] * 200, object)}


@pytest.mark.parametrize("compress", [False, True])
def test_arrays_and_bytes_go_and_come(compress):
    with server() as place:
        way = RestTransport(f"http://127.0.0.1:{place.server_port}/in/", 5.0, compress)
        version, signatures = way.signatures("to y")
        assert version == 7 and list(signatures) == ["double"]
        assert signatures["double"].outputs == {"y": np.dtype("float32"), "s_bytes": object}
        made = way.predict("toy", "double", INPUTS, signatures["double"])
        way.close()
        assert made["y"].dtype == np.float32 and made["y"].tolist() == list(range(0, 400, 2))
        assert made["s_bytes"].tolist() == [b"\xff\x00"] * 200
        paths = ["/in/v1/models/to%20y/metadata", "/in/v1/models/toy:predict"]
        assert place.paths == paths + ["gzip"] * compress


def test_a_busy_server_may_be_asked_again_and_a_refusal_is_final():
    with server() as place:
        way = RestTransport(f"http://127.0.0.1:{place.server_port}", 5.0)
        signature = way.signatures("toy")[1]["double"]
        place.refuse += [(503, [("Retry-After", "3")]), (504, []), (400, []), (404, [])]
        for wait in (3.0, None):
            with pytest.raises(Unanswered, match="because") as raised:
                way.predict("toy", "double", INPUTS, signature)
            assert raised.value.wait == wait
        for _ in range(2):
            with pytest.raises(ValueError, match="refuses: because"):
                way.predict("toy", "double", INPUTS, signature)
        place.refuse.append((None, []))  # The connection ends: the next one is answered.
        assert len(way.predict("toy", "double", INPUTS, signature)["y"]) == 200
        way.close()


def test_where_nobody_listens_there_is_no_answer():
    with server() as place:
        port = place.server_port
    way = RestTransport(f"http://127.0.0.1:{port}", 1.0)
    with pytest.raises(Unanswered, match="refused"):
        way.signatures("toy")


def test_what_is_no_such_server_is_told():
    with server() as place:
        way = RestTransport(f"http://127.0.0.1:{place.server_port}", 5.0)
        METADATA["model_spec"]["version"] = None
        try:
            with pytest.raises(ValueError, match="should tell the signatures of toy, as TensorF"):
                way.signatures("toy")
        finally:
            METADATA["model_spec"]["version"] = "7"
            way.close()
    for url in ("localhost:8501", "ftp://x", "http://"):
        with pytest.raises(ValueError, match="must be like http://localhost:8501, but is"):
            RestTransport(url, 5.0)


@pytest.mark.parametrize(
    ("url", "compress", "near"),
    [
        ("http://localhost:9", False, True),
        ("http://[::1]:9", False, True),
        ("http://localhost:9", True, False),
        ("http://example.org", False, False),
    ],
)
def test_what_is_compressed_is_for_a_slow_line(url, compress, near):
    assert RestTransport(url, 1.0, compress).near == near


def test_what_is_no_http_is_told_without_its_bytes():
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer():
            connection, _ = server.accept()
            with connection:
                connection.recv(1 << 16)
                connection.sendall(b"\x00\x00\x12\x04\x00\n" * 4)

        threading.Thread(target=answer, daemon=True).start()
        way = RestTransport(f"http://127.0.0.1:{server.getsockname()[1]}", timeout=5)
        with pytest.raises(Unanswered, match="^what comes from there is no HTTP, as at a port of"):
            way.signatures("toy")
