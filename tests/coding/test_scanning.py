"""Whatever happened to a file, what is whole in it is found, and soon."""

import io

import pytest
import small_tvg

from tfvgan.coding.attachments import records_of
from tfvgan.coding.index import pack_index
from tfvgan.coding.records import ATTACHMENT, CHUNK, GROUP, LAST_CHUNK, pack_record
from tfvgan.coding.scanning import Gap, Scan, group_at
from tfvgan.coding.times import pack_times
from tfvgan.coding.varints import varint

SEED = 3
GROUPS = [pack_record(GROUP, pack_times(range(n, 2 * n)) + bytes(n), SEED) for n in (3, 9, 200)]
SOUND = b"".join(record for record, _ in records_of("sound", io.BytesIO(bytes(50)), SEED))


class Counting(io.BytesIO):
    """A file that counts the bytes that are read."""

    count = 0

    def read(self, count):
        assert count <= 2**27
        data = super().read(count)
        self.count += len(data)
        return data


def scanned(*parts):
    """Returns the scan of a file of these parts, behind a header of 5 bytes."""
    data = b"head!" + b"".join(parts)
    return Scan(io.BytesIO(data), 5, len(data), SEED)


def frames(scan):
    """Returns the number of frames in each group."""
    return [group.frames for group in scan.groups]


def test_all_is_found_where_nothing_is_damaged():
    scan = scanned(*GROUPS, SOUND)
    assert frames(scan) == [3, 9, 200] and scan.damaged == []
    assert [group.first_frame for group in scan.groups] == [0, 3, 12]
    assert [group.first_time for group in scan.groups] == [3, 9, 200]
    assert scan.groups[1].offset == 5 + len(GROUPS[0])
    assert [(one.name, one.size, one.length) for one in scan.attachments] == [
        ("sound", 50, len(SOUND))
    ]
    index = pack_index(scan.groups, scan.attachments, SEED)
    assert scanned(*GROUPS, SOUND, index[:-1]).damaged == []
    assert [gap.length for gap in scanned(*GROUPS, index[1:]).damaged] == [len(index) - 1]


@pytest.mark.parametrize(
    "rubbish", [b"x", b"\xd7", b"\xd7G", b"\xd7G\x05ab", b"\xd7I" * 99, bytes(9999)]
)
def test_what_is_between_groups_is_skipped(rubbish):
    a, b, c = GROUPS
    scan = scanned(rubbish, a, b, rubbish, rubbish, c, rubbish)
    assert frames(scan) == [3, 9, 200]
    size = len(rubbish)
    assert scan.damaged == [
        Gap(5, size),
        Gap(5 + size + len(a + b), 2 * size),
        Gap(5 + 3 * size + len(a + b + c), size),
    ]


def test_groups_of_another_file_are_none():
    assert frames(scanned(GROUPS[0], pack_record(GROUP, pack_times([1]), SEED + 1))) == [3]


def test_a_damaged_attachment_is_none_and_groups_behind_it_are_found():
    for place in range(len(SOUND)):
        damaged = SOUND[:place] + bytes([SOUND[place] ^ 4]) + SOUND[place + 1 :]
        scan = scanned(GROUPS[0], damaged, GROUPS[1], SOUND)
        assert frames(scan) == [3, 9] and len(scan.attachments) == 1
        assert scan.damaged == [Gap(5 + len(GROUPS[0]), len(SOUND))]


def test_records_that_say_nonsense_are_damage():
    for kind, body in [(GROUP, b"\0"), (GROUP, b""), (ATTACHMENT, b"\xff"), (CHUNK, b"")]:
        nonsense = pack_record(kind, body, SEED)
        scan = scanned(GROUPS[0], nonsense, pack_record(LAST_CHUNK, b"", SEED), GROUPS[1])
        assert frames(scan) == [3, 9] and scan.attachments == []


@pytest.mark.parametrize("claim", [10, 1000, 2**19, 2**30, 2**62])
def test_false_marks_cost_no_more_than_so_many_reads(claim):
    data = (b"\xd7G" + varint(claim)) * (2**20 // 4)
    file = Counting(data + GROUPS[0])
    Scan(file, 0, len(file.getvalue()), SEED)
    assert file.count <= 16 * len(data) + 2**27


def test_many_small_groups_are_all_found_between_rubbish():
    group = pack_record(GROUP, pack_times([0]), SEED)
    file = Counting((group + b"\xd7") * 5000)
    scan = Scan(file, 0, len(file.getvalue()), SEED)
    assert len(scan.groups) == len(scan.damaged) == 5000
    assert file.count < 16 * len(file.getvalue())


def test_a_scan_that_read_too_much_takes_the_rest_to_be_damaged(monkeypatch):
    monkeypatch.setattr("tfvgan.coding.scanning.MOST_BODY", 0)
    monkeypatch.setattr("tfvgan.coding.scanning.READS", 4)
    scan = scanned(GROUPS[0], b"\xd7G\x7f" * 1000, GROUPS[1])
    assert frames(scan) == [3]
    assert scan.damaged == [Gap(5 + len(GROUPS[0]), 3000 + len(GROUPS[1]))]


def test_a_group_tells_its_times():
    info, times = group_at(io.BytesIO(GROUPS[1]), 0, len(GROUPS[1]), SEED, 100)
    assert info == (9, 100, 9, 0, len(GROUPS[1])) and times == tuple(range(9, 18))
    with pytest.raises(ValueError, match="A group should be at byte 0, but is not"):
        group_at(io.BytesIO(SOUND), 0, len(SOUND), SEED, 0)


def test_a_file_inside_a_group_is_no_part_of_the_file(tmp_path):
    inside = small_tvg.write(tmp_path / "x.tvg").read_bytes()
    outside = pack_record(GROUP, pack_times([0]) + inside, SEED)
    scan = scanned(outside[:-1], GROUPS[0])
    assert frames(scan) == [3]
