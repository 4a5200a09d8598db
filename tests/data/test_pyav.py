"""tfvgan.data.pyav: what a file is, and its frames, whatever the format and the damage."""

import os
from pathlib import Path

import av
import media
import numpy as np
import pytest

from tfvgan.data.errors import UnreadableVideo, _warn_once
from tfvgan.data.pyav import decode, probe, raw_frames


def mean_difference(first, second):
    return np.abs(np.asarray(first, int) - np.asarray(second, int)).mean()


def frames_of(path, **options):
    return np.stack(list(decode(probe(path), **options)))


@pytest.mark.parametrize("form", media.FORMATS)
def test_every_format_is_probed_and_decoded(tmp_path, form):
    grey = "grey" in form
    pictures = media.frames(grey=grey)
    path = media.video(tmp_path / "a", form, pictures)
    info = probe(path)
    assert (info.frames, info.height, info.width, info.rotation) == (12, 48, 64, 0)
    assert info.fps == pytest.approx(10) and info.duration == pytest.approx(1.2)
    assert info.codec == form.split()[0].split(".")[0] and not info.variable_rate
    found = frames_of(path)
    assert found.shape == (12, 48, 64, 3) and found.dtype == np.uint8
    assert mean_difference(found, pictures) < (20 if form == "gif" else 4)


@pytest.mark.parametrize("size", [(33, 25), (25, 34), (49, 66), (17, 65)])
@pytest.mark.parametrize("form", ["mpeg4.mp4", "vp9.webm", "mjpeg.mkv", "gif"])
def test_odd_sizes(tmp_path, form, size):
    pictures = media.frames(6, *size)
    found = frames_of(media.video(tmp_path / "a", form, pictures))
    assert found.shape == pictures.shape
    assert mean_difference(found, pictures) < (20 if form == "gif" else 6)


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_pictures_come_upright(tmp_path, rotation, mirrored):
    upright = media.frames()
    stored = np.rot90(upright, -rotation // 90, axes=(1, 2))
    stored = stored[:, :, ::-1] if mirrored else stored
    path = media.video(tmp_path / "a", pictures=stored, rotation=rotation, mirrored=mirrored)
    info = probe(path)
    assert (*info.orientation, info.height, info.width) == (rotation, mirrored, 48, 64)
    assert mean_difference(frames_of(path), upright) < 4
    small = frames_of(path, size=(24, 32))
    assert mean_difference(small, upright.reshape(12, 24, 2, 32, 2, 3).mean((2, 4))) < 4


def test_colours_of_hd_and_full_range_video(tmp_path):
    for number, options in enumerate([{"colorspace": 1}, {"color_range": 2}]):
        path = media.video(tmp_path / f"{number}.webm", "vp9.webm", **options)
        assert mean_difference(frames_of(path), media.frames()) < 4
        assert mean_difference(frames_of(path, size=24, crop="none"), SMALL) < 4


SMALL = media.frames().reshape(12, 24, 2, 32, 2, 3).mean((2, 4))


def test_shrinking_averages_and_crops_the_middle(tmp_path):
    path = media.video(tmp_path / "a")
    assert mean_difference(frames_of(path, size=24, crop="none"), SMALL) < 3
    assert mean_difference(frames_of(path, size=24), SMALL[:, :, 4:28]) < 3
    assert frames_of(path, size=(96, 100)).shape == (12, 96, 100, 3)


def test_variable_rate_shows_each_frame_as_long_as_it_lasts(tmp_path):
    ticks = [0, 10, 20, 50, 60, 70, 100, 110, 120, 130, 140, 150]
    path = media.video(tmp_path / "a", "h264.mkv", ticks=ticks)
    assert probe(path).variable_rate
    every = frames_of(path)
    at_ten = frames_of(path, fps=10)
    expected = [0, 1, 2, 2, 2, 3, 4, 5, 5, 5, 6, 7, 8, 9, 10, 11, 11]  # the last: the mean time
    assert len(every) == 12 and len(at_ten) == 17
    assert (at_ten == every[expected]).all()


def test_constant_rate_is_resampled_and_strided(tmp_path):
    path = media.video(tmp_path / "a", "h264.mkv")
    every = frames_of(path)
    assert (frames_of(path, fps=5) == every[::2]).all()
    assert (frames_of(path, fps=20) == every.repeat(2, axis=0)).all()
    assert (frames_of(path, stride=3) == every[::3]).all()


@pytest.mark.parametrize("suffix", [".png", ".jpg"])
def test_numbered_images_are_a_video(tmp_path, suffix):
    path = media.images(tmp_path / "100% [x]", media.frames(11), suffix)
    info = probe(path)
    assert (info.frames, info.height, info.width, info.codec) == (11, 48, 64, "images")
    assert mean_difference(frames_of(path), media.frames(11)) < (1e-9 if suffix == ".png" else 3)


def test_a_picture_that_grows_keeps_its_first_size(tmp_path):
    found = frames_of(media.growing(tmp_path / "a.264"))
    assert found.shape == (12, 48, 64, 3)
    assert mean_difference(found, np.concatenate([media.frames(6)] * 2)) < 5


BAD = {
    "empty": (media.empty, ".mp4", "the file is empty"),
    "text": (media.text, ".mp4", "Invalid data"),
    "audio": (media.audio, ".mp4", "sound only"),
    "cover": (media.covered, ".mp4", "sound only"),
    "no frames": (media.no_frames, ".mkv", "no frame|End of file"),
    "truncated": (media.truncated, ".mp4", "cut off"),
}


@pytest.mark.parametrize("kind", BAD)
def test_bad_files_are_named_with_the_reason_in_one_sentence(tmp_path, kind):
    make, suffix, reason = BAD[kind]
    path = make(tmp_path / f"bad{suffix}")
    with pytest.raises(UnreadableVideo, match=reason) as raised:
        probe(path)
    assert raised.value.path == path and path in str(raised.value)
    assert "\n" not in str(raised.value) and str(raised.value).endswith(".")


def test_what_is_not_there_is_named(tmp_path):
    with pytest.raises(UnreadableVideo, match="No such file"):
        probe(tmp_path / "missing.mp4")
    with pytest.raises(UnreadableVideo, match="without numbered images"):
        probe(tmp_path)


def test_the_answer_is_remembered_until_the_file_changes(tmp_path):
    path = media.video(tmp_path / "a", pictures=media.frames(5))
    assert probe(path) is probe(path)
    media.video(path, pictures=media.frames(7))
    os.utime(path, ns=(1, 1))
    assert probe(path).frames == 7


def test_a_list_of_other_files_is_not_followed(tmp_path):
    media.video(tmp_path / "good.mp4")
    for name, text in {
        "a.mp4": "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nhttp://127.0.0.1:9/a.ts\n",
        "b.mp4": "ffconcat version 1.0\nfile http://127.0.0.1:9/a.mp4\n",
    }.items():
        (tmp_path / name).write_text(text)
        with pytest.raises(UnreadableVideo):
            probe(tmp_path / name)


def test_damage_in_the_middle_leaves_the_other_frames(tmp_path, caplog):
    path = media.video(tmp_path / "a", "mjpeg.mov")
    data = bytearray((tmp_path / "a.mov").read_bytes())
    starts = [at for at in range(len(data)) if data[at : at + 3] == b"\xff\xd8\xff"]
    data[starts[5] : starts[6]] = bytes(starts[6] - starts[5])
    (tmp_path / "a.mov").write_bytes(data)
    assert len(frames_of(path)) == 11
    assert f"{path}: 1 damaged packets were left out." in caplog.messages


@pytest.mark.skipif(not os.path.exists("/proc/self/statm"), reason="no /proc to read memory from")
def test_memory_stays_the_same_however_long_the_file_is(tmp_path):
    pictures = np.repeat(media.frames(4, 480, 640), 30, axis=0)  # 110 MB
    path = media.video(tmp_path / "a", "mpeg4.mp4", pictures)
    del pictures
    used = []
    for _ in decode(probe(path)):
        with open("/proc/self/statm") as file:
            used.append(int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6)
    assert len(used) == 120 and max(used[10:]) - used[10] < 30


def test_a_pipe_that_has_a_name_is_told_from_an_empty_file(tmp_path):
    os.mkfifo(tmp_path / "film.mp4")
    for path in (tmp_path / "film.mp4", "/dev/null"):
        with pytest.raises(UnreadableVideo, match="holds, or let it be standard input .* give -"):
            probe(path)


def test_a_bad_image_is_named_and_not_its_folder(tmp_path):
    folder = media.images(tmp_path / "frames", media.frames(3))
    bad = sorted(Path(folder).iterdir())[1]
    bad.write_bytes(b"no image")
    with pytest.raises(UnreadableVideo, match=f"{bad} can't be read"):
        list(raw_frames(probe(folder)))


def test_hdr_that_is_read_in_eight_bits_is_said(tmp_path, caplog):
    _warn_once.cache_clear()
    pictures = media.frames(2)
    with av.open(str(tmp_path / "x.mkv"), "w") as container:
        stream = container.add_stream("libx264", rate=25)
        stream.height, stream.width, stream.pix_fmt = 48, 64, "yuv420p10le"
        stream.codec_context.color_trc = 16
        for picture in pictures:
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode())
    assert frames_of(tmp_path / "x.mkv").dtype == np.uint8
    assert caplog.text.count("Films of HDR are read in 8 bits") == 1


def test_frames_that_are_decoded_in_another_order_keep_their_times_in_avi(tmp_path):
    pictures = media.frames(16) // np.tile(np.uint8([2, 1]), 8)[:, None, None, None]
    path = media.video(tmp_path / "a", "h264.avi", pictures, preset="medium", bf="3")
    with av.open(path) as container:
        stamps = [frame.pts for frame in container.decode(video=0)]
    assert stamps != sorted(stamps), "as PyAV has them"
    info = probe(path)
    assert (info.fps, info.variable_rate) == (10, False)
    assert mean_difference(frames_of(path), pictures) < 8
    stamps = [frame.pts for frame in raw_frames(info) if frame.pts is not None]
    assert len(stamps) > 12 and set(np.diff(stamps)) == {stamps[1] - stamps[0]}
