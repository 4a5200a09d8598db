"""A library that many have made is that of one."""

import os
import random
import shutil
import signal
import sys
import threading
import time

import killing
import media
import pytest
import toy_parts
from drifting import Thumbnails, drifting

from tfvgan.batch import Shard, Spread, index_by_file
from tfvgan.library import Library
from tfvgan.locks import Lock
from tfvgan.runs.index import index

module = sys.modules["tfvgan.batch.index_by_file"]
pytestmark = pytest.mark.usefixtures("numbered_shares")


@pytest.fixture(scope="module")
def films(tmp_path_factory):
    folder = tmp_path_factory.mktemp("films")
    for number in range(6):
        drifting(folder / f"{number}.mp4", 1.5, number)
    return folder


@pytest.fixture
def videos(films, tmp_path):
    return shutil.copytree(films, tmp_path / "videos")


@pytest.fixture(autouse=True)
def embedder(monkeypatch):
    """The one that is loaded, which counts the windows that it sees."""
    made = Thumbnails()
    monkeypatch.setattr(module, "load_embedder", lambda model: made)
    return made


def indexed(videos, out, number=0, count=1):
    return index_by_file(videos, out, "toy", Spread(Shard(number, count)))


def content(folder):
    return {
        os.path.relpath(os.path.join(place, name), folder): open(
            os.path.join(place, name), "rb"
        ).read()
        for place, _, names in os.walk(folder)
        for name in names
    }


def test_shares_make_the_library_of_one(videos, tmp_path, embedder):
    index(videos, tmp_path / "one", Thumbnails())
    shares = [indexed(videos, tmp_path / "many", number, 3) for number in range(3)]
    assert [changes is not None for _, changes in shares] == [False, False, True]
    assert len(shares[2][1].read) == 6 and embedder.seen == 6 * 3
    assert content(tmp_path / "many") == content(tmp_path / "one")


def test_moved_and_gone_ones_are_said_and_nothing_is_read_twice(videos, tmp_path, embedder):
    indexed(videos, tmp_path / "many")
    (videos / "0.mp4").rename(videos / "new.mp4")
    (videos / "1.mp4").unlink()
    shutil.copy(videos / "2.mp4", videos / "copy.mp4")
    drifting(videos / "more.mp4", 1, 9)
    seen = embedder.seen
    outcomes = [indexed(videos, tmp_path / "many", number, 2) for number in range(2)]
    changes = outcomes[1][1]
    assert embedder.seen == seen + 2
    assert changes.moved == [(str(videos / "0.mp4"), str(videos / "new.mp4"))]
    assert changes.gone == [str(videos / "1.mp4")] and changes.known == [str(videos / "copy.mp4")]
    assert changes.read == [str(videos / "more.mp4")] and len(changes.same) == 4
    outcome, changes = indexed(videos, tmp_path / "many", 0, 2)
    assert not outcome.made and len(changes.same) == 7 and embedder.seen == seen + 2


def test_a_share_that_was_stopped_goes_on(videos, tmp_path, embedder, monkeypatch):
    def stopping(windows):
        if embedder.seen > 8:
            raise KeyboardInterrupt
        return Thumbnails.embed(embedder, windows)

    monkeypatch.setattr(embedder, "embed", stopping, raising=False)
    with pytest.raises(KeyboardInterrupt):
        indexed(videos, tmp_path / "many")
    assert not (tmp_path / "many" / "library.json").exists()
    seen = embedder.seen
    monkeypatch.undo()
    monkeypatch.setattr(module, "load_embedder", lambda model: embedder)
    outcome, _ = indexed(videos, tmp_path / "many")
    assert len(outcome.same) == 3 and embedder.seen == seen + 3 * 3


def test_one_process_alone_writes_the_library(videos, tmp_path, caplog):
    """Shares make parts while another is at the library; the last waits for it."""
    (tmp_path / "many").mkdir()
    other = Lock(tmp_path / "many" / ".lock").sign()
    assert indexed(videos, tmp_path / "many", 0, 2)[1] is None
    last = threading.Thread(target=indexed, args=(videos, tmp_path / "many", 1, 2))
    last.start()
    last.join(1.5)
    assert last.is_alive() and not (tmp_path / "many" / "library.json").exists()
    other.close(remove=True)
    last.join(30)
    assert len(Library(tmp_path / "many").entries()) == 6
    assert "this one waits for it" in caplog.text


def test_what_can_not_be_read_is_left_out_as_by_one_process(videos, tmp_path, caplog):
    media.text(videos / "none.mp4")
    index(videos, tmp_path / "one", Thumbnails())
    (said,) = [line for line in caplog.messages if "none.mp4 can't be read as a video" in line]
    caplog.clear()
    assert indexed(videos, tmp_path / "many", 0, 2)[1] is None
    outcome, changes = indexed(videos, tmp_path / "many", 1, 2)
    assert not outcome.failed and len(changes.read) == 6
    assert changes.unreadable == [str(videos / "none.mp4")]
    assert caplog.messages == [said], "for the same reason, once"
    outcome, changes = indexed(videos, tmp_path / "many")
    assert outcome.made == changes.unreadable == [str(videos / "none.mp4")], "it is tried again"


def test_what_failed_for_another_reason_has_failed_and_is_left_out(videos, tmp_path, monkeypatch):
    read, last = module.entry_of, str(videos / "5.mp4")

    def full(path, embedder):
        if path == last:
            raise OSError("the disk is full")
        return read(path, embedder)

    monkeypatch.setattr(module, "entry_of", full)
    outcome, changes = indexed(videos, tmp_path / "many")
    assert [each["name"] for each in outcome.failed] == [last]
    assert outcome.errors[last] == "the disk is full"
    assert changes.unreadable == [last] and len(changes.read) == 5


def test_a_damaged_part_is_read_again(videos, tmp_path, embedder, monkeypatch):
    update = module.update

    def damaging(*given, made):
        part = next((tmp_path / "many" / ".parts").rglob("*.npz"))
        part.write_bytes(part.read_bytes()[:-20])
        return update(*given, made=made)

    monkeypatch.setattr(module, "update", damaging)
    indexed(videos, tmp_path / "many")
    assert embedder.seen == 7 * 3 and len(Library(tmp_path / "many").entries()) == 6


def test_entries_that_are_gone_are_made_again(videos, tmp_path):
    indexed(videos, tmp_path / "many")
    next((tmp_path / "many" / "vectors").iterdir()).unlink()
    outcome, changes = indexed(videos, tmp_path / "many")
    assert len(outcome.made) == 1 and len(changes.read) == 1
    assert len(Library(tmp_path / "many").entries()) == 6


def test_bad_input_changes_nothing(videos, tmp_path, embedder):
    (tmp_path / "none").mkdir()
    with pytest.raises(ValueError, match="holds no video"):
        indexed(tmp_path / "none", tmp_path / "many")
    with pytest.raises(ValueError, match="something else than a library"):
        indexed(videos, videos)
    assert not (tmp_path / "many").exists() and not (videos / ".parts").exists()
    indexed(videos, tmp_path / "many")
    embedder.name = "other"
    with pytest.raises(ValueError, match="made with the model thumbnails, but this one is other"):
        indexed(videos, tmp_path / "many")


def begun(videos, out, number):
    """Returns the process, a copy of this one, that makes a share of two of a library."""
    child = os.fork()
    if child:
        return child
    try:
        indexed(videos, out, number, 2)
    finally:
        os._exit(0)


@pytest.mark.slow
def test_twenty_killed_shares_lose_nothing_and_list_nothing_twice(tmp_path, monkeypatch):
    videos, out, draws = tmp_path / "videos", tmp_path / "many", random.Random(0)
    videos.mkdir()
    for number in range(60):
        drifting(videos / f"{number}.mp4", 1.5, number)
    monkeypatch.setattr(module, "load_embedder", lambda model: toy_parts.Slow(0.1))
    index(videos, tmp_path / "one", Thumbnails())
    shares = {number: begun(videos, out, number) for number in range(2)}
    killed = 0
    while killed < 20:
        time.sleep(draws.uniform(0, 0.5))
        number = draws.randrange(2)
        os.kill(shares[number], signal.SIGKILL)
        killed += os.waitpid(shares[number], 0)[1] == signal.SIGKILL
        shares[number] = begun(videos, out, number)
    for child in shares.values():
        os.waitpid(child, 0)
    outcome, changes = indexed(videos, out)
    assert not outcome.made and len(changes.same) == 60, "all was there when both had ended"
    assert content(out) == content(tmp_path / "one")


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.filterwarnings("ignore")
def test_twenty_killed_workers_of_a_cluster_lose_nothing(tmp_path, monkeypatch):
    videos, out = tmp_path / "videos", tmp_path / "many"
    videos.mkdir()
    for number in range(60):
        drifting(videos / f"{number}.mp4", 1.5, number)
    index(videos, tmp_path / "one", Thumbnails())
    monkeypatch.setattr(module, "open_index", toy_parts.open_index)
    made, failed = [], True
    with killing.quick_starts(), killing.Killer(out, 20, within=1.5) as killer:
        while failed:  # Workers at one file were killed too often: the same command makes it.
            outcome, _ = index_by_file(videos, out, "0.4", Spread(cluster="local:2"))
            made, failed = made + outcome.made, outcome.failed
    assert len(killer.killed) == 20 and sorted(made) == sorted(Library(out).places)
    assert len(made) == 60 and content(out) == content(tmp_path / "one")
