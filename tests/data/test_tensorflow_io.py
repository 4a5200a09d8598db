"""tfvgan.data.tensorflow_io: what the worker process does, tried out within this one.

Only good videos are decoded here: a bad one may end the process.
"""

import importlib.machinery
import warnings

import media
import numpy as np
import pytest
import tensorflow as tf

from tfvgan.data import pyav, tensorflow_io
from tfvgan.data.pyav import probe
from tfvgan.data.tensorflow_io import check_decoding, decode_whole, load_decoder

# JPEG's colours lie amid the pixels, and PyAV decodes it.
BOTH = [form for form in media.FORMATS if not {"av1", "mjpeg"} & {*form.replace(".", " ").split()}]
ROUNDING = 3  # Levels: FFmpeg 4 rounds, and what pixels share is placed afterwards.


@pytest.fixture(scope="module")
def decode_video():
    try:
        return load_decoder()[0]
    except ImportError as error:
        pytest.skip(f"tensorflow-io doesn't work here: {error}")


def both(path, decode_video, **options):
    """The frames of both decoders."""
    info = probe(path)
    theirs = np.stack(list(pyav.decode(info, **options)))
    return decode_whole(decode_video, info, **options), theirs


def test_the_loaded_ffmpeg_is_named_and_passes_the_check(decode_video):
    assert load_decoder()[1].startswith("FFmpeg 4")
    check_decoding(decode_video)


@pytest.mark.parametrize("form", BOTH)
def test_both_decoders_give_the_same_frames(tmp_path, decode_video, form):
    path = media.video(tmp_path / "a", form)
    ours, theirs = both(path, decode_video)
    assert ours.shape == theirs.shape == (12, 48, 64, 3) and ours.dtype == np.uint8
    difference = np.abs(ours.astype(int) - theirs).max()
    assert difference <= (10 if "10 bit" in form else ROUNDING)  # Deep ones lie where they may


@pytest.mark.parametrize("size", [16, 24, 40, (20, 60), 100])
@pytest.mark.parametrize("crop", ["center", "none", "squeeze"])
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
    assert np.abs(ours.astype(int) - theirs).max() <= ROUNDING
    ours, theirs = both(path, decode_video, size=(30, 24))
    assert np.abs(ours.astype(int) - theirs).mean() < 2


def test_both_decoders_see_the_colours_of_hd_video(tmp_path, decode_video):
    path = media.video(tmp_path / "a", colorspace=1)
    ours, theirs = both(path, decode_video)
    assert np.abs(ours.astype(int) - theirs).max() <= ROUNDING


@pytest.mark.parametrize("how", [{"fps": 4}, {"fps": 10}, {"fps": 25}, {"stride": 5}])
def test_both_decoders_take_the_same_frames(tmp_path, decode_video, how):
    ours, theirs = both(media.video(tmp_path / "a"), decode_video, **how)
    assert ours.shape == theirs.shape
    assert np.abs(ours.astype(int) - theirs).max() <= ROUNDING


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
            decode_whole(decode_video, wrong)


def test_a_file_that_the_op_refuses_is_an_error(tmp_path, decode_video):
    info = probe(media.video(tmp_path / "a"))
    with pytest.raises(ValueError, match="unable to open"):
        decode_whole(decode_video, info._replace(path=media.text(tmp_path / "b.mp4")))


def test_wrong_frames_are_noticed(decode_video):
    def swapped(data):
        return decode_video(data)[::-1]

    def broken(data):
        raise tf.errors.InvalidArgumentError(None, None, "no codec")

    with pytest.raises(ImportError, match="wrong frames"):
        check_decoding(swapped)
    with pytest.raises(ImportError, match="test decode failed"):
        check_decoding(broken)


@pytest.fixture
def without_ffmpeg(monkeypatch):
    """tensorflow-io is there; the system has no FFmpeg 4, and pyglet-ffmpeg isn't installed."""
    monkeypatch.setattr(tensorflow_io, "installed", lambda: True)
    monkeypatch.setattr(tensorflow_io, "SYSTEM_FFMPEG", "libavformat.so.none")
    monkeypatch.setattr(tensorflow_io.importlib.util, "find_spec", lambda name: None)


def test_without_ffmpeg_4_it_says_so(without_ffmpeg):
    with pytest.raises(ImportError, match=r"^there is no FFmpeg 4 \(libavformat.so.none\) for it$"):
        load_decoder()


def test_an_ffmpeg_that_does_not_load_is_named(without_ffmpeg, monkeypatch, tmp_path):
    (tmp_path / "linux_x86_64").mkdir()
    (tmp_path / "linux_x86_64" / "libavutil.so.56").write_text("no library")
    spec = importlib.machinery.ModuleSpec("pyglet_ffmpeg", None)
    spec.submodule_search_locations = [str(tmp_path)]
    monkeypatch.setattr(tensorflow_io.importlib.util, "find_spec", lambda name: spec)
    with pytest.raises(ImportError, match=r"pyglet-ffmpeg doesn't load \(.*libavutil.so.56: "):
        load_decoder()


def test_what_is_not_installed_is_not_looked_for_further(without_ffmpeg, monkeypatch):
    monkeypatch.setattr(tensorflow_io, "installed", lambda: False)
    with pytest.raises(ImportError, match="^it isn't installed "):
        load_decoder()


def test_the_symbol_that_is_missing_is_named():
    """tensorflow-io's error names three libraries; why the right one fails, a warning does."""
    name, symbol = "libtensorflow_io_ffmpeg_4.2.so", "_ZN10tensorflow15TensorShape"
    said = [
        f"unable to load libtensorflow_io.so: from paths: ['/x/{name}']\ncaused by: ['/x: other']",
        f"could not load {name}: unable to open file: {name}, from paths: ['/x/{name}']\n"
        f"caused by: ['/x/{name}: undefined symbol: {symbol}']",
    ]
    warned = [warnings.WarningMessage(UserWarning(text), UserWarning, "", 0) for text in said]
    error = NotImplementedError("could not find ffmpeg")
    assert tensorflow_io._cause(warned, error) == f"{name}: undefined symbol: {symbol}"
    assert tensorflow_io._cause(warned[:1], error) == "could not find ffmpeg"


def test_colours_that_pixels_share_lie_where_they_should(tmp_path, decode_video):
    """Red rises where blue falls: colours that are off to the right have less red and more blue."""
    across = np.tile(np.arange(40, 168, 2, dtype=np.uint8), (48, 1))
    picture = np.stack([across, np.full_like(across, 100), across[:, ::-1]], axis=-1)
    pictures = np.repeat(picture[None], 3, axis=0)
    info = probe(media.video(tmp_path / "a", pictures=pictures))
    for size in (None, (24, 32), (96, 128)):
        how = {} if size is None else {"size": size}
        placed, right = both(info.path, decode_video, **how)
        repeated = decode_whole(decode_video, info._replace(pixels="other"), **how)
        inside = (slice(None), slice(4, -4), slice(4, -4))
        off, far = (
            (each.astype(float) - right)[inside].mean((0, 1, 2)) for each in (placed, repeated)
        )
        assert abs(off[2] - off[0]) < 0.2 < 0.8 < far[2] - far[0], (size, off, far)
        assert np.abs(off).max() < 0.5 < -far.mean(), "what is rounded down is added"
