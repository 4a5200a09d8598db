"""Whatever is in a file: a sentence and exit code 2, in little memory, and what is whole of it."""

import resource
import time
from dataclasses import replace
from fractions import Fraction

import golden_tvg
import numpy as np
import pytest
from tfvgan_cli.main import main

from tfvgan.coding import Reader, Writer
from tfvgan.coding.varints import varint
from tfvgan.data.base_layer import STANDARDS, Base
from tfvgan.streaming import Source

DATA = golden_tvg.FILE.read_bytes()
FRAMES = golden_tvg.FRAMES


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    """Returns the path of the network that the file was compressed by."""
    path = tmp_path_factory.mktemp("model") / "generator.keras"
    golden_tvg.network().save(path)
    return str(path)


def whole():
    """Returns the header of the file, and its groups: infos, and what is read of each."""
    with Reader(golden_tvg.FILE) as reader:
        return reader.header, reader.groups, [reader.read(n) for n in range(len(reader.groups))]


@pytest.fixture
def tried(tmp_path, model, capsys):
    """Returns a function from a file's bytes to how many frames came out of it.

    It fails unless what went wrong was said in sentences, in little time and memory.
    """

    def decompress(data, *words):
        packed, out = tmp_path / "x.tvg", tmp_path / "x.mkv"
        out.unlink(missing_ok=True)
        if data is not None:
            packed.write_bytes(data)
        begin, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        with_model = () if "--base-only" in words else ("--model", model)
        code = main(["decompress", str(packed), "-o", str(out), *with_model, *words])
        more = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        said = capsys.readouterr().err
        assert code in (0, 2) and (code == 2) == bool(said)
        for line in said.splitlines():
            assert line.startswith("tfvgan: ") and line.endswith(".") and len(line) < 500, line
        assert time.monotonic() - begin < 60 and more < 300e3, "seconds, kB"
        left = {path.name for path in tmp_path.iterdir()}
        assert left <= {"x.tvg", "x.mkv"}, "nothing unfinished"
        return sum(1 for _ in Source(out).frames()) if out.exists() else 0

    decompress.path = tmp_path / "x.tvg"
    return decompress


def test_what_was_cut_off_costs_the_groups_that_it_was_in(tried):
    _, groups, _ = whole()
    ends = [group.offset + group.length for group in groups]
    for length in (0, 3, 20, groups[0].offset, ends[0] - 1, ends[0], ends[2] - 9, -1):
        data = DATA[:length]
        assert tried(data) == FRAMES * sum(len(data) >= end for end in ends)


@pytest.mark.parametrize("words", [(), ("--base-only",)])
def test_damage_costs_the_groups_that_it_is_in(tried, words):
    _, groups, _ = whole()
    groups = groups[:1] if words else groups  # One standard for all of them.
    data = DATA[: groups[-1].offset + groups[-1].length]
    assert tried(data, *words) == FRAMES * len(groups)
    for hit in groups:
        for place in (0, hit.length // 2, hit.length - 1):
            damaged = bytearray(data)
            damaged[hit.offset + place] ^= 0x55
            assert tried(bytes(damaged), *words) == FRAMES * (len(groups) - 1)


def written(path, header, groups):
    """Returns the bytes of a file that is whole as far as its checksums say."""
    path.unlink(missing_ok=True)
    with Writer(path, header) as writer:
        for times, payload in groups:
            writer.write_group(times, payload)
    return path.read_bytes()


def payload(packets, standard=0):
    return b"".join([bytes([standard, 100, 128]), *map(varint, map(len, packets)), *packets])


def coded(count, size=golden_tvg.SIZE, standard="av1"):
    """Returns the packets of so many frames."""
    return Base(standard).encode(np.zeros((count, *size, 3), "uint8"), 51)


def crowded(packets, standard="av1"):
    """Returns a group all but some of whose packets are one."""
    lead = STANDARDS[standard].lead
    last = lead.join(packets[FRAMES - 1 :])
    return payload([*packets[: FRAMES - 1], last], list(STANDARDS).index(standard))


# What a group may claim, made of one that is as it should be.
HOSTILE = {
    "nothing": lambda good: b"",
    "no packets": lambda good: good[:3],
    "a packet of 2**60 bytes": lambda good: good[:3] + varint(2**60) + good[5:],
    "a standard of the future": lambda good: bytes([200]) + good[1:],
    "another standard": lambda good: bytes([1]) + good[1:],
    "more bytes than packets": lambda good: good + bytes(1000),
    "half of it": lambda good: good[: len(good) // 2],
    "noise": lambda good: payload([np.random.default_rng(n).bytes(500) for n in range(FRAMES)]),
    "large frames": lambda good: payload(coded(FRAMES, (2048, 2048))),
    "many frames in a packet": lambda good: crowded(coded(60)),
    "many frames of H.264 in one": lambda good: crowded(coded(60, standard="h264"), "h264"),
}


@pytest.mark.parametrize("claim", HOSTILE)
def test_a_group_that_claims_much_costs_itself_alone(tried, claim):
    header, _, (first, second, _) = whole()
    bad = HOSTILE[claim](first.payload)
    later = [time + 10**6 for time in second.times]
    groups = [first[:2], (second.times, bad), (later, second.payload)]
    decoded = 3 if claim.endswith("H.264 in one") else 2  # Its decoder takes one and leaves others.
    assert tried(written(tried.path, header, groups)) == decoded * FRAMES


@pytest.mark.parametrize(
    "more",
    [
        {"width": 16384, "height": 16384},
        {"width": 1, "height": 1},
        {"time_base": Fraction(2**31 - 1)},
        {"time_base": Fraction(1, 2**31 - 1)},
        {"pixel_aspect": Fraction(2**31 - 1, 1)},
        {"pixel_aspect": Fraction(1, 2**31 - 1)},
        {"colour": (255, 255, 255, 255)},
        {"codec": "other"},
        {"model": bytes(8)},
    ],
)
def test_a_header_that_claims_much(tried, more):
    header, _, groups = whole()
    data = written(tried.path, replace(header, **more), [group[:2] for group in groups])
    tried(data)
    tried(written(tried.path, replace(header, **more), [groups[0][:2]]), "--base-only")


@pytest.mark.parametrize(
    "times",
    [
        range(-(2**60), -(2**60) + FRAMES),
        [0, 1, 2, 2**60],
        range(2**60, 2**60 + FRAMES),
        range(0, FRAMES * 2**40, 2**40),
    ],
)
def test_times_of_another_world(tried, times):
    header, _, groups = whole()
    data = written(tried.path, header, [(times, groups[0].payload)])
    tried(data)
    tried(data, "--base-only")
