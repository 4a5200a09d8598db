"""What JSON files say becomes what it should, or a sentence; never anything else."""

import dataclasses
import json
import random
from typing import NamedTuple

import pytest

from tfvgan.claims import LARGEST_FILE, claimed, read_claims


class Place(NamedTuple):
    name: str
    at: tuple[int, int]
    sums: list[int] = []


@dataclasses.dataclass
class Trip:
    places: list[Place]
    fps: float | None = None
    back: bool = False
    size: int | tuple[int, int] = 1
    videos: str | list = ""

    def __post_init__(self):
        if self.fps is not None and self.fps <= 0:
            raise ValueError("`fps` must be above 0.")


GOOD = {
    "places": [{"name": "a", "at": [1, 2]}, {"name": "b", "at": [3, 4], "sums": [1, 2**40]}],
    "fps": 25,
    "size": [3, 4],
    "videos": ["x"],
}


def written(path, said):
    path.write_text(said if isinstance(said, str) else json.dumps(said), encoding="utf-8")
    return path


def test_what_is_as_it_should_be_becomes_it(tmp_path):
    made = read_claims(written(tmp_path / "x.json", GOOD), Trip, "a trip")
    places = [Place("a", (1, 2)), Place("b", (3, 4), [1, 2**40])]
    assert made == Trip(places, 25, False, (3, 4), ["x"])
    assert made.places[1].at == (3, 4) and isinstance(made.size, tuple)
    assert claimed(["a", "b"], list[str]) == ["a", "b"]


@pytest.mark.parametrize(
    "change, reason",
    [
        ({"fps": "25"}, "`fps` should be a number or null, but is '25'"),
        ({"fps": True}, "`fps` should be a number or null, but is True"),
        ({"fps": 0}, "`fps` must be above 0"),
        ({"back": 1}, "`back` should be true or false, but is 1"),
        ({"size": 1.0}, "`size` should be a whole number or a list, but is 1.0"),
        ({"size": [1]}, "`size` should have 2 entries, but has 1"),
        ({"size": [1, None]}, "an entry of `size` should be a whole number, but is None"),
        ({"places": [3]}, "an entry of `places` should be names with values, but is 3"),
        ({"places": [{"name": "a"}]}, "`at` is missing"),
        ({"places": None}, "`places` should be a list, but is None"),
        ({"videos": "x" * 99, "more": 1}, "'more' is nothing that this version knows"),
        ({"videos": {"x" * 99: 1}}, r"x\.\.\.}\): put"),
    ],
)
def test_what_is_not_is_one_sentence(change, reason, tmp_path):
    path = written(tmp_path / "x.json", GOOD | change)
    with pytest.raises(ValueError, match=reason) as caught:
        read_claims(path, Trip, "a trip")
    said = str(caught.value)
    assert said.startswith(f"`{path}` should be a trip, but is not (") and said.endswith("there.")


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", "[" * 100_000, '{"places": [], "fps": NaN}', '{"fps": 1e999}']
)
def test_what_is_no_json_is_one_sentence(text, tmp_path):
    with pytest.raises(ValueError, match="should be a trip, but is not"):
        read_claims(written(tmp_path / "x.json", text), Trip, "a trip")


def test_a_missing_or_huge_file_is_one_sentence(tmp_path):
    with pytest.raises(ValueError, match="No such file"):
        read_claims(tmp_path / "x.json", Trip, "a trip")
    with open(tmp_path / "x.json", "wb") as file:
        file.truncate(LARGEST_FILE + 1)
    with pytest.raises(ValueError, match="over 256 MB"):
        read_claims(tmp_path / "x.json", Trip, "a trip")


def test_a_reason_that_quotes_much_is_cut(tmp_path):
    (tmp_path / "x.json").write_text('"long"')

    def kind(content):
        raise ValueError(f"it must be short, but is {999 * content}.")

    with pytest.raises(ValueError, match=r"\(it must be short, .*\.\.\.\): put") as said:
        read_claims(tmp_path / "x.json", kind, "a text")
    assert len(str(said.value)) < 420 + len(str(tmp_path))


def test_whatever_the_bytes_are_it_is_a_value_or_a_sentence(tmp_path):
    draw, good, path = random.Random(0), json.dumps(GOOD).encode(), tmp_path / "x.json"
    outcomes = {True: 0, False: 0}
    for _ in range(300):
        data = bytearray(good)
        for _ in range(draw.randint(1, 2)):
            data[draw.randrange(len(data))] = draw.choice(b'0123456789"{}[],:tfne-\xff\x00')
        path.write_bytes(data)
        try:
            outcomes[isinstance(read_claims(path, Trip, "a trip"), Trip)] += 1
        except ValueError as error:
            assert str(error).count("\n") == 0 and str(error).endswith("there.")
            outcomes[False] += 1
    assert min(outcomes.values()) > 5
