"""A client gets from a server what the package makes in memory."""

import os

import numpy as np
import pytest
from in_memory import InMemory, busy
from moving import texture

from tfvgan.data import write_video
from tfvgan.networks import RestorerGenerator, StylizerGenerator, VganGenerator
from tfvgan.serving import Client
from tfvgan.serving.asking import Unanswered
from tfvgan.streaming import Source
from tfvgan.tasks import Restorer, Sampler, Stylizer

VIDEO = texture(6, 32, (1.0, 0.5))[0]


@pytest.fixture(scope="module")
def models():
    return {
        "ink": Stylizer(busy(StylizerGenerator(8, 1)), edge=(8, 8)),
        "sharp": Restorer(busy(RestorerGenerator(1, 8, 1, leveled=True)), edge=(8, 8)),
        "faces": Sampler(busy(VganGenerator(6, frames=4, size=8, width=8))),
    }


WAYS = {}


@pytest.fixture(params=[True, False], ids=["arrays", "files"])
def client(models, request):
    found = Client("http://127.0.0.1:1")
    found._way = WAYS.setdefault(request.param, InMemory(models, request.param))
    return found


def frames(path):
    return np.stack([frame.rgb for frame in Source(path).frames()])


def test_a_file_becomes_what_it_becomes_without_a_server(client, models, tmp_path):
    write_video(tmp_path / "in.mp4", VIDEO, fps=25)
    how = {"codec": "ffv1", "part": 4}
    wanted = Stylizer(models["ink"].generator, 0.5).stylize(
        tmp_path / "in.mp4", tmp_path / "local.mkv", **how
    )
    out = tmp_path / "out.mkv"
    assert client.stylize(tmp_path / "in.mp4", out, "ink", strength=0.5, **how) == str(out)
    assert np.abs(frames(out).astype(int) - frames(wanted)).max() <= 1
    assert Source(out).count == 6


def test_what_was_stopped_goes_on(client, models, tmp_path, monkeypatch):
    """A server that ends takes no part along that was there."""
    write_video(tmp_path / "in.mp4", VIDEO, fps=25)
    given = (tmp_path / "in.mp4", tmp_path / "out.mkv", "ink")
    how = {"codec": "ffv1", "part": 2}
    whole = frames(client.stylize(given[0], tmp_path / "whole.mkv", "ink", **how))
    way, left, done = client._way, [2], []
    answer = way.predict

    def predict(*asked):
        left[0] -= 1
        if left[0] < 0:
            raise Unanswered("gone")
        return answer(*asked)

    monkeypatch.setattr(way, "predict", predict)
    client.tries = 1
    with pytest.raises(ConnectionError, match=r"has not answered in 1 try \(gone\)"):
        client.stylize(*given, **how)
    left[0] = 100
    client.stylize(*given, resume=True, progress=lambda n, count: done.append((n, count)), **how)
    assert done[0][0] > 2 and done[-1] == (6, 6)
    np.testing.assert_array_equal(frames(given[1]), whole)


def test_how_large_frames_become_is_asked_once(client):
    client.restore(VIDEO[:2], model="sharp")
    del client._way.asked[:]
    client.restore(VIDEO[:2], model="sharp")
    assert client._way.asked == [f"restore_part{'' if client._way.arrays else '_encoded'}"]


def test_arrays_are_one_scene(client, models):
    made = client.restore(VIDEO, model="sharp", level=0.25)
    wanted = Restorer(models["sharp"].generator, level=0.25).restore(VIDEO)
    assert np.abs(made.astype(int) - wanted).max() <= 1
    usual = client.restore(VIDEO, model="sharp")
    assert np.abs(usual.astype(int) - models["sharp"].restore(VIDEO)).max() <= 1
    assert (usual != made).any()


def test_videos_of_seeds_come_as_arrays_or_files(client, models, tmp_path):
    made = client.generate("faces", seeds=range(3, 14))
    assert made.shape == (11, 4, 8, 8, 3) and made.dtype == np.uint8
    for place, seed in ((0, 3), (10, 13)):
        wanted = models["faces"].generate(1, seed=seed)[0]
        assert np.abs(made[place].astype(int) - wanted).max() <= 1
    assert client.generate("faces", tmp_path / "one.gif", 5) == [str(tmp_path / "one.gif")]
    assert len(client.generate("faces", tmp_path / "many", [5, 6])) == 2
    assert sorted(os.listdir(tmp_path / "many")) == ["sample-000.mp4", "sample-001.mp4"]
    with pytest.raises(ValueError, match="is one file, for one seed: name a folder for 2"):
        client.generate("faces", tmp_path / "two.mp4", [5, 6])


def test_what_a_model_does_not_do_is_told(client):
    with pytest.raises(ValueError, match="`ink/1` must serve restore_part_encoded, but serves"):
        client.restore(VIDEO, model="ink")
    with pytest.raises(ValueError, match="`faces` has no signature paint: there are generate, "):
        client.predict("faces", "paint", {})
    with pytest.raises(ValueError, match="`sharp` was not trained to fill what is missing"):
        client.restore("in.mp4", "out.mp4", "sharp", mask="mask.png")


def test_a_client_is_closed_behind_a_block(models):
    with Client("http://127.0.0.1:1") as client:
        pass
    assert client._way._connection is None
    assert type(Client("http://127.0.0.1:1")._way).__name__ == "RestTransport"
