import contextlib
import gzip
import json
import socket
import threading

import pytest
from light import add_version, light, serving, until

from tfvgan.serving.server.refusal import NOT_FOUND, UNAVAILABLE, Refusal
from tfvgan.serving.server.rest import path_of, refusal_response

assert light  # A fixture.
PREDICT = "/v1/models/toy:predict"


def test_predictions_status_and_metadata(light):
    add_version(light)
    add_version(light, number=2)
    with serving(light, "toy 2 AVAILABLE", labels={"toy": {"old": 1}}) as client:
        client.wait_for("toy 1 AVAILABLE")
        assert client.ask("POST", PREDICT, b"a") == (200, b"2 json a")
        for path in ("versions/1", "labels/old"):
            asked = f"/v1/models/toy/{path}:predict"
            assert client.ask("POST", asked, b"a") == (200, b"1 json a")
        packed = gzip.compress(b"b")
        assert client.ask("POST", PREDICT, packed, {"Content-Encoding": "gzip"}.items()) == (
            200,
            b"2 json b",
        )
        status, told = client.json("GET", "/v1/models/toy/versions/1")
        assert status == 200 and told == {
            "model_version_status": [
                {
                    "version": "1",
                    "state": "AVAILABLE",
                    "status": {"error_code": "OK", "error_message": ""},
                }
            ]
        }
        status, told = client.json("GET", "/v1/models/toy/metadata")
        assert told["model_spec"] == {"name": "toy", "signature_name": "", "version": "2"}
        signatures = told["metadata"]["signature_def"]["signature_def"]
        assert signatures["serving_default"]["inputs"]["x"]["dtype"] == "DT_FLOAT"


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "said"),
    [
        ("POST", "/v1/models/no:predict", b"a", 404, "Servable not found for request: Latest(no)"),
        ("GET", "/v1/models/no", None, 404, "Could not find any versions of model no"),
        ("GET", "/v1/models/no/metadata", None, 404, "Servable not found for request: Latest(no)"),
        ("POST", "/v1/models/toy/labels/x:predict", b"", 400, "servable version label: x"),
        ("DELETE", "/v1/models/toy", None, 400, "Malformed request: DELETE /v1/models/toy"),
        ("GET", "/v1/models/../../../etc/passwd", None, 400, "Malformed request"),
        ("GET", "/v1/models/..%2f..%2fetc%2fpasswd", None, 404, "model ../../etc/passwd"),
        ("POST", PREDICT, b"refuse", 400, "I will not."),
        ("POST", PREDICT, b"die", 503, "toy failed with this request (its process ended"),
        ("POST", PREDICT, b"x" * 2**20 + b"x", 413, "may have 1 MB"),
    ],
)
def test_errors_are_json_with_a_sentence(light, method, path, body, status, said):
    add_version(light)
    with serving(light, body=1) as client:
        found, told = client.json(method, path, body)
        assert found == status and said in told["error"] and told.keys() == {"error"}
        assert client.ask("POST", PREDICT, b"a") == (200, b"1 json a")


def test_a_model_that_failed_is_told_in_its_status(light):
    add_version(light, but="broken")
    with serving(light, "toy 1 END: it is broken") as client:
        (told,) = client.json("GET", "/v1/models/toy")[1]["model_version_status"]
        assert told["state"] == "END"
        assert told["status"] == {"error_code": "UNKNOWN", "error_message": "it is broken"}


def test_two_hundred_at_once_are_all_answered_rightly(light):
    add_version(light)
    with serving(light) as client:
        found = [None] * 200

        def ask(place):
            found[place] = client.ask("POST", PREDICT, b"%d" % place)

        threads = [threading.Thread(target=ask, args=(place,)) for place in range(200)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert found == [(200, b"1 json %d" % place) for place in range(200)]
        lines = client.ask("GET", "/metrics")[1].decode().splitlines()
        assert 'tfvgan_requests_total{model="toy",interface="REST",code="OK"} 200' in lines
        assert "tfvgan_held_bytes 0" in lines


def test_who_hangs_up_is_not_computed_for(light):
    add_version(light)
    with serving(light) as client:
        slow = threading.Thread(target=client.ask, args=("POST", PREDICT, b"sleep 0.5"))
        slow.start()
        until(lambda: b'waiting{model="toy",version="1"} 1' in client.ask("GET", "/metrics")[1])
        for _ in range(5):
            with contextlib.closing(
                socket.create_connection(("127.0.0.1", client.listening.port))
            ) as gone:
                gone.sendall(
                    b"POST %b HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\ndie"
                    % PREDICT.encode()
                )
        slow.join()
        assert client.ask("POST", PREDICT, b"a") == (200, b"1 json a")
        told = client.ask("GET", "/metrics")[1]
        assert b'tfvgan_model_restarts_total{model="toy",version="1"} 0' in told
        assert b'tfvgan_model_renewals_total{model="toy",version="1"} 0' in told
        assert b'interface="REST",code="CANCELLED"} 5' in told


def test_who_is_to_come_again_is_told_when():
    assert refusal_response(Refusal(UNAVAILABLE, "no")).headers["retry-after"] == "1"
    response = refusal_response(Refusal(NOT_FOUND, 'a "b"'))
    assert "retry-after" not in response.headers and json.loads(response.body) == {"error": 'a "b"'}


def test_paths_are_taken_as_they_were_sent():
    assert path_of({"raw_path": b"/a%2fb", "path": "/a/b"}) == "/a%2fb"
    assert path_of({"path": "/a"}) == "/a"


def test_metadata_is_there_once_a_version_answers_and_its_state_before(light):
    """What probes of readiness and of life ask."""
    add_version(light, but="slow")
    with serving(light, wait="toy 1 LOADING") as client:
        status, told = client.json("GET", "/v1/models/toy")
        assert status == 200 and told["model_version_status"][0]["state"] == "LOADING"
        assert client.ask("GET", "/v1/models/toy/metadata")[0] == 404
        client.wait_for("toy 1 AVAILABLE")
        assert client.ask("GET", "/v1/models/toy/metadata")[0] == 200
