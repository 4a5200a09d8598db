"""Interlaced films become whole frames, as many, at their times; others stay as they are."""

import itertools
from pathlib import Path

import av
import media
import numpy as np
import pytest

from tfvgan.data.decode import probe, read_video, why_not_tensorflow_io
from tfvgan.data.deinterlacing import check_deinterlace, deinterlaced
from tfvgan.data.opening import opened
from tfvgan.data.pyav import decoded


def frames_of(path):
    with opened(path) as container:
        yield from decoded(path, container, container.streams.video[0])


def combing(video):
    """Returns how much rows differ from those above and below, in levels."""
    grey = np.asarray(video, float).mean(-1)
    return np.abs(grey[:, 1:-1] - (grey[:, :-2] + grey[:, 2:]) / 2).mean()


@pytest.mark.parametrize("encoder", ["libx264", "mpeg2video"])
def test_films_that_say_so_are_deinterlaced_and_that_is_said_once(tmp_path, caplog, encoder):
    path = media.interlaced(tmp_path / "x.mkv", encoder=encoder)
    woven = list(frames_of(path))
    whole = list(deinterlaced(frames_of(path), "auto"))
    assert [(f.pts, f.time_base) for f in whole] == [(f.pts, f.time_base) for f in woven]
    whole, woven = (
        [f.to_ndarray(format="rgb24") for f in frames] for frames in (whole, frames_of(path))
    )
    assert combing(woven) > 8 * combing(whole)
    assert np.abs(np.array(whole, float) - media.moving_bar()).mean() < 3
    assert caplog.text.count("Interlaced films are deinterlaced") <= 1


@pytest.mark.parametrize(("said", "mode", "done"), [(0, "auto", 0), (1, "no", 0), (0, "yes", 1)])
def test_others_are_as_one_asks_for(tmp_path, said, mode, done):
    path = media.interlaced(tmp_path / "x.mkv", said=bool(said))
    found = read_video(path, deinterlace=mode, decoder="pyav")
    assert len(found) == 6 and (combing(found) < 5) == bool(done)


def test_films_of_which_a_later_frame_says_so_are_read_by_who_sees_it(tmp_path):
    """Who doesn't is tensorflow-io; the stream changes behind its third frame."""
    path = tmp_path / "x.m2v"
    parts = [
        Path(media.interlaced(tmp_path / name, count, "mpeg2video", said)).read_bytes()
        for name, count, said in (("plain.m2v", 3, False), ("said.m2v", 6, True))
    ]
    path.write_bytes(b"".join(parts))
    assert [frame.interlaced_frame for frame in frames_of(path)] == 3 * [False] + 6 * [True]
    info = probe(path)
    assert not info.interlaced and "is deinterlaced" in why_not_tensorflow_io(info)
    assert why_not_tensorflow_io(info, deinterlace="no") == ""
    found = read_video(path)
    assert len(found) == 9 and combing(found[:3]) > 10 > 5 > combing(found[3:])
    assert why_not_tensorflow_io(probe(tmp_path / "plain.m2v")) == ""


def test_progressive_frames_among_them_are_left_as_they_are(tmp_path):
    plain = media.video(tmp_path / "plain.mkv", pictures=media.moving_bar())
    woven = media.interlaced(tmp_path / "woven.mkv")
    found = list(deinterlaced(itertools.chain(frames_of(woven), frames_of(plain)), "auto"))
    same = [frame.to_ndarray() for frame in frames_of(plain)]
    np.testing.assert_array_equal([frame.to_ndarray() for frame in found[6:]], same)


def test_colours_sizes_and_tiny_frames_pass(tmp_path):
    frame = av.VideoFrame.from_ndarray(np.full((64, 64, 3), 90, "uint8"), format="rgb24")
    frame = frame.reformat(format="yuv420p10le", dst_colorspace=1)
    frame.color_range = 2
    tiny = av.VideoFrame.from_ndarray(np.full((4, 4, 3), 9, "uint8"), format="rgb24")
    other = av.VideoFrame.from_ndarray(np.full((32, 48, 3), 9, "uint8"), format="rgb24")
    found = list(deinterlaced([frame, frame, tiny, other], "yes"))
    assert [f.height for f in found] == [64, 64, 4, 32]
    told = {(f.format.name, int(f.colorspace), int(f.color_range)) for f in found[:2]}
    assert told == {("yuv420p10le", 1, 2)}


def test_another_mode_is_an_error():
    with pytest.raises(ValueError, match="`deinterlace` must be one of auto, no, yes, but is 'of'"):
        check_deinterlace("of")
