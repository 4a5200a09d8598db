"""tfvgan.data.decode: one door to both decoders; the right one behind it; nothing bad gets out."""

import logging
import os
import threading

import media
import numpy as np
import pytest

from tfvgan.data import decode, worker
from tfvgan.data.decode import probe, read_frames, read_video, why_not_tensorflow_io
from tfvgan.data.errors import UnreadableVideo, _warn_once
from tfvgan.data.worker import POOL, Refused, Unavailable


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    """Each test hears what is said once, has refused nothing, and has a tensorflow-io to ask."""
    _warn_once.cache_clear()
    monkeypatch.setattr(decode, "installed", lambda: True)
    monkeypatch.setattr(decode, "_refused", set())


@pytest.fixture
def tensorflow_io():
    try:
        POOL.ffmpeg()
    except Unavailable as error:
        pytest.skip(f"tensorflow-io doesn't work here: {error}")


@pytest.fixture
def asked(monkeypatch):
    """Counts what tensorflow-io is asked; it answers with black frames."""
    asked = []

    def answer(info, *how):
        asked.append(os.path.basename(info.path))
        return np.zeros((info.frames, info.height, info.width, 3), np.uint8)

    monkeypatch.setattr(decode.POOL, "decode", answer)
    return asked


@pytest.mark.parametrize("form", media.FORMATS)
def test_every_promised_format_is_read_by_itself(tmp_path, form):
    found = read_video(media.video(tmp_path / "a", form), size=(24, 32))
    assert found.shape == (12, 24, 32, 3) and found.dtype == np.uint8
    if "grey" not in form:
        wanted = media.frames().reshape(12, 24, 2, 32, 2, 3).mean((2, 4))
        assert np.abs(found - wanted).mean() < (20 if form == "gif" else 4)


def test_chunks_are_of_the_asked_length_in_both_decoders(tmp_path, tensorflow_io):
    path = media.video(tmp_path / "a")
    for decoder in ("pyav", "tensorflow-io"):
        chunks = list(read_frames(path, chunk=5, decoder=decoder))
        assert [len(chunk) for chunk in chunks] == [5, 5, 2]
        assert (np.concatenate(chunks) == read_video(path, decoder=decoder)).all()


def test_tensorflow_io_is_asked_first(tmp_path, asked):
    path = media.video(tmp_path / "a")
    assert not read_video(path).any() and asked == ["a.mp4"]
    assert read_video(path, decoder="pyav").any() and asked == ["a.mp4"]


def test_pyav_is_chosen_where_tensorflow_io_cannot(tmp_path, asked, caplog, monkeypatch):
    ticks = [0, 10, 20, 50, 60, 70, 100, 110, 120, 130, 140, 150]
    cases = {
        "codec is av1": (media.video(tmp_path / "a", "av1.mp4"), {}),
        "rate varies": (media.video(tmp_path / "b", "h264.mkv", ticks=ticks), {"fps": 10}),
        "no multiple of 8": (media.video(tmp_path / "c", pictures=media.frames(3, 32, 36)), {}),
        "colours are full range": (media.video(tmp_path / "d", "vp9.webm", color_range=2), {}),
    }
    for reason, (path, how) in cases.items():
        for _ in range(2):
            assert read_video(path, **how).any()
        assert [reason in message for message in caplog.messages].count(True) == 1
        with pytest.raises(UnreadableVideo, match=f"tensorflow-io was asked for, but .*{reason}"):
            read_video(path, decoder="tensorflow-io", **how)
    monkeypatch.setattr(decode, "LARGEST_DECODED", 1000)
    assert read_video(media.video(tmp_path / "e")).any()
    assert "too long" in caplog.messages[-1]
    assert read_video(media.images(tmp_path / "images")).any()
    assert asked == [] and len(caplog.messages) == 5


def test_pyav_is_chosen_where_colours_do_not_lie_as_in_h264(tmp_path, asked, caplog, monkeypatch):
    placed = media.video(tmp_path / "placed", "h264.mp4")
    assert not read_video(placed).any() and asked == ["placed.mp4"]
    for number, pixels in enumerate(("yuv422p", "yuv420p10le")):
        path = media.video(tmp_path / str(number), pixels=pixels)
        assert read_video(path).any() and "colours are not 4:2:0" in caplog.messages[-1]
    monkeypatch.setattr(decode, "lies_left", lambda frame: False)
    assert read_video(placed).any() and asked == ["placed.mp4"]


def test_each_file_of_a_kind_is_not_announced_again(tmp_path, asked, caplog):
    for name in "abc":
        read_video(media.video(tmp_path / name, "av1.webm"))
    assert len(caplog.messages) == 1


def test_without_a_working_tensorflow_io_pyav_reads_everything(tmp_path, monkeypatch, caplog):
    def unavailable(*_):
        raise Unavailable("there is no FFmpeg 4")

    monkeypatch.setattr(decode.POOL, "decode", unavailable)
    path = media.video(tmp_path / "a")
    assert read_video(path).any() and read_video(path).any()
    assert len(caplog.messages) == 1 and "there is no FFmpeg 4" in caplog.messages[0]
    with pytest.raises(UnreadableVideo, match="there is no FFmpeg 4"):
        read_video(path, decoder="tensorflow-io")


def test_where_tensorflow_io_is_not_installed_pyav_is_the_default(tmp_path, monkeypatch, caplog):
    """Nobody is asked, no worker is started, and nothing is said."""
    monkeypatch.setattr(decode, "installed", lambda: False)
    monkeypatch.setattr(worker, "installed", lambda: False)
    monkeypatch.setattr(worker, "Worker", None)
    monkeypatch.setattr(decode, "POOL", worker.Pool())
    path = media.video(tmp_path / "a")
    assert read_video(path).any() and not caplog.messages
    with pytest.raises(UnreadableVideo, match=r"asked for, but .* isn't installed \(it is for"):
        read_video(path, decoder="tensorflow-io")


def test_a_file_that_crashes_tensorflow_io_is_read_by_pyav(tmp_path, monkeypatch, caplog):
    asked = []

    def crash(info, *_):
        asked.append(info.path)
        raise Refused("its process ended with code -6")

    monkeypatch.setattr(decode.POOL, "decode", crash)
    path = media.video(tmp_path / "a")
    with caplog.at_level(logging.INFO, logger="tfvgan"):
        assert read_video(path).any() and read_video(path).any()
    assert len(asked) == 1  # it isn't asked a second time
    assert f"{path}: tensorflow-io failed (its process ended with code -6)." in caplog.messages
    assert "damaged or unusual" in why_not_tensorflow_io(probe(path))


def test_a_relative_path_is_found(tmp_path, monkeypatch, tensorflow_io):
    media.video(tmp_path / "a")
    POOL.ffmpeg()  # its worker runs in the folder that was current at its start
    monkeypatch.chdir(tmp_path)
    assert read_video("a.mp4", decoder="tensorflow-io").any()


BAD = {"a.mp4": media.empty, "b.mp4": media.text, "c.mp4": media.audio, "d.mp4": media.truncated}


@pytest.mark.parametrize("decoder", decode.DECODERS)
@pytest.mark.parametrize("name", BAD)
def test_bad_files_are_named(tmp_path, name, decoder):
    path = BAD[name](tmp_path / name)
    with pytest.raises(UnreadableVideo) as raised:
        read_frames(path, decoder=decoder)
    assert raised.value.path == path and raised.value.reason


@pytest.mark.parametrize(
    "wrong", [{"decoder": "opencv"}, {"chunk": 0}, {"size": -1}, {"crop": "left"}, {"fps": -5}]
)
def test_wrong_arguments_are_named_before_anything_is_read(tmp_path, wrong):
    with pytest.raises(ValueError, match=f"`{next(iter(wrong))}` must be"):
        read_frames(tmp_path / "missing.mp4", **wrong)


def test_threads_may_read_at_once(tmp_path, tensorflow_io):
    paths = [media.video(tmp_path / str(number), pictures=media.frames(4)) for number in range(6)]
    expected, found = read_video(paths[0]), {}
    threads = [
        threading.Thread(target=lambda path=path: found.update({path: read_video(path)}))
        for path in paths
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 6 and all((video == expected).all() for video in found.values())


@pytest.mark.timeout(120)
def test_two_hundred_damaged_files_neither_crash_nor_hang(tmp_path):
    pictures = media.frames(10, 24, 32)
    whole = {form: _bytes(tmp_path / form, form, pictures) for form in media.FORMATS}
    read, named = 0, 0
    for seed in range(200):
        form = list(whole)[seed * 7 % len(whole)]
        path = tmp_path / f"damaged{seed}{media.FORMATS[form].suffix}"
        path.write_bytes(media.damaged(whole[form], seed))
        try:
            found = read_video(path, size=16)
        except UnreadableVideo as error:
            assert str(path) in str(error) and "\n" not in str(error)
            named += 1
        else:
            assert found.shape[1:] == (16, 16, 3) and len(found)
            read += 1
    assert read + named == 200 and read > 50 and named > 50


def _bytes(folder, form, pictures):
    folder.mkdir()
    with open(media.video(folder / "whole", form, pictures), "rb") as file:
        return file.read()
