"""Parts of a whole: each made once, none forgotten, removed when the whole holds them."""

import shutil
from pathlib import Path

import pytest
import toy_verb

from tfvgan.batch import Shard, Spread
from tfvgan.batch.parts import PARTS, FileParts
from tfvgan.batch.records import Records

NAMES = [f"{number}.mp4" for number in range(12)]


@pytest.fixture
def whole(tmp_path):
    """A function that makes the parts of a share; `held` are the items that the whole has."""
    folder = toy_verb.films(tmp_path / "in", *NAMES)
    parts = FileParts(tmp_path / "out", "copy", toy_verb.opened, {}, [folder], ".part")
    items = [parts.item(str(folder / name)) for name in NAMES]

    def made(shard, held=()):
        return parts.make(lambda: [item for item in items if item not in held], Spread(shard))

    made.parts, made.items = parts, items
    return made


def test_shares_make_each_part_once(whole):
    first = whole(Shard(0, 2))
    assert 0 < first.left < 12 and len(first.made) == 12 - first.left
    last = whole(Shard(1, 2))
    assert last.left == 0 and sorted(first.made + last.made) == sorted(i.path for i in whole.items)
    for item in whole.items:
        with open(item.out) as file:
            assert file.read() == item.path.rpartition("/")[2]
    again = whole(Shard())
    assert not again.made and len(again.same) == 12


def test_what_the_whole_holds_is_not_made(whole):
    outcome = whole(Shard(), held=whole.items[:10])
    assert len(outcome.made) == 2
    assert not whole(Shard(), held=whole.items).same, "nothing is looked at"


def test_what_has_failed_is_told_to_all_and_not_waited_for(whole, tmp_path):
    (tmp_path / "in" / "0.mp4").rename(tmp_path / "in" / "bad.mp4")
    item = whole.parts.item(str(tmp_path / "in" / "bad.mp4"))
    whole.items[0] = item
    outcomes = [whole(Shard(index, 2)) for index in range(2)]
    assert [record["name"] for record in outcomes[1].failed] == [item.name]
    assert outcomes[1].left == 0


def test_what_changed_is_left_until_it_is_made_again(whole, tmp_path):
    whole(Shard(0, 2))
    whole(Shard(1, 2))
    (tmp_path / "in" / "3.mp4").write_text("changed")
    mine = next(n for n in range(2) if Shard(n, 2).holds(whole.items[3].share))
    assert whole(Shard(1 - mine, 2)).left == 1
    assert whole(Shard(mine, 2)).left == 0


def test_another_may_put_all_together_meanwhile(whole):
    """Then the parts are gone, and nothing is left: the whole holds it."""
    held = []

    def lacking():
        if Records(whole.parts.folder).read(whole.items[0].name):
            held.extend(whole.items)
            shutil.rmtree(whole.parts.folder)
        return [item for item in whole.items if item not in held]

    outcome = whole.parts.make(lacking, Spread(Shard(0, 2)))
    assert outcome.left > 0 or held
    whole(Shard())
    outcome = whole.parts.make(lacking, Spread(Shard(0, 2)))
    assert not outcome.left and not outcome.failed


def test_parts_are_apart_by_settings_and_by_what_was_named(tmp_path):
    def folder(settings=None, of=("a",), verb="copy"):
        made = FileParts(tmp_path, verb, toy_verb.opened, settings or {}, of, "")
        return made.folder

    folders = {folder(), folder({"x": 1}), folder(of=["b"]), folder(verb="index")}
    assert len(folders) == 4 and folder() in folders
    assert folder() == folder(of="a") == folder(of=Path("a")) == folder(of=["a"])
    assert all(each.parent == tmp_path / PARTS for each in folders)


def test_two_read_files_are_looked_at_both(tmp_path):
    folder = toy_verb.films(tmp_path, "a.mp4", "b.mp4")
    parts = FileParts(tmp_path / "out", "copy", toy_verb.opened, {}, [], "")
    item = parts.item(str(folder / "a.mp4"), "a", str(folder / "b.mp4"))
    assert item.name == "a" and len(item.state()) == 4
    before = item.state()
    (folder / "b.mp4").write_text("longer than it was")
    assert item.state() != before and item._replace(beside="").state() == before[:2]


def test_parts_are_removed_and_others_stay(whole, tmp_path):
    whole(Shard())
    other = FileParts(tmp_path / "out", "copy", toy_verb.opened, {"x": 1}, [], "")
    other.folder.mkdir()
    whole.parts.remove()
    assert other.folder.exists() and not whole.parts.folder.exists()
    other.remove()
    assert not (tmp_path / "out" / PARTS).exists()


def test_a_share_depends_on_the_name_within_the_folder_alone(tmp_path):
    shares = []
    for root in (tmp_path / "here", tmp_path / "far" / "away"):
        of = [root / "videos", root / "one.mp4"]
        parts = FileParts(tmp_path / "out", "copy", toy_verb.opened, {}, of, "")
        paths = [str(root / "videos" / "deep" / "a.mp4"), str(root / "one.mp4")]
        shares.append([parts.item(path).share for path in paths])
        assert [parts.item(path).name for path in paths] == paths
        assert parts.item(paths[0], name="pair")[::4] == ("pair", "deep/a.mp4")
    assert shares == [["deep/a.mp4", "one.mp4"]] * 2
