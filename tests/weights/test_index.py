"""Where files are: pages as HTML and as JSON, mirrors that have nothing, errors that say why."""

import pytest

from tfvgan.weights.index import Web, links, locate


@pytest.fixture
def web():
    return Web()


@pytest.mark.parametrize("as_json", [False, True])
def test_a_page_leads_to_its_files(index, toy, web, as_json):
    """Relative links are completed, the part behind # is cut off, links elsewhere are not taken."""
    index.as_json = as_json
    wanted = index.address.replace("/simple", f"/files/{toy.distribution.file}")
    assert links(f"{index.address}/toy-net/", web) == {toy.distribution.file: wanted}
    assert locate(toy.distribution, [f"{index.address}/"], web) == wanted


def test_the_next_index_is_asked(index, toy, web):
    places = ["file:///nowhere", "http://127.0.0.1:9/simple", index.address + "/x", index.address]
    assert locate(toy.distribution, places, web).startswith("http://127.0.0.1")
    assert [path for path, _ in index.requests] == ["/simple/x/toy-net/", "/simple/toy-net/"]


def test_what_each_index_answered_is_said_without_passwords(index, toy, web):
    index.file = "toy_net-2.0.tar.gz"
    places = ["http://user:secret@127.0.0.1:9/simple", index.address]
    with pytest.raises(ValueError, match="127.0.0.1 answered: .*; 127.0.0.1 does not have") as said:
        locate(toy.distribution, places, web)
    assert "secret" not in str(said.value)
    with pytest.raises(ValueError, match="set to ask no index"):
        locate(toy.distribution, [], web)


@pytest.mark.parametrize("text", [b"{", b'{"files": [{}]}', b'{"nothing": 0}', b"\xff"])
def test_a_page_that_makes_no_sense_is_an_answer_too(index, toy, web, text, monkeypatch):
    monkeypatch.setattr("json.dumps", lambda page: text.decode("latin-1"))
    with pytest.raises(ValueError, match="127.0.0.1 answered"):
        locate(toy.distribution, [index.address], web)
