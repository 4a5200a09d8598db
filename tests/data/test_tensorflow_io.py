"""tfvgan.data.tensorflow_io: what the worker process does, tried out within this one.

Only good videos are decoded here: a bad one may end the process.
"""

import media
import numpy as np
import pytest
import tensorflow as tf

from tfvgan.data import pyav, tensorflow_io
from tfvgan.data.pyav import probe
from tfvgan.data.tensorflow_io import check, decode, load

BOTH = [form for form in media.FORMATS if "av1" not in form]


@pytest.fixture(scope="module")
def decode_video():
    try:
        return load()[0]
    except ImportError as error:
        pytest.skip(f"tensorflow-io doesn't work here: {error}")


def both(path, decode_video, **options):
    """The frames of both decoders."""
    info = probe(path)
    theirs = np.stack(list(pyav.decode(info, **options)))
    return decode(decode_video, info, **options), theirs


def test_the_loaded_ffmpeg_is_named_and_passes_the_check(decode_video):
    assert load()[1].startswith("FFmpeg 4")
    check(decode_video)


@pytest.mark.parametrize("form", BOTH)
def test_both_decoders_give_the_same_frames(tmp_path, decode_video, form):
    path = media.video(tmp_path / "a", form)
    ours, theirs = both(path, decode_video)
    assert ours.shape == theirs.shape == (12, 48, 64, 3) and ours.dtype == np.uint8
    difference = np.abs(ours.astype(int) - theirs).max()
    assert difference <= (8 if "10 bit" in form else 0)  # FFmpeg rounds deep colours anew


@pytest.mark.parametrize("size", [16, 24, 40, (20, 60), 100])
@pytest.mark.parametrize("crop", ["center", "none"])
def test_both_decoders_resize_alike(tmp_path, decode_video, size, crop):
    path = media.video(tmp_path / "a")
    ours, theirs = both(path, decode_video, size=size, crop=crop)
    assert ours.shape == theirs.shape
    difference = np.abs(ours.astype(int) - theirs)
    assert difference.mean() < 2 and np.percentile(difference, 99) < 8


@pytest.mark.parametrize(("rotation", "mirrored"), [(90, False), (180, True), (270, True)])
def test_both_decoders_turn_alike(tmp_path, decode_video, rotation, mirrored):
    path = media.video(tmp_path / "a", rotation=rotation, mirrored=mirrored)
    ours, theirs = both(path, decode_video)
    assert (ours == theirs).all()
    ours, theirs = both(path, decode_video, size=(30, 24))
    assert np.abs(ours.astype(int) - theirs).mean() < 2


def test_both_decoders_see_the_colours_of_hd_video(tmp_path, decode_video):
    path = media.video(tmp_path / "a", colorspace=1)
    ours, theirs = both(path, decode_video)
    assert np.abs(ours.astype(int) - theirs).max() <= 3


@pytest.mark.parametrize("how", [{"fps": 4}, {"fps": 10}, {"fps": 25}, {"stride": 5}])
def test_both_decoders_take_the_same_frames(tmp_path, decode_video, how):
    ours, theirs = both(media.video(tmp_path / "a"), decode_video, **how)
    assert ours.shape == theirs.shape and (ours == theirs).all()


def test_odd_heights_and_widths_of_eight(tmp_path, decode_video):
    for number, size in enumerate([(33, 40), (47, 24), (50, 16)]):
        path = media.video(tmp_path / str(number), "mpeg4.mp4", media.frames(4, *size))
        ours, theirs = both(path, decode_video)
        difference = np.abs(ours.astype(int) - theirs)
        assert difference.mean() < 2 and difference.max() < 16


def test_another_count_than_the_file_holds_is_an_error(tmp_path, decode_video):
    info = probe(media.video(tmp_path / "a"))
    for wrong in (info._replace(frames=13), info._replace(width=72)):
        with pytest.raises(ValueError, match="came of"):
            decode(decode_video, wrong)


def test_a_file_that_the_op_refuses_is_an_error(tmp_path, decode_video):
    info = probe(media.video(tmp_path / "a"))
    with pytest.raises(ValueError, match="unable to open"):
        decode(decode_video, info._replace(path=media.text(tmp_path / "b.mp4")))


def test_wrong_frames_are_noticed(decode_video):
    def swapped(data):
        return decode_video(data)[::-1]

    def broken(data):
        raise tf.errors.InvalidArgumentError(None, None, "no codec")

    with pytest.raises(ImportError, match="wrong frames"):
        check(swapped)
    with pytest.raises(ImportError, match="test decode failed"):
        check(broken)


def test_without_ffmpeg_4_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(tensorflow_io, "SYSTEM_FFMPEG", "libavformat.so.none")
    monkeypatch.setattr(tensorflow_io.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ImportError, match="pip install pyglet-ffmpeg"):
        load()
