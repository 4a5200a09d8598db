"""Writing: a file appears whole, and what was stopped goes on."""

import io
import os
from dataclasses import replace

import numpy as np
import pytest
import small_tvg
from small_tvg import HEADER, PAYLOADS, TIMES

from tfvgan.coding import Reader, Writer, hidden_file
from tfvgan.coding.records import MOST_PAYLOAD
from tfvgan.coding.varints import LARGEST_SIGNED


def begun(path, count=2, tail=b""):
    """Leaves a hidden file of so many groups, with a tail."""
    with pytest.raises(KeyboardInterrupt), Writer(path, HEADER) as writer:
        for times, payload in zip(TIMES[:count], PAYLOADS):
            writer.write_group(times, payload)
        raise KeyboardInterrupt
    with open(hidden_file(path), "ab") as file:
        file.write(tail)


def test_a_file_appears_when_it_is_whole(tmp_path):
    path = tmp_path / "x.tvg"
    path.write_bytes(b"old")
    with Writer(path, HEADER) as writer:
        assert writer.write_group(TIMES[0], PAYLOADS[0]) == len(PAYLOADS[0]) + 10
        assert path.read_bytes() == b"old"
        assert sorted(os.listdir(tmp_path)) == [".x.tvg.unfinished", "x.tvg"]
        assert (len(writer.groups), writer.frames) == (1, 5)
    assert os.listdir(tmp_path) == ["x.tvg"]
    with Reader(path) as reader:
        small_tvg.check(reader.read(0), 0)


def test_what_surrounds_a_small_video_is_small(tmp_path):
    path = tmp_path / "x.tvg"
    with Writer(path, HEADER) as writer:
        writer.write_group(range(32), bytes(1400))
    assert path.stat().st_size - 1400 - len(HEADER.to_bytes()) <= 12 + 23


def test_payloads_and_times_may_be_arrays_of_bytes_and_numbers(tmp_path):
    path = tmp_path / "x.tvg"
    with Writer(path, HEADER) as writer:
        writer.write_group(np.arange(5), bytearray(b"first"))
        writer.write_group(np.array([7]), memoryview(b"second"))
    with Reader(path) as reader:
        small_tvg.check(reader.read(0), 0)
        assert reader.read(1) == ((7,), b"second")


def test_a_writer_that_fails_before_a_group_leaves_nothing(tmp_path):
    with pytest.raises(KeyError), Writer(tmp_path / "x.tvg", HEADER):
        raise KeyError
    with (
        pytest.raises(ValueError, match="at least one group, but has none"),
        Writer(tmp_path / "x.tvg", HEADER),
    ):
        pass
    assert os.listdir(tmp_path) == []


def test_what_was_begun_is_not_begun_anew(tmp_path):
    path = tmp_path / "x.tvg"
    begun(path)
    assert os.listdir(tmp_path) == [".x.tvg.unfinished"]
    content = hidden_file(path).read_bytes()
    with pytest.raises(ValueError, match=r"was begun and not finished: go on with `resume`"):
        Writer(path, HEADER)
    with pytest.raises(ValueError, match="was begun with another header"):
        Writer(path, replace(HEADER, width=65), resume=True)
    assert hidden_file(path).read_bytes() == content
    with pytest.raises(ValueError, match=r"There is no unfinished .* leave `resume` out"):
        Writer(tmp_path / "y.tvg", HEADER, resume=True)


def test_what_was_stopped_anywhere_goes_on_as_if_it_had_not_been(tmp_path):
    path, whole = tmp_path / "x.tvg", small_tvg.write(tmp_path / "whole.tvg").read_bytes()
    ends = [len(HEADER.to_bytes())]
    with Reader(tmp_path / "whole.tvg") as reader:
        ends += [group.offset + group.length for group in reader.groups]
    for length in range(len(whole) + 1):
        hidden_file(path).write_bytes(whole[:length])
        with Writer(path, HEADER, resume=True) as writer:
            done = len(writer.groups)
            assert done == sum(end <= length for end in ends[1:])
            assert writer.frames == sum(map(len, TIMES[:done]))
            for times, payload in zip(TIMES[done:], PAYLOADS[done:]):
                writer.write_group(times, payload)
            writer.attach("sound.opus", io.BytesIO(small_tvg.SOUND))
        assert path.read_bytes() == whole and not hidden_file(path).exists()


@pytest.mark.parametrize("tail", [b"", b"\xd7", b"\xd7G\x05abc", bytes(5000)])
def test_what_is_not_whole_is_cut(tmp_path, tail):
    path = tmp_path / "x.tvg"
    begun(path, 2, tail)
    with Writer(path, HEADER, resume=True) as writer:
        assert (len(writer.groups), writer.frames) == (2, 10)
        with pytest.raises(ValueError, match="should begin behind tick 20"):
            writer.write_group([20], b"")
        writer.write_group(TIMES[2], PAYLOADS[2])
    assert path.read_bytes() == small_tvg.write(tmp_path / "y.tvg", sound=None).read_bytes()


def test_a_group_that_is_damaged_ends_what_is_kept(tmp_path):
    path = tmp_path / "x.tvg"
    begun(path, 3)
    content = bytearray(hidden_file(path).read_bytes())
    content[content.index(b"second")] ^= 1
    hidden_file(path).write_bytes(content)
    with Writer(path, HEADER, resume=True) as writer:
        assert len(writer.groups) == 1


def test_other_groups_are_refused_and_the_rest_is_written(tmp_path):
    with Writer(tmp_path / "x.tvg", HEADER) as writer:
        writer.write_group(TIMES[0], PAYLOADS[0])
        for times in ([4], [3, 9]):
            with pytest.raises(ValueError, match="should begin behind tick 4, .* begins at"):
                writer.write_group(times, b"")
        for times in ([], [7, 7], [LARGEST_SIGNED + 1]):
            with pytest.raises(ValueError):
                writer.write_group(times, b"")
        with pytest.raises(ValueError, match=f"at most {MOST_PAYLOAD} bytes"):
            writer.write_group([5], bytes(MOST_PAYLOAD + 1))
        writer.write_group(TIMES[1], PAYLOADS[1])
        writer.attach("a", io.BytesIO(b"1"))
        with pytest.raises(ValueError, match="another: attach last"):
            writer.write_group(TIMES[2], PAYLOADS[2])
        with pytest.raises(ValueError, match="'a' comes behind 1: give another name"):
            writer.attach("a", io.BytesIO(b"2"))
        with pytest.raises(ValueError, match="of 1 to 255 bytes"):
            writer.attach("", io.BytesIO(b"2"))
        writer.attach("b", io.BytesIO(b"3"))
    with Reader(tmp_path / "x.tvg") as reader:
        assert (reader.indexed, len(reader.groups), len(reader.attachments)) == (True, 2, 2)


def test_the_hidden_name_is_beside_the_file():
    assert str(hidden_file("folder/x.tvg")) == os.path.join("folder", ".x.tvg.unfinished")
