import os

import media
import numpy as np
import pytest
from packing import Packing
from sounding import film

from tfvgan.coding import Reader, unfinished
from tfvgan.streaming import Source, compress
from tfvgan.streaming.compressing import SHORTEST, SOUND, groups


def scenes(*counts):
    """Returns a video of scenes of so many frames, each of one colour and much noise of its own."""
    draws, frames = np.random.default_rng(0), []
    for number, count in enumerate(counts):
        scene = draws.integers(0, 60, (48, 64, 3)) + [0, 195][number % 2]
        frames += [scene] * count
    return np.array(frames, "uint8")


def test_a_file_holds_its_frames_in_groups_with_their_times_and_its_sound(tmp_path):
    path, codec, told = film(tmp_path / "in.mkv"), Packing(), []
    how = {"longest": 4, "progress": lambda *done: told.append(done)}
    out = compress(codec, path, tmp_path / "out.tvg", **how)
    frames = [frame.rgb for frame in Source(path).frames()]
    with Reader(out) as reader:
        header = reader.header
        assert (header.codec, header.model) == ("packing", bytes(range(8)))
        assert (header.width, header.height) == (64, 48)
        read = [reader.read(number) for number in range(len(reader.groups))]
        times = [float(tick * header.time_base) for group in read for tick in group.times]
        assert times == pytest.approx([n / 10 for n in range(10)], abs=1e-3)
        assert [attachment.name for attachment in reader.attachments] == [SOUND]
    found = [frame for group in read for frame in codec.decode(*group[1:], len(group[0]), (48, 64))]
    np.testing.assert_array_equal(found, frames)
    assert told == [(4, 10), (8, 10), (10, 10)]
    assert sorted(os.listdir(tmp_path)) == ["in.mkv", "out.tvg"]


def test_a_group_begins_with_a_scene(tmp_path):
    media.images(tmp_path / "in", scenes(12, SHORTEST - 2, 9, 20))
    found = [len(frames) for frames, _ in groups(Source(tmp_path / "in"), 16)]
    assert found == [12, SHORTEST - 2 + 9, 16, 4], "a very short one is not cut"


def test_large_videos_have_short_groups(tmp_path):
    path = media.video(tmp_path / "in", "h264.mkv", media.frames(10))
    codec = Packing()
    compress(codec, path, tmp_path / "out.tvg", memory=0.17)
    assert codec.counts == [3, 3, 3, 1]


@pytest.mark.parametrize("stop", [0, 2])
def test_what_was_stopped_goes_on_as_if_it_had_not_been(tmp_path, stop):
    path = media.video(tmp_path / "in", "h264.mkv", media.frames(10))
    whole = compress(Packing(), path, tmp_path / "whole.tvg", longest=3)
    out = tmp_path / "out.tvg"
    with pytest.raises(KeyboardInterrupt):
        compress(Packing(stop), path, out, longest=3)
    assert not out.exists() and unfinished(out).exists() == (stop > 0)
    if stop:
        with pytest.raises(ValueError, match="was begun and not finished"):
            compress(Packing(), path, out, longest=3)
    codec = Packing()
    compress(codec, path, out, longest=3, resume=stop > 0)
    assert len(codec.counts) == 4 - stop
    with open(whole, "rb") as ours, open(out, "rb") as theirs:
        assert ours.read() == theirs.read()


def test_nothing_is_replaced_unless_it_may_be(tmp_path):
    path = film(tmp_path / "in.mkv")
    out = compress(Packing(), path, tmp_path / "out.tvg")
    with pytest.raises(ValueError, match="is there already"):
        compress(Packing(), path, out)
    compress(Packing(), path, out, overwrite=True)
    with pytest.raises(ValueError, match="is the video itself"):
        compress(Packing(), path, path, overwrite=True)


def test_a_frame_of_another_size_than_the_header_says_is_refused(tmp_path):
    source = Source(media.video(tmp_path / "in", pictures=media.frames(3)))
    frames = list(source.frames())
    source.frames = lambda: iter([frames[0], frames[1]._replace(rgb=frames[1].rgb[:32])])
    with pytest.raises(ValueError, match="Frame 1 should be of 64x48 .* but is of 64x32"):
        list(groups(source, 8))
