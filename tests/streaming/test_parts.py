"""Parts of images and of transparent films: they go on where they were stopped."""

import io
import sys
import threading
import time

import av
import media
import numpy as np
import pytest
from counting import Counting
from PIL import Image
from sounding import film, heard

from tfvgan.streaming import Source, process
from tfvgan.streaming.sink import ImageFolder

ALPHA = np.arange(0, 256, 4, dtype="uint8")[None, :, None].repeat(48, 0)  # Of 48x64 pixels.


class Cutting(Counting):
    """Returns the frames with `ALPHA`; finds something in frame `finds` of a scene."""

    alpha = True

    def __init__(self, stop=None, finds=0):
        super().__init__(1, stop)
        self.finds, self.found = finds, True

    def step(self, window, state):
        _, after = super().step(window, state)
        self.found = self.found or bool(after[0] == self.finds + 1)
        frame = window[1]
        return np.concatenate([frame, ALPHA[: len(frame), : frame.shape[1]]], -1), after


@pytest.mark.parametrize("stop", [1, 4])
def test_stopped_images_go_on_beside_those_that_were_there(tmp_path, stop, caplog):
    """Of those that were made before, none stay; of others all do."""
    media.images(tmp_path / "in9", media.frames(9))
    media.images(tmp_path / "in", media.frames(5)[::-1])
    out, how = tmp_path / "out", {"overwrite": True, "part": 3}
    process(Counting(1), tmp_path / "in9", out)
    (out / "20240101.png").write_bytes(b"mine")
    with pytest.raises(KeyboardInterrupt):
        process(Counting(1, stop), tmp_path / "in", out, **how)
    assert len(list(out.glob("*.png"))) == 10
    process(Counting(1), tmp_path / "in", out, resume=True, part=3)
    process(Counting(1), tmp_path / "in", tmp_path / "whole")
    names = [f"{n:06d}.png" for n in range(1, 6)]
    assert sorted(path.name for path in out.glob("*.png")) == [*names, "20240101.png"]
    assert all((out / n).read_bytes() == (tmp_path / "whole" / n).read_bytes() for n in names)
    assert (out / "20240101.png").read_bytes() == b"mine" and "20240101.png" in caplog.text


def test_a_resumed_move_of_images_leaves_none_of_those_before(tmp_path, monkeypatch):
    """All 5 frames are made, in parts of 4: that is not 8."""
    for count in (9, 5):
        media.images(tmp_path / f"in{count}", media.frames(count))
    out = tmp_path / "out"
    process(Counting(1), tmp_path / "in9", out)

    def stopped(*given):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("tfvgan.streaming.parts.move_images", stopped)
        with pytest.raises(KeyboardInterrupt):
            process(Counting(1), tmp_path / "in5", out, overwrite=True, part=4)
    process(Counting(1), tmp_path / "in5", out, resume=True, part=4)
    assert len(list(out.glob("*.png"))) == 5


def test_alpha_is_enlarged_too(tmp_path):
    (tmp_path / "in").mkdir()
    picture = np.full((16, 16, 4), 120, "uint8")
    picture[:, 8:, 3] = 0
    Image.fromarray(picture).save(tmp_path / "in" / "1.png")
    process(Counting(), tmp_path / "in", tmp_path / "out")
    alpha = np.asarray(Image.open(tmp_path / "out" / "000001.png"))[..., 3]
    assert alpha.shape == (32, 32) and alpha[:, :12].min() == 120 and alpha[:, 20:].max() == 0


@pytest.mark.parametrize("name", ["out.webm", "out.mkv", "out"])
def test_transparency_that_comes_late_is_kept_over_the_parts(tmp_path, name):
    (tmp_path / "in").mkdir()
    pictures = np.full((6, 16, 16, 4), 255, "uint8")
    pictures[4:, :, 8:, 3] = 0
    for number, picture in enumerate(pictures):
        Image.fromarray(picture).save(tmp_path / "in" / f"{number}.png")
    codec = "libvpx-vp9" if name != "out" else None
    out = process(Counting(), tmp_path / "in", tmp_path / name, codec=codec, part=2)
    found = [frame.alpha for frame in Source(out).frames()]
    assert all(alpha is None for alpha in found[:4])
    for alpha in found[4:]:
        assert alpha[:, :12].min() > 250 and alpha[:, 20:].max() < 5
    if name == "out":
        shapes = [np.asarray(Image.open(path)).shape for path in (tmp_path / name).glob("*.png")]
        assert shapes == [(32, 32, 4)] * 6


@pytest.mark.parametrize(
    ("name", "codec", "sound"),
    [("out.webm", "vp9", "opus"), ("out.mkv", "vp9", "aac"), ("out.mov", "prores", "aac")],
)
def test_a_cutout_keeps_alpha_and_sound(tmp_path, name, codec, sound):
    path = film(tmp_path / "in.mkv", media.frames(3), subtitles=False)
    out = process(Cutting(), path, tmp_path / name, part=2)
    for frame, given in zip(Source(out).frames(), Source(path).frames(), strict=True):
        assert np.abs(frame.alpha.astype(int) - ALPHA).mean() < 2
        assert np.abs(frame.rgb.astype(int) - given.rgb).mean() < 3, "also where nothing is seen"
    with av.open(out) as container:
        video, audio = container.streams.video[0], container.streams.audio[0]
        assert (video.codec_context.name, audio.codec_context.name) == (codec, sound)
    assert Source(out).look.alpha and heard(out)[1]


def test_images_of_a_cutout_are_exact_and_alphas_multiply(tmp_path):
    frames = media.frames(2)
    media.images(tmp_path / "in", frames[:1])
    seen = np.concatenate([frames[1], 255 - ALPHA], -1)
    Image.fromarray(seen).save(tmp_path / "in" / "frame_1.png")
    process(Cutting(), tmp_path / "in", tmp_path / "out")
    made = [np.asarray(Image.open(tmp_path / "out" / f"00000{n}.png")) for n in (1, 2)]
    np.testing.assert_array_equal(made[0], np.concatenate([frames[0], ALPHA], -1))
    product = ALPHA * (1 - ALPHA / 255.0)
    np.testing.assert_allclose(made[1][..., 3:], product, atol=0.51)
    np.testing.assert_array_equal(made[1][..., :3], frames[1])


def test_a_cutout_goes_through_a_pipe_and_not_into_what_holds_no_alpha(tmp_path, monkeypatch):
    path, whole = media.video(tmp_path / "in", "h264 10 bit.mkv", media.frames(2)), io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(whole))
    assert process(Cutting(), path, "-") == "-"
    with av.open(io.BytesIO(whole.getvalue())) as container:
        made = [frame.to_ndarray(format="rgba") for frame in container.decode(video=0)]
    assert len(made) == 2 and (made[0][..., 3:] == ALPHA).all()
    said = "is transparent in places, which libx26. can't say there: write a .webm, a .mov, a .mkv"
    for name, codec in (("x.mp4", None), ("x.mov", "libx264")):
        with pytest.raises(ValueError, match=said):
            process(Cutting(), path, tmp_path / name, codec=codec)
        assert not (tmp_path / name).exists()


@pytest.mark.parametrize(("finds", "found"), [(0, True), (3, True), (9, False)])
def test_what_was_found_is_kept_over_a_stop(tmp_path, finds, found):
    path = media.images(tmp_path / "in", media.frames(5))
    first = Cutting(4, finds)
    with pytest.raises(KeyboardInterrupt):
        process(first, path, tmp_path / "out", part=2)
    again = Cutting(None, finds if finds > 3 else 99)
    process(again, path, tmp_path / "out", part=2, resume=True)
    assert again.found is found


class Watched(Counting):
    """Notes which thread makes frames, and how many it has made."""

    def __init__(self):
        super().__init__(1)
        self.made, self.threads = 0, set()

    def step(self, window, state):
        self.made += 1
        self.threads.add(threading.current_thread())
        return super().step(window, state)


def ended(before):
    """Returns whether no more threads run than before, soon."""
    deadline = time.monotonic() + 5
    while threading.active_count() > before and time.monotonic() < deadline:
        time.sleep(0.02)
    return threading.active_count() <= before


def test_frames_are_made_while_those_before_are_written(tmp_path, monkeypatch):
    media.images(tmp_path / "in", media.frames(12))
    stepper, written, before = Watched(), [], threading.active_count()
    write = ImageFolder.write

    def slow(self, *frame):
        time.sleep(0.02)
        written.append(stepper.made)
        assert threading.current_thread() is threading.main_thread()
        write(self, *frame)

    monkeypatch.setattr(ImageFolder, "write", slow)
    process(stepper, tmp_path / "in", tmp_path / "out", part=5)
    (maker,) = stepper.threads
    assert maker is not threading.main_thread()
    further = [made - number for number, made in enumerate(written, start=1)]
    assert 1 <= max(further) <= 3, "frames wait in memory"
    assert ended(before)


def test_what_can_not_be_written_ends_what_is_made(tmp_path, monkeypatch):
    media.images(tmp_path / "in", media.frames(30))
    stepper, before = Watched(), threading.active_count()

    def full(self, *frame):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(ImageFolder, "write", full)
    with pytest.raises(OSError, match="No space left"):
        process(stepper, tmp_path / "in", tmp_path / "out")
    assert ended(before)
    assert stepper.made <= 4
