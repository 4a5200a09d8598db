import io
from fractions import Fraction

import av
import media
import numpy as np
import pytest
from sounding import film

from tfvgan.data import UnreadableVideo
from tfvgan.data.errors import CutOff
from tfvgan.data.orientation import Orientation
from tfvgan.streaming import Source
from tfvgan.streaming.source import simple_rate


def test_frames_come_with_their_times(tmp_path):
    ticks = [0, 10, 15, 40]
    path = media.video(tmp_path / "x", pictures=media.frames(4), ticks=ticks)
    source = Source(path)
    frames = list(source.frames())
    assert source.count == 4 and frames[0].rgb.shape == (48, 64, 3) and frames[0].alpha is None
    assert [float(frame.time) for frame in frames] == pytest.approx([t / 100 for t in ticks])
    assert np.abs(frames[2].rgb.astype(int) - media.frames(4)[2]).mean() < 6


def test_a_picture_may_stand_for_minutes(tmp_path, caplog):
    path = media.video(tmp_path / "x", pictures=media.frames(4), ticks=[0, 9000, 9010, 18010])
    source = Source(path)
    assert [float(frame.time) for frame in source.frames()] == [0, 90, 90.1, 180.1]
    assert float(source.fps) == pytest.approx(3 / 180.1, abs=1e-4) and not caplog.messages


def test_a_jump_back_is_told(tmp_path, caplog):
    for name in ("a", "b"):
        media.video(tmp_path / f"{name}.ts", "h264.mkv", media.frames(20), fps=10)
    both = tmp_path / "both.ts"
    both.write_bytes((tmp_path / "a.ts").read_bytes() + (tmp_path / "b.ts").read_bytes())
    times = [float(frame.time) for frame in Source(both).frames()]
    np.testing.assert_allclose(times, np.arange(40) / 10, atol=0.11)
    assert "at 2 seconds a jump of -1.9 seconds in its time stamps was left out" in caplog.text


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_frames_are_upright(tmp_path, degrees, mirrored):
    how = {"rotation": degrees, "mirrored": mirrored}
    path = media.video(tmp_path / "x", pictures=media.frames(2), **how)
    plain = media.video(tmp_path / "y", pictures=media.frames(2))
    ours, theirs = (next(Source(which).frames()).rgb for which in (path, plain))
    theirs = theirs[:, ::-1] if mirrored else theirs
    np.testing.assert_array_equal(ours, np.rot90(theirs, degrees // 90))


@pytest.mark.parametrize("degrees", [0, 90])
def test_thumbnails_are_the_frames_small_and_upright(tmp_path, degrees):
    path = media.video(tmp_path / "x", pictures=media.frames(5), rotation=degrees)
    source = Source(path)
    size = tuple(side // 8 for side in source.size)
    small = list(source.thumbnails(size))
    frames = [frame.rgb for frame in source.frames()]
    assert len(small) == 5
    for thumbnail, frame in zip(small, frames, strict=True):
        assert thumbnail.shape == (*size, 3) and thumbnail.flags["C_CONTIGUOUS"]
        means = frame.reshape(size[0], 8, size[1], 8, 3).mean((1, 3))
        assert np.abs(thumbnail - means).mean() < 3


def piped(monkeypatch, path):
    with open(path, "rb") as file:
        stdin = type("Stdin", (), {"buffer": io.BytesIO(file.read())})
    monkeypatch.setattr("sys.stdin", stdin)
    return Source("-")


@pytest.mark.parametrize("degrees", [0, 90])
def test_frames_are_scaled_upright_whatever_their_aspect(tmp_path, degrees):
    path = media.video(tmp_path / "a.mp4", "h264.mp4", rotation=degrees)
    small, whole = (list(Source(path).frames(size=size)) for size in ((8, 6), None))
    assert {frame.rgb.shape for frame in small} == {(8, 6, 3)}
    assert [frame.time for frame in small] == [frame.time for frame in whole]
    halves = [
        [rgb[: len(rgb) // 2].mean(), rgb[len(rgb) // 2 :].mean()]
        for rgb in (small[0].rgb, whole[0].rgb)
    ]
    np.testing.assert_allclose(*halves, atol=4)


def test_a_pipe_that_is_turned_says_so_before_its_frames(tmp_path, monkeypatch):
    turned = {"pictures": media.frames(3), "rotation": 90, "aspect": Fraction(4, 3)}
    source = piped(monkeypatch, media.video(tmp_path / "x", **turned))
    assert source.size == (64, 48) and source.look.aspect == Fraction(3, 4)
    assert [frame.rgb.shape for frame in source.frames()] == 3 * [(64, 48, 3)]


def test_a_picture_that_turns_in_the_middle_keeps_the_first_size(tmp_path, monkeypatch):
    turns = iter([Orientation(), Orientation(90), Orientation(180)])
    path = media.video(tmp_path / "x", pictures=media.frames(3))
    source = Source(path)
    monkeypatch.setattr("tfvgan.streaming.source.orientation_of", lambda frame: next(turns))
    assert [frame.rgb.shape for frame in source.frames()] == 3 * [(48, 64, 3)]


def test_images_are_each_turned_as_they_say(tmp_path):
    from PIL import Image, ImageOps

    for number, size in enumerate([(48, 64), (64, 48)]):
        told = Image.Exif()
        told[0x0112] = [2, 5][number]
        image = Image.fromarray(media.frames(1, *size)[0])
        image.save(tmp_path / f"{number}.png", exif=told)
    frames = list(Source(tmp_path).frames())
    for number, frame in enumerate(frames):
        expected = ImageOps.exif_transpose(Image.open(tmp_path / f"{number}.png"))
        np.testing.assert_array_equal(frame.rgb, np.asarray(expected))


def test_a_folder_of_images_with_alpha(tmp_path):
    from PIL import Image

    picture = np.random.default_rng(0).integers(0, 256, (8, 12, 4)).astype("uint8")
    for number in range(3):
        Image.fromarray(picture).save(tmp_path / f"{number:03d}.png")
    source = Source(tmp_path)
    frames = list(source.frames())
    assert source.is_folder and source.count == 3 and source.look.alpha
    np.testing.assert_array_equal(frames[1].rgb, picture[..., :3])
    np.testing.assert_array_equal(frames[1].alpha, picture[..., 3:])
    assert frames[2].time == Fraction(2, 25)


def test_a_pipe(tmp_path, monkeypatch):
    source = piped(monkeypatch, media.video(tmp_path / "x", "h264.mkv", media.frames(5)))
    assert source.piped and source.count is None
    assert source.fps == 10 and source.size == (48, 64), "known before the first frame is read"
    assert len(list(source.frames())) == 5


def test_a_damaged_pipe_goes_on_and_its_sound_is_said_to_be_left_out(tmp_path, monkeypatch, caplog):
    path = film(tmp_path / "in.ts", media.frames(40), subtitles=False)
    with open(path, "rb") as file:
        data = file.read()
    middle = len(data) // 2
    piped = io.BytesIO(data[:middle] + bytes(range(256)) * 20 + data[middle:])
    monkeypatch.setattr("sys.stdin", type("Stdin", (), {"buffer": piped}))
    assert len(list(Source("-").frames())) > 30
    assert "what comes through a pipe is left out (sound): name a file." in caplog.text


def test_a_picture_that_grows_keeps_its_first_size(tmp_path):
    frames = list(Source(media.growing(tmp_path / "x.264")).frames())
    assert {frame.rgb.shape for frame in frames} == {(48, 64, 3)} and len(frames) == 12
    assert np.abs(frames[8].rgb.astype(int) - media.frames(6)[2]).mean() < 6


def test_images_of_two_sizes_are_an_error(tmp_path):
    media.images(tmp_path / "x", [media.frames(1)[0], media.frames(1, 32, 32)[0]])
    said = "must be of one size, but the first is of 64x48 pixels and number 2 of 32x32"
    with pytest.raises(ValueError, match=said):
        list(Source(tmp_path / "x").frames())


def test_no_video_is_an_error(tmp_path, monkeypatch):
    with pytest.raises(UnreadableVideo):
        Source(tmp_path / "nothing.mp4")
    monkeypatch.setattr("sys.stdin", type("Stdin", (), {"buffer": io.BytesIO(b"words" * 99)}))
    with pytest.raises(UnreadableVideo, match="standard input"):
        Source("-")


def test_full_range_colours_are_not_stretched(tmp_path):
    grey = np.full((2, 48, 64, 3), 10, "uint8")
    path = media.video(tmp_path / "x", "mjpeg.avi", grey)
    assert abs(next(Source(path).frames()).rgb.mean() - 10) < 2


@pytest.mark.parametrize("mode", ["auto", "no"])
def test_interlaced_films_come_as_asked_for(tmp_path, mode):
    source = Source(media.interlaced(tmp_path / "x.mkv"), mode)
    frames = list(source.frames())
    assert [float(frame.time) for frame in frames] == pytest.approx([n / 25 for n in range(6)])
    far = [
        np.abs(frame.rgb - media.moving_bar()[n].astype(float)).mean()
        for n, frame in enumerate(frames)
    ]
    assert (max(far) < 3) == (mode == "auto") and source.settings["deinterlace"] == mode


def test_a_folder_of_images_plays_at_the_rate_that_is_given(tmp_path):
    source = Source(media.images(tmp_path / "frames", media.frames(3)), fps=12.5)
    assert source.fps == Fraction(25, 2)
    assert [frame.time for frame in source.frames()] == [0, Fraction(2, 25), Fraction(4, 25)]
    assert Source(tmp_path / "frames").fps == 25
    with pytest.raises(ValueError, match="is for folders of images"):
        Source(media.video(tmp_path / "x.mp4"), fps=12)


PARTS = {  # Of 24 frames, in groups of 4: of two thirds of the bytes about as many can be read.
    "h264.mp4": {"movflags": "+faststart"},
    "fragmented": {"movflags": "+frag_keyframe+empty_moov+default_base_moof"},
    "h264.mkv": {},
    "mjpeg.avi": {},
}


@pytest.mark.parametrize("form", PARTS)
def test_what_is_there_of_a_file_that_is_cut_off(form, tmp_path, caplog):
    kind = {"fragmented": "h264.mp4"}.get(form, form)
    path = tmp_path / f"x{media.FORMATS[kind].suffix}"
    with av.open(str(path), "w", options=PARTS[form]) as container:
        stream = container.add_stream(media.FORMATS[kind].encoder, rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 48, media.FORMATS[kind].pixels
        stream.gop_size, stream.options = 4, media.OPTIONS.get(media.FORMATS[kind].encoder, {})
        for picture in media.frames(24):
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            container.mux(stream.encode(frame.reformat(format=stream.pix_fmt)))
        container.mux(stream.encode())
    whole = [frame.rgb for frame in Source(path).frames()]
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 2 // 3])
    with pytest.raises(CutOff, match=r"are missing; `partial` \(--partial\) takes what is there\."):
        Source(path)
    source = Source(path, partial=True)
    found = [frame.rgb for frame in source.frames()]
    assert 10 <= len(found) <= 20 and source.count - len(found) <= 1
    for ours, theirs in zip(found[:-1], whole):
        np.testing.assert_array_equal(ours, theirs)
    assert f"what is there is taken, {source.count} frames, {source.count / 10:.2f}" in caplog.text


def test_a_file_without_its_index_says_that_nothing_can_be_taken(tmp_path):
    path = media.truncated(tmp_path / "x", keep=0.9)
    with pytest.raises(CutOff, match="nothing of it can be read without its last [0-9]+ bytes or"):
        Source(path, partial=True)


def test_rates_are_simple_fractions_however_low_they_are():
    for rate, wanted in (
        (29.97002997, Fraction(30000, 1001)), (25, Fraction(25)), (0.03, Fraction(3, 100)),
        (0.0002, Fraction(1, 5000)), (1e-9, Fraction(1, 10**9)), (1, Fraction(1)),
    ):  # fmt: skip
        assert simple_rate(rate) == wanted
