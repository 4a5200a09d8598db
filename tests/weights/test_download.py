"""Downloads go on where they stopped, and stop where they should."""

import pytest

from tfvgan.weights import download as module
from tfvgan.weights.download import download
from tfvgan.weights.index import Web


@pytest.fixture
def pauses(monkeypatch):
    """The seconds slept, none of which were."""
    slept = []
    monkeypatch.setattr(module.time, "sleep", slept.append)
    return slept


@pytest.fixture
def part(tmp_path):
    return tmp_path / "toy.tar.gz.part"


@pytest.fixture
def get(index, part):
    """Downloads the index's file, or what the index now says is one of `total` bytes."""

    def get(total=None):
        address = index.address.replace("/simple", f"/files/{index.file}")
        download(address, part, total or len(index.content), Web(), progress=False)
        return part.read_bytes()

    return get


def asked(index):
    return [where for _, where in index.requests]


def test_a_whole_file_is_one_request(index, get):
    assert get() == index.content
    assert asked(index) == [None]


def test_what_is_whole_is_not_asked_for(index, part, get):
    part.write_bytes(index.content)
    assert get() == index.content and not index.requests


def test_it_goes_on_where_it_stopped(index, part, get):
    part.write_bytes(index.content[:1000])
    assert get() == index.content
    assert asked(index) == ["bytes=1000-"]


def test_a_broken_connection_is_taken_up_again(index, get, pauses):
    """As long as something comes, there is no pause."""
    index.breaks_after = [50_000, 70_000]
    assert get() == index.content
    assert asked(index) == [None, "bytes=50000-", "bytes=120000-"] and not pauses


def test_a_server_without_ranges_sends_all_again(index, part, get):
    index.ranges = False
    part.write_bytes(b"of another file")
    assert get() == index.content


def test_too_long_a_part_is_begun_again(index, part, get):
    part.write_bytes(index.content + b"more")
    assert get() == index.content


def test_no_more_is_written_than_expected(index, get):
    assert get(total=1000) == index.content[:1000]


def test_a_connection_that_gives_nothing_is_given_up_and_the_part_kept(index, part, get, pauses):
    index.breaks_after = [1000] + 9 * [0]
    with pytest.raises(ValueError, match="the connection ended early.*goes on from there"):
        get()
    assert pauses == [1, 2, 4, 8]
    assert part.read_bytes() == index.content[:1000]


def test_a_refusal_is_final_and_a_failing_server_is_asked_again(index, get, pauses):
    index.status = 403
    with pytest.raises(ValueError, match="403"):
        get()
    assert not pauses and len(index.requests) == 1
    index.status = 503
    with pytest.raises(ValueError, match="503"):
        get()
    assert len(index.requests) == 1 + 5


def test_a_password_in_an_address_is_not_said(part, pauses):
    address = "http://user:secret@127.0.0.1:9/toy.tar.gz"
    with pytest.raises(ValueError, match="The download of http://127.0.0.1:9/toy.tar.gz") as said:
        download(address, part, 10, Web(), progress=False)
    assert "secret" not in str(said.value) and "user" not in str(said.value)
