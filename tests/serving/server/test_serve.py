import asyncio
import importlib.util
import socket
import urllib.request

import pytest
from light import add_version, light, serving, until

from tfvgan.serving.server import serve
from tfvgan.serving.server.serve import Listening, serve_folder, speaks_grpc

assert light  # A fixture.
PREDICT = "/v1/models/toy:predict"


def test_a_new_version_takes_over_while_requests_come(light):
    add_version(light)
    with serving(light) as client:
        assert client.listening.url == f"http://127.0.0.1:{client.listening.port}"
        add_version(light, number=2, but="slow")
        found = set()

        def newest():
            status, body = client.ask("POST", PREDICT, b"a")
            assert status == 200
            found.add(body)
            return body == b"2 json a"

        until(newest)
        client.wait_for("toy 1 END")
        assert found == {b"1 json a", b"2 json a"}
    ends = [line for line in client.said if line.startswith("It ends once")]
    assert len(ends) == 1 and ends[0].endswith("all who asked have their answers.")
    said = [line for line in client.said if line.startswith("toy 1")]
    assert said[-2:] == ["toy 1 UNLOADING", "toy 1 END"] or said[-1] == "toy 1 END"


def test_it_listens_on_this_machine_alone_unless_told_otherwise(light):
    add_version(light)
    with serving(light) as client:
        other = socket.gethostbyname(socket.gethostname())
        if not other.startswith("127."):
            with pytest.raises(OSError):
                urllib.request.urlopen(f"http://{other}:{client.listening.port}/metrics", timeout=5)


def test_what_cant_be_served_is_refused_in_a_sentence(light, tmp_path, monkeypatch):
    with pytest.raises(ValueError, match="There is no model in .* which has none: a model is a"):
        serve_folder(light, grpc_port=None)
    add_version(light)
    with pytest.raises(ValueError, match="no model 'other' in .* which has toy"):
        serve_folder(light, names=["toy", "other"], grpc_port=None)
    with pytest.raises(ValueError, match="must be a folder of models"):
        serve_folder(tmp_path / "none", grpc_port=None)
    with pytest.raises(ValueError, match="is no address of this machine"):
        serve_folder(light, host="256.1.1.1", grpc_port=None)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ValueError, match=f"Port {port} of 127.0.0.1 can't be listened on"):
            serve_folder(light, port=port, grpc_port=None)
    monkeypatch.setattr("tfvgan.serving.server.room.free_memory", lambda: 0.1)
    with pytest.raises(ValueError, match="load each when it is first asked for"):
        serve_folder(light, grpc_port=None)


def test_packages_that_lack_are_named(light, monkeypatch):
    pytest.importorskip("tensorflow_serving")
    add_version(light)
    assert speaks_grpc()
    find = importlib.util.find_spec
    for lacking, said in (
        ("starlette", "A server needs starlette: run `pip install"),
        ("tensorflow_serving", "gRPC needs tensorflow_serving, which is there for TensorFlow 2.17"),
    ):
        monkeypatch.setattr(
            serve.importlib.util,
            "find_spec",
            lambda name, lacking=lacking: None if name == lacking else find(name),
        )
        with pytest.raises(ValueError, match=said):
            serve_folder(light)
        assert speaks_grpc() == (lacking != "tensorflow_serving")


def test_addresses_of_six_groups_are_put_in_brackets():
    assert Listening("::1", 80, None, lambda: None).url == "http://[::1]:80"


def test_nothing_is_left_when_it_ends(light):
    add_version(light)
    with serving(light) as client:
        assert client.ask("POST", PREDICT, b"a")[0] == 200
        port = client.listening.port
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.1", port), timeout=5)
    with pytest.raises(RuntimeError):
        asyncio.get_running_loop()
