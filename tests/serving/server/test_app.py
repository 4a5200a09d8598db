import pytest
from light import add_version, light, serving

from tfvgan.serving.server import rest

assert light  # A fixture.
PREDICT = "/v1/models/toy:predict"


def test_metrics_tell_of_each_version(light):
    add_version(light)
    add_version(light, name="bad", but="broken")
    with serving(light) as client:
        client.wait_for("bad 1 END: it is broken")
        for path in ("/metrics", "/monitoring/prometheus/metrics"):
            status, told = client.ask("GET", path)
            lines = told.decode().splitlines()
            assert status == 200
            assert 'tfvgan_model_available{model="toy",version="1"} 1' in lines
            assert 'tfvgan_model_available{model="bad",version="1"} 0' in lines
        sizes = {line.split()[0]: float(line.split()[1]) for line in lines if line[0] != "#"}
        assert sizes["tfvgan_server_resident_bytes"] > 10**8
        assert sizes['tfvgan_model_resident_bytes{model="toy",version="1"}'] > 10**6


def test_pages_of_other_sites_may_not_ask(light):
    add_version(light)
    with serving(light) as client:
        own = f"http://127.0.0.1:{client.listening.port}"
        for origin, status in ((own, 200), ("http://evil", 403), ("null", 403)):
            assert client.ask("POST", PREDICT, b"a", [("Origin", origin)])[0] == status
        assert client.ask("GET", "/v1/models/toy", headers=[("Origin", "http://evil")])[0] == 200
        for site, status in (("same-origin", 200), ("cross-site", 403), ("same-site", 403)):
            headers = [("Origin", "https://proxy"), ("Sec-Fetch-Site", site)]
            assert client.ask("POST", PREDICT, b"a", headers)[0] == status


@pytest.mark.parametrize(
    "path", ["/nothing", "/../../etc/passwd", "/%2e%2e/setup.py", "/v2/models"]
)
def test_nothing_is_found_elsewhere(light, path):
    add_version(light)
    with serving(light) as client:
        status, told = client.json("GET", path)
        assert status == 404 and "There is nothing at" in told["error"]
        assert client.json("POST", "/metrics", b"")[0] == 405


def test_a_mistake_of_the_server_is_told_without_its_reason(light, monkeypatch, capsys):
    add_version(light)
    with serving(light) as client:
        monkeypatch.setattr(rest, "read_path", lambda *given: 1 / 0)
        assert client.json("POST", PREDICT, b"a") == (500, {"error": "The server failed."})
        monkeypatch.undo()
        assert client.ask("GET", "/metrics")[0] == 200
    assert "ZeroDivisionError" in capsys.readouterr().err
