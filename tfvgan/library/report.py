"""What a library's duplicates are: groups, what differs in them, excerpts and shared parts."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from tfvgan.data.resize import resize
from tfvgan.library.entry import Facts, VideoEntry
from tfvgan.library.groups import grouped, relations
from tfvgan.library.match import Match
from tfvgan.library.pictures import pictures_at

ENDS = 1.0  # Seconds that are no trim.
FASTER = 0.03  # Share of a speed that is none.
RATES = 1.25  # Times that bit rates must differ by.
PICTURES = 3  # that say whether a video is mirrored,
SMALL = 24  # Pixels: and their sides.
CLEARLY = 0.1  # How much more alike mirrored ones must be.


class Member(NamedTuple):
    """A video of a group: `best` of the one with the most pixels, then bits; `differs` says how
    another differs from that; `matches` is what it shares with that, in its own seconds first."""

    path: str
    facts: Facts
    best: bool
    differs: list[str]
    matches: list[Match]


class Shared(NamedTuple):
    """Two videos that are no copies: nearly all of `path` is in `other`, or only a part is, with
    the shares of both."""

    path: str
    other: str
    shares: tuple[float, float]
    matches: list[Match]


class Duplicates(NamedTuple):
    """The `groups` of copies, `excerpts` of others, and those that share `parts`."""

    groups: list[list[Member]]
    excerpts: list[Shared]
    parts: list[Shared]

    def as_json(self) -> dict:
        """Returns all of it as what JSON knows."""
        return {
            "groups": [[_member(member) for member in group] for group in self.groups],
            "excerpts": [_shared(shared) for shared in self.excerpts],
            "parts": [_shared(shared) for shared in self.parts],
        }


def find_duplicates(
    entries: dict[str, VideoEntry],
    keys: dict[str, str],
    tell: Callable[[int, int], None] = lambda done, of: None,
) -> Duplicates:
    """Returns the `Duplicates` among videos.

    Args:
        entries: of a library, by their paths.
        keys: of their contents, by their paths: those of one key are the same file twice.
        tell: is called with how many videos were compared, and how many there are.
    """
    paths = list(entries)
    related = relations([entries[path].vectors for path in paths], tell)
    pairs = {(each.shorter, each.longer): each.matches for each in related}
    groups = []
    for group in grouped(len(paths), related):
        best = max(group, key=lambda number: _worth(entries[paths[number]].facts))
        others = sorted(set(group) - {best}, key=lambda n: _worth(entries[paths[n]].facts))
        groups.append([Member(paths[best], entries[paths[best]].facts, True, [], [])])
        for number in reversed(others):
            shared = _between(pairs, number, best)
            differs = _differences(paths[number], paths[best], entries, keys, shared)
            groups[-1].append(
                Member(paths[number], entries[paths[number]].facts, False, differs, shared)
            )
    kinds = {"excerpt": [], "part": []}
    for each in related:
        if each.kind in kinds:
            names = paths[each.shorter], paths[each.longer]
            kinds[each.kind].append(Shared(*names, each.shares, each.matches))
    return Duplicates(groups, kinds["excerpt"], kinds["part"])


def _worth(facts):
    return facts.height * facts.width, facts.bit_rate, facts.duration


def _between(pairs, number, other):
    """Returns what a video shares with another, in its own seconds first."""
    if (number, other) in pairs:
        return pairs[number, other]
    return [
        match._replace(
            begin=match.start,
            end=match.stop,
            start=match.begin,
            stop=match.end,
            speed=1 / match.speed,
            alike=match.alike * match.speed,
        )
        for match in pairs.get((other, number), [])
    ]


def _differences(path, best, entries, keys, shared):
    """Returns how a video differs from the best of its group, in words."""
    if keys[path] == keys[best]:
        return ["the same file"]
    mine, its, said = entries[path].facts, entries[best].facts, []
    if (mine.height, mine.width) != (its.height, its.width):
        said.append(f"{mine.width}x{mine.height} instead of {its.width}x{its.height}")
    if mine.codec != its.codec:
        said.append(f"{mine.codec} instead of {its.codec}")
    if max(mine.bit_rate, its.bit_rate) > RATES * min(mine.bit_rate, its.bit_rate):
        said.append(f"{mine.bit_rate / 1e6:.2f} instead of {its.bit_rate / 1e6:.2f} Mbit/s")
    if abs(mine.fps / its.fps - 1) > FASTER:
        said.append(f"{mine.fps:.4g} instead of {its.fps:.4g} frames/s")
    return said + _timing(mine, its, shared) + _mirroring(path, best, shared)


def _timing(mine, its, shared):
    """Returns how fast a video is, and what it lacks or has more, in words."""
    if not shared:
        return ["alike through others of the group"]
    said, speed = [], shared[0].speed
    if abs(speed - 1) > FASTER:
        said.append(f"{speed:.2f} times as fast")
    first, last = min(shared, key=lambda m: m.begin), max(shared, key=lambda m: m.end)
    ends = (
        ("first", first.start, first.begin),
        ("last", its.duration - last.stop, mine.duration - last.end),
    )
    for name, theirs, own in ends:
        if theirs - own > ENDS:
            said.append(f"lacks the {name} {theirs - own:.1f} s")
        elif own - theirs > ENDS:
            said.append(f"its {name} {own - theirs:.1f} s are more")
    return said


def _mirroring(path, best, shared):
    """Returns ["mirrored"] when pictures are more alike if one is; else nothing."""
    if not shared:
        return []
    match, shares = shared[0], (np.arange(PICTURES) + 0.5) / PICTURES
    mine = _small(path, match.begin + shares * (match.end - match.begin))
    its = _small(best, match.start + shares * (match.stop - match.start))
    plain, turned = (mine * its).sum() / PICTURES, (mine[:, :, ::-1] * its).sum() / PICTURES
    return ["mirrored"] * bool(turned > plain + CLEARLY)


def _small(path, seconds):
    """Returns small grey pictures of a video, less their mean, of length 1 each."""
    pictures = np.stack(pictures_at(path, seconds, 4 * SMALL))
    grey = resize(pictures, (SMALL, SMALL), "area").mean(axis=3)
    grey -= grey.mean(axis=(1, 2), keepdims=True)
    return grey / np.maximum(np.sqrt((grey**2).sum(axis=(1, 2), keepdims=True)), 1e-6)


def _member(member):
    facts = {**vars(member.facts), "bit_rate": round(member.facts.bit_rate)}
    facts.pop("model")
    shared = {"differs": member.differs, "matches": _matches(member.matches)}
    return {"path": member.path, "best": member.best, **facts, **shared}


def _shared(shared):
    shares = [round(share, 3) for share in shared.shares]
    names = {"path": shared.path, "other": shared.other}
    return {**names, "shares": shares, "matches": _matches(shared.matches)}


def _matches(found):
    return [{name: round(value, 3) for name, value in match._asdict().items()} for match in found]
