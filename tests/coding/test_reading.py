"""Reading: any group at once, and whatever is whole in a damaged file."""

import io
from fractions import Fraction
from pathlib import Path

import pytest
import small_tvg
from small_tvg import HEADER, PAYLOADS, SOUND

from tfvgan.coding import (
    DamagedFile,
    DamagedGroup,
    Gap,
    Header,
    NotATvg,
    OtherModel,
    Reader,
    Writer,
)
from tfvgan.coding import attachments as attachments_module
from tfvgan.coding.header import seed_of
from tfvgan.coding.index import pack_index

V1 = Path(__file__).with_name("golden") / "v1.tvg"


@pytest.fixture
def path(tmp_path):
    return small_tvg.write(tmp_path / "x.tvg")


def whole_groups(reader):
    """Returns the numbers, in the file as it was written, of the groups that can be read."""
    numbers = []
    for number in range(len(reader.groups)):
        try:
            group = reader.read(number)
        except DamagedGroup:
            continue
        numbers.append(PAYLOADS.index(group.payload))
        small_tvg.check(group, numbers[-1])
    return numbers


def test_all_comes_back_in_any_order(path):
    with Reader(path) as reader:
        assert reader.header == HEADER and reader.indexed and reader.damaged == []
        for number in (2, 0, 1, 1):
            small_tvg.check(reader.read(number), number)
        assert [(g.frames, g.first_frame, g.first_time) for g in reader.groups] == [
            (5, 0, 0), (5, 5, 5), (1, 10, 21),
        ]  # fmt: skip
        assert reader.frames == 11
        assert [reader.group_of(frame) for frame in range(11)] == [0] * 5 + [1] * 5 + [2]
        assert small_tvg.heard(reader) == SOUND
        assert [(one.name, one.size) for one in reader.attachments] == [("sound.opus", 100)]


def test_what_is_not_there_is_refused(path):
    with Reader(path) as reader:
        for number in (-1, 3):
            with pytest.raises(ValueError, match=f"has groups 0 to 2, but {number} was asked for"):
                reader.read(number)
        for frame in (-1, 11):
            with pytest.raises(ValueError, match=f"has frames 0 to 10, but {frame} was asked"):
                reader.group_of(frame)
        with pytest.raises(ValueError, match=r"has attachments \['sound.opus'\], but 'x' was"):
            reader.attachment("x", io.BytesIO())


def test_another_model_is_refused(path):
    with Reader(path) as reader:
        reader.check_model(HEADER.model, "fast")
        reader.check_model(HEADER.model + bytes(24), "fast")
        said = r"was compressed by the model 0001020304050607, but fast is 0000000000000000: use"
        with pytest.raises(OtherModel, match=said):
            reader.check_model(bytes(32), "fast")


def test_other_files_are_refused(tmp_path):
    for name, said in (("none.tvg", "but is no file"), (".", "but is no file")):
        with pytest.raises(NotATvg, match=said):
            Reader(tmp_path / name)
    (tmp_path / "empty.tvg").touch()
    with pytest.raises(NotATvg, match="but it is empty"):
        Reader(tmp_path / "empty.tvg")
    (tmp_path / "x.tvg").write_bytes(HEADER.to_bytes())
    with pytest.raises(DamagedFile, match="No group of frames in .* is whole"):
        Reader(tmp_path / "x.tvg")


def test_a_file_that_is_cut_anywhere_gives_all_that_was_whole(path):
    data = path.read_bytes()
    with Reader(path) as reader:
        ends = [group.offset + group.length for group in reader.groups]
        sound = reader.attachments[0].offset + reader.attachments[0].length
    for length in range(ends[0]):
        path.write_bytes(data[:length])
        with pytest.raises((NotATvg, DamagedFile)):
            Reader(path)
    for length in range(ends[0], len(data)):
        path.write_bytes(data[:length])
        with Reader(path) as reader:
            assert not reader.indexed
            assert whole_groups(reader) == [n for n in range(3) if ends[n] <= length]
            assert len(reader.attachments) == (length >= sound)
            if length >= sound:
                assert small_tvg.heard(reader) == SOUND
            end = max(end for end in [*ends, sound] if end <= length)
            assert reader.damaged in ([], [Gap(end, length - end)])


def test_a_file_damaged_at_any_byte_gives_all_others(path):
    data = path.read_bytes()
    with Reader(path) as reader:
        groups, sound = reader.groups, reader.attachments[0]
    for place in range(len(HEADER.to_bytes()), len(data)):
        hit = [n for n, g in enumerate(groups) if g.offset <= place < g.offset + g.length]
        for change in (0xFF, *(1 << bit for bit in range(8))):
            path.write_bytes(data[:place] + bytes([data[place] ^ change]) + data[place + 1 :])
            with Reader(path) as reader:
                assert whole_groups(reader) == [n for n in range(3) if n not in hit]
                if sound.offset <= place < sound.offset + sound.length:
                    said = "'sound.opus' in .* is damaged behind byte 0: do without it"
                    with pytest.raises(DamagedFile, match=said):
                        small_tvg.heard(reader)
                else:
                    assert small_tvg.heard(reader) == SOUND


def test_a_file_damaged_at_any_byte_and_cut_gives_all_others(path):
    with Reader(path) as reader:
        groups = reader.groups
    end = groups[2].offset + groups[2].length
    data = path.read_bytes()[: end + 5]
    for place in range(len(HEADER.to_bytes()), end):
        hit = [n for n, g in enumerate(groups) if g.offset <= place < g.offset + g.length]
        path.write_bytes(data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :])
        with Reader(path) as reader:
            assert whole_groups(reader) == [n for n in range(3) if n not in hit]
            touched = groups[hit[0]]
            gaps = [Gap(touched.offset, touched.length), Gap(end, 5)]
            last = [Gap(touched.offset, touched.length + 5)]
            assert reader.damaged == (last if hit == [2] else gaps)


def test_a_damaged_header_is_refused(path):
    data = path.read_bytes()
    for place in range(len(HEADER.to_bytes())):
        path.write_bytes(data[:place] + bytes([data[place] ^ 0x41]) + data[place + 1 :])
        with pytest.raises(ValueError):
            Reader(path)


def test_a_damaged_group_is_named(path):
    data = bytearray(path.read_bytes())
    data[data.index(b"second")] ^= 1
    path.write_bytes(data)
    with Reader(path) as reader:
        with pytest.raises(DamagedGroup, match=r"^Group 1 of .*, frames 5 to 9, is damaged: skip"):
            reader.read(1)
        small_tvg.check(reader.read(2), 2)


@pytest.mark.parametrize("change", [{"frames": 4}, {"first_time": 6}, {"first_time": 4}])
def test_a_group_that_the_index_says_otherwise_is_damaged(change, path):
    """The index is whole, and may be true, but not of this group."""
    with Reader(path) as reader:
        groups, attachments = list(reader.groups), reader.attachments
        end = attachments[-1].offset + attachments[-1].length
    groups[1] = groups[1]._replace(**change)
    if "first_time" in change:
        groups[0] = groups[0]._replace(frames=4)
    seed = seed_of(HEADER.to_bytes())
    path.write_bytes(path.read_bytes()[:end] + pack_index(groups, attachments, seed))
    with Reader(path) as reader:
        assert reader.indexed
        with pytest.raises(DamagedGroup, match="^Group 1 of"):
            reader.read(1)
        small_tvg.check(reader.read(2), 2)


def test_a_video_without_sound_has_no_attachment(tmp_path):
    with Reader(small_tvg.write(tmp_path / "x.tvg", sound=None)) as reader:
        assert reader.attachments == [] and reader.indexed


def test_a_large_attachment_goes_through_in_chunks(tmp_path, monkeypatch):
    monkeypatch.setattr(attachments_module, "CHUNK_SIZE", 1000)

    class Pieces(io.BytesIO):
        def write(self, data):
            assert len(data) <= 1000
            return super().write(data)

    content = bytes(n % 253 for n in range(12345))
    with Reader(small_tvg.write(tmp_path / "x.tvg", sound=content)) as reader:
        out = Pieces()
        assert reader.attachment("sound.opus", out) == 12345
        assert out.getvalue() == content


def test_the_first_version_of_the_format_is_read_for_ever(tmp_path):
    header = Header(
        "golden",
        bytes(range(1, 9)),
        320,
        240,
        Fraction(1, 1000),
        (1, 5, 6, 7),
        Fraction(16, 15),
        b"more",
    )
    groups = [
        ([0, 40, 80, 120], bytes(range(10))),
        ([160, 193, 227, 260, 293, 327], b""),
        ([400, 401, 403, 406, 410, 1000000], b"\xd7G\x03"),
        ([2000000], bytes(7)),
    ]
    sounds = {"one": bytes(range(20)), "two": b""}
    with Reader(V1) as reader:
        assert reader.header == header and reader.indexed
        found = [reader.read(number) for number in range(4)]
        assert [(list(group.times), group.payload) for group in found] == groups
        assert [attachment.name for attachment in reader.attachments] == list(sounds)
        for name, content in sounds.items():
            reader.attachment(name, out := io.BytesIO())
            assert out.getvalue() == content
    with Writer(tmp_path / "v1.tvg", header) as writer:
        for times, payload in groups:
            writer.write_group(times, payload)
        for name, content in sounds.items():
            writer.attach(name, io.BytesIO(content))
    assert (tmp_path / "v1.tvg").read_bytes() == V1.read_bytes()
