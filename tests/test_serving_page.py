"""What the page of serving asks is answered, by gRPC with the stubs of tensorflow-serving-api.

The models are small ones of the same kinds, in memory.
"""

import http.server
import json
import re
import shutil
import subprocess
import threading
from concurrent import futures
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf
from in_memory import InMemory, busy
from moving import texture
from pages import TEXTS, blocks

from tfvgan.data import write_video
from tfvgan.networks import (
    RestorerGenerator,
    SegmenterGenerator,
    StylizerGenerator,
    VganGenerator,
)
from tfvgan.serving import read_request, write_response
from tfvgan.serving.asking import PREDICTS
from tfvgan.streaming import Source
from tfvgan.tasks import Restorer, Sampler, Segmenter, Stylizer

grpc = pytest.importorskip("grpc")
stubs = pytest.importorskip("tensorflow_serving.apis.prediction_service_pb2_grpc")
SIDE, FRAMES = 32, 2


class Answers(stubs.PredictionServiceServicer):
    """A server of models in memory.

    Args:
        way: `InMemory`.
    """

    def __init__(self, way):
        self.way = way

    def GetModelMetadata(self, request, context):  # noqa: N802
        from tensorflow_serving.apis import get_model_metadata_pb2 as metadata

        version, told = self.way.signatures(request.model_spec.name)
        signatures, response = metadata.SignatureDefMap(), metadata.GetModelMetadataResponse()
        for name, each in told.items():
            signature = signatures.signature_def[name]
            signature.method_name = PREDICTS
            for key, dtype in each.inputs.items():
                signature.inputs[key].dtype = tf.dtypes.as_dtype(dtype).as_datatype_enum
        response.metadata["signature_def"].Pack(signatures)
        response.model_spec.version.value = version
        return response

    def Predict(self, request, context):  # noqa: N802
        from tensorflow_serving.apis import predict_pb2

        inputs = {name: tf.make_ndarray(proto) for name, proto in request.inputs.items()}
        spec, response = request.model_spec, predict_pb2.PredictResponse()
        for name, value in self.way.predict(spec.name, spec.signature_name, inputs, None).items():
            response.outputs[name].CopyFrom(tf.make_tensor_proto(value))
        return response


class Page(http.server.BaseHTTPRequestHandler):
    """Answers `:predict` of the models of `way`, an `InMemory`."""

    way = None

    def log_message(self, *said):
        """Says nothing."""

    def do_POST(self):
        model = self.path.removeprefix("/v1/models/").removesuffix(":predict")
        told = {name: each.inputs for name, each in self.way.signatures(model)[1].items()}
        body = self.rfile.read(int(self.headers["Content-Length"]))
        request = read_request(body, told)
        made = self.way.predict(model, request.signature, request.inputs, None)
        answer = write_response(made, request.layout)
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)


def models():
    """Returns small models by the names that the page has."""
    sampler = Sampler(busy(VganGenerator(6, frames=4, size=8, width=8)))
    return {
        "restore_deblock_x2": Restorer(busy(RestorerGenerator(2, 8, 1)), edge=(8, 8)),
        "style_ink": Stylizer(busy(StylizerGenerator(8, 1)), edge=(8, 8)),
        "segment_people": Segmenter(busy(SegmenterGenerator(2, 8, 1)), edge=(8, 8)),
        "generate_people": sampler,
        "first": sampler,
    }


@pytest.fixture
def by_grpc():
    """The address of a server by gRPC."""
    server = grpc.server(futures.ThreadPoolExecutor(1))
    stubs.add_PredictionServiceServicer_to_server(Answers(InMemory(models(), True)), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    yield f"127.0.0.1:{port}"
    server.stop(None)


@pytest.fixture
def by_rest(monkeypatch):
    """The address of a server by REST."""
    monkeypatch.setattr(Page, "way", InMemory(models(), False))
    server = http.server.HTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.slow
def test_the_client_of_the_page_gets_what_it_asks_for(by_grpc, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_video("in.mp4", texture(FRAMES, SIDE, (1.0, 0.5))[0], fps=25)
    (block,) = blocks(TEXTS["docs/serving.md"], "python", "client.py")
    assert block.count("localhost:8500") == 1
    names = {}
    exec(block.replace("localhost:8500", by_grpc), names)
    names["client"].close()
    for file, size in (("out.mp4", 2 * SIDE), ("painted.mp4", SIDE), ("cut.webm", SIDE)):
        assert Source(Path(file)).size == (size, size) and Source(Path(file)).count == FRAMES
    assert names["videos"].shape == (2, 4, 8, 8, 3) and names["videos"].dtype == np.uint8


def test_pictures_in_files_are_painted_as_the_page_says(by_rest, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("frames").mkdir()
    for number, frame in enumerate(texture(FRAMES, SIDE, (1.0, 0.5))[0]):
        Path(f"frames/{number}.jpg").write_bytes(tf.io.encode_jpeg(frame).numpy())
    (block,) = blocks(TEXTS["docs/serving.md"], "python", "paint.py")
    names = {}
    exec(block.replace("localhost:8501", by_rest), names)
    assert len(names["painted"]) == FRAMES
    for file in names["painted"]:
        assert file[:3] == b"\xff\xd8\xff" and tf.io.decode_jpeg(file).shape == (SIDE, SIDE, 3)


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")
def test_what_the_page_asks_by_curl_is_answered(by_rest):
    (asked,) = re.findall(r"^curl -X POST .*?'$", TEXTS["docs/serving.md"], re.M | re.DOTALL)
    words = ["bash", "-c", asked.replace("localhost:8501", by_rest)]
    found = subprocess.run(words, capture_output=True, check=True, timeout=60)
    assert np.shape(json.loads(found.stdout)["outputs"]) == (1, 4, 8, 8, 3)
