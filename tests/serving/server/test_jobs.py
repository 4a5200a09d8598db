import os
import stat
import tempfile
from pathlib import Path

import pytest
from light import add_trial, add_version, light, serving, until

assert light  # A fixture.


@pytest.fixture
def trials(light, tmp_path, monkeypatch):
    """A folder with models that can be tried, one that can't, and where clips go."""
    add_trial(light, "paint", "stylize_frame", what="Paints")
    add_trial(light, "new", "sample")
    add_version(light, "toy")
    place = tmp_path / "clips"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return light


def done(client, name):
    """Returns what is told of a clip when nothing more becomes of it."""
    told = {}

    def over():
        told.update(client.json("GET", f"/jobs/{name}")[1])
        return told["state"] in ("done", "failed")

    until(over)
    return told


def begin(client, clip, model="paint", query=""):
    status, told = client.json("POST", f"/jobs/{model}{query}", clip)
    assert status == 202
    return told["id"]


def test_models_and_what_can_be_tried(trials):
    with serving(trials) as client:
        told = {one["name"]: one for one in client.json("GET", "/models")[1]["models"]}
    assert {name: one["kind"] for name, one in told.items()} == {
        "new": "generate",
        "paint": "stylize",
        "toy": None,
    }
    assert told["paint"]["about"] == "Paints" and told["toy"]["about"] == ""
    assert told["paint"]["options"]["strength"]["value"] == 1.0
    assert told["toy"]["versions"] == [{"version": 1, "state": "AVAILABLE", "error": ""}]


def test_a_clip_goes_in_and_both_come_out_whole_or_in_part(trials):
    with serving(trials) as client:
        name = begin(client, b"clip", query="?strength=0.5")
        told = done(client, name)
        assert told["state"] == "done" and told["files"] == ["after", "before"]
        after = b'after clip{"strength": 0.5}'
        assert client.ask("GET", f"/jobs/{name}/after") == (200, after)
        ranged = [("Range", "bytes=6-9")]
        assert client.ask("GET", f"/jobs/{name}/after", headers=ranged) == (206, b"clip")
        assert client.ask("GET", f"/jobs/{name}/after?download")[1] == after
        for path in ("upload", "..%2f..%2fetc%2fpasswd", "after.mp4", "%2e%2e"):
            assert client.ask("GET", f"/jobs/{name}/{path}")[0] == 404
        assert client.json("DELETE", f"/jobs/{name}")[0] == 200
        assert client.json("GET", f"/jobs/{name}")[0] == 404


def test_a_generator_makes_a_clip_of_a_seed(trials):
    with serving(trials) as client:
        name = begin(client, None, "new", "?seed=7")
        assert done(client, name)["files"] == ["after"]
        assert client.ask("GET", f"/jobs/{name}/after")[1].startswith(b"after seed 7")


@pytest.mark.parametrize(
    ("path", "clip", "status", "said"),
    [
        ("/jobs/toy", b"clip", 404, "no model 'toy' for clips"),
        ("/jobs/none", b"clip", 404, "no model 'none' for clips"),
        ("/jobs/..%2f..", b"clip", 405, "nothing at"),
        ("/jobs/paint?strength=2", b"clip", 400, "`strength` must be a number from 0 to 1"),
        ("/jobs/paint?model=x", b"clip", 400, "no option 'model'"),
        ("/jobs/paint", b"", 400, "no clip in the request"),
        ("/jobs/paint", b"x" * 2**20 + b"x", 413, "may have 1 MB"),
    ],
)
def test_what_is_wrong_is_told_and_leaves_nothing(trials, path, clip, status, said):
    with serving(trials, upload=1) as client:
        found, told = client.json("POST", path, clip)
        assert found == status and said in told["error"]
        (place,) = Path(tempfile.gettempdir()).iterdir()
        until(lambda: not list(place.iterdir()))


def test_clips_that_fail_harm_nobody(trials):
    with serving(trials) as client:
        names = [begin(client, clip) for clip in (b"die", b"no clip", b"clip")]
        told = [done(client, name) for name in names]
        assert [one["state"] for one in told] == ["failed", "failed", "done"]
        assert told[1]["error"] == "The clip is none."


def test_one_is_done_at_a_time_and_few_wait(trials):
    with serving(trials, jobs=2) as client:
        first = begin(client, b"sleep 30")
        second = begin(client, b"clip")
        told = client.json("GET", f"/jobs/{second}")[1]
        assert told["state"] == "waiting" and told["ahead"] == 1
        status, told = client.json("POST", "/jobs/paint", b"clip")
        assert status == 503 and "2 clips wait already" in told["error"]
        client.json("DELETE", f"/jobs/{first}")
        assert done(client, second)["state"] == "done"


def test_clips_are_private_and_are_deleted_after_a_while_and_at_the_end(trials):
    with serving(trials, kept=0.5) as client:
        (place,) = Path(tempfile.gettempdir()).iterdir()
        name = begin(client, b"clip")
        assert done(client, name)["state"] == "done" and len(name) > 20
        for folder in (place, place / name):
            assert stat.S_IMODE(os.stat(folder).st_mode) == 0o700
        until(lambda: client.ask("GET", f"/jobs/{name}")[0] == 404)
        assert not list(place.iterdir())
        begin(client, b"sleep 30")
    assert not place.exists()
