"""Where files are: pages as HTML and as JSON, mirrors that have nothing, errors that say why."""

import pytest

from tfvgan.weights.index import Web, links, locate, without_password


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
    for known in ("user:secret", "user:se%63ret", "user:se:cret", "secret"):
        places = [f"http://{known}@127.0.0.1:9/simple", index.address]
        wanted = "127.0.0.1 answered: .*; 127.0.0.1 does not have"
        with pytest.raises(ValueError, match=wanted) as said:
            locate(toy.distribution, places, web)
        assert not any(part in str(said.value) for part in ("cret", "user"))
    with pytest.raises(ValueError, match="set to ask no index"):
        locate(toy.distribution, [], web)


@pytest.mark.parametrize("text", [b"{", b'{"files": [{}]}', b'{"nothing": 0}', b"\xff"])
def test_a_page_that_makes_no_sense_is_an_answer_too(index, toy, web, text, monkeypatch):
    monkeypatch.setattr("json.dumps", lambda page: text.decode("latin-1"))
    with pytest.raises(ValueError, match="127.0.0.1 answered"):
        locate(toy.distribution, [index.address], web)


def test_what_has_no_password_is_left_as_it_is():
    text = "The page https://127.0.0.1/simple is not there."
    assert without_password(text, "https://127.0.0.1/simple") == text
    assert (
        without_password("of https://a:b%40@c/x, a:b@", "https://a:b%40@c/x")
        == "of https://c/x, a:..."
    )
