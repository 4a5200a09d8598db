"""What docs/tvg.md says of a file is so: its reader reads files, its numbers are the code's."""

import io
from fractions import Fraction

import pytest
from golden_tvg import CLOSE, FILE, HEADS
from pages import TEXTS, blocks

from tfvgan.coding import Header, Reader, Writer, heads, index, mixing
from tfvgan.data.base_layer import STANDARDS
from tfvgan.networks.gains import QUALITIES
from tfvgan.tasks.compression import enhanced_group, learned_codec

PAGE = TEXTS["docs/tvg.md"]


def read(path):
    """Returns the times and the payload of each group, as the page reads them."""
    (block,) = blocks(PAGE, "python")
    names = {}
    exec(block, names)
    return list(names["groups"](path.read_bytes()))


@pytest.mark.parametrize("path", [FILE, CLOSE, HEADS], ids=lambda path: path.stem)
def test_the_reader_reads_golden_files(path):
    with Reader(path) as reader:
        groups = [reader.read(number) for number in range(len(reader.groups))]
    assert read(path) == [(list(group.times), group.payload) for group in groups]


def test_the_reader_reads_all_kinds_of_times(tmp_path):
    """Equal steps, two steps, runs, a single frame; a colour and an aspect beside them."""
    times = [range(-5, 20, 5), [20, 21, 23, 24, 26], [30, 31, 34, 39, 44, 45], [1000]]
    header = Header("other", bytes(8), 300, 4, Fraction(1, 25), (1, 1, 1, 1), Fraction(16, 15))
    with Writer(tmp_path / "times.tvg", header) as writer:
        for number, each in enumerate(times):
            writer.write_group(each, bytes(200 * number))
        writer.attach("sound.mka", io.BytesIO(b"sound"))
    expected = [(list(found), bytes(200 * number)) for number, found in enumerate(times)]
    assert read(tmp_path / "times.tvg") == expected


def test_the_page_has_the_numbers_of_the_code():
    flags = (enhanced_group.HEADS, enhanced_group.SHARP, enhanced_group.HALF, enhanced_group.CLOSE)
    for said in (
        f"the first {heads.FIRST_HEAD} bytes of the first part of a group, and the first "
        f"{heads.HEAD} ",
        f"other weights at {mixing.FIRST_WEIGHT:,}.",
        f"how many bits it saw, at most {mixing.LIMIT}.",
        f"from -{mixing.FURTHEST_PLACE} to {mixing.FURTHEST_PLACE}.",
        f"by straight lines between {len(mixing.CURVE)} points",
        f"1 to 2^{index.MOST_GROUPS.bit_length() - 1}, in the order of time",
        f"up to {index.MOST_ATTACHMENTS} attachments",
        f"`{index.END_MARK.hex(' ')}`",
        f"from 0 to {learned_codec.FINEST * (QUALITIES - 1)} |",
        *(
            f"| {name} | {how.best} | {how.worst} |"
            for name, how in zip(("AV1", "HEVC", "H.264"), STANDARDS.values(), strict=True)
        ),
        *(f"`{flag:02x}` " for flag in flags),
    ):
        assert said in PAGE, said
    assert "`655360 // (10 * seen + 16)` of 65536" in PAGE and mixing.ONE == 65536
    assert tuple(655360 // (10 * seen + 16) for seen in range(mixing.LIMIT + 1)) == mixing.RATES
