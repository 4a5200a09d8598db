import pytest
from tfvgan_cli.main import main
from tfvgan_cli.serve import LIMITS

from tfvgan.serving import server
from tfvgan.serving.server import Limits, serve
from tfvgan.serving.server.serve import Listening


@pytest.fixture
def asked(monkeypatch):
    found = []

    def serve_folder(folder, ready, told, **named):
        found.append((folder, named))
        ready(Listening(named.get("host", "127.0.0.1"), 8501, named.get("grpc_port", 8500), None))
        told("toy 1 AVAILABLE")

    monkeypatch.setattr(server, "serve_folder", serve_folder)
    return found


def test_what_is_typed_is_handed_on(asked, capsys):
    line = (
        "serve models --host 0.0.0.0 --port 0 --grpc-port none --models a b --label a:old=1 --lazy"
    )
    assert main([*line.split(), "--body", "1.5", "--at-once", "3"]) == 0
    ((folder, named),) = asked
    assert folder == "models" and named == {
        "host": "0.0.0.0",
        "port": 0,
        "grpc_port": None,
        "lazy": True,
        "names": ["a", "b"],
        "labels": {"a": {"old": 1}},
        "limits": Limits(body=1.5, at_once=3),
    }
    said = capsys.readouterr()
    assert "Whoever reaches this machine may ask" in said.out and "gRPC" not in said.out
    assert said.err == "toy 1 AVAILABLE\n"


def test_it_speaks_grpc_where_it_can(asked, capsys, monkeypatch):
    monkeypatch.setattr(serve, "speaks_grpc", lambda: True)
    assert main(["serve", "models"]) == 0
    assert "grpc_port" not in asked[0][1]
    said = capsys.readouterr().out
    assert "gRPC is at 127.0.0.1:8500" in said and "password" not in said
    monkeypatch.setattr(serve, "speaks_grpc", lambda: False)
    assert main(["serve", "models"]) == 0
    assert asked[1][1]["grpc_port"] is None
    assert "There is no gRPC: it needs tensorflow-serving-api" in capsys.readouterr().out


def test_the_limits_are_those_of_the_server():
    usual = Limits()._asdict() | {"at_once": "the number of cores"}
    assert {name.replace("-", "_"): default for name, (default, _) in LIMITS.items()} == usual


@pytest.mark.parametrize("words", [["--port", "65536"], ["--port", "none"], ["--queue", "1.5"]])
def test_wrong_numbers_are_refused(words, capsys):
    with pytest.raises(SystemExit, match="2"):
        main(["serve", "models", *words])
    assert "expected" in capsys.readouterr().err


def test_a_label_that_is_none_is_refused(asked, capsys):
    assert main(["serve", "models", "--label", "a=1"]) == 2
    assert "must be MODEL:LABEL=VERSION" in capsys.readouterr().err
