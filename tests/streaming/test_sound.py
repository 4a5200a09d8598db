"""What a film holds beside its picture comes along, in step with it; damaged films too."""

from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace

import av
import media
import numpy as np
import pytest
from av.stream import Disposition
from counting import Counting
from sounding import begun, film, heard, plain

from tfvgan.data.opening import opened
from tfvgan.streaming import Source, process, sound
from tfvgan.streaming.sound import Copied, rate_and_layout

PACKET = 188  # Bytes, of a transport stream.
ADTS = 7  # Bytes before each packet of AAC in such a one, and nowhere else.


def transport(path, count, gop=12):
    """Writes a transport stream of so many frames, and returns its bytes."""
    return Path(film(path, media.frames(count), subtitles=False, gop=gop)).read_bytes()


def restored(path, name, **how):
    return process(Counting(1), path, path.with_name(name), part=7, **how)


@pytest.mark.parametrize("name", ["out.mp4", "out.mkv", "out.mov"])
def test_sound_is_in_step_where_a_film_begins_between_whole_frames(tmp_path, name):
    path = tmp_path / "in.ts"
    data = transport(path, 40)
    path.write_bytes(data[len(data) // PACKET // 6 * PACKET :])
    assert Source(path).info.frames > len(list(Source(path).frames())) > 20, "some are lost"
    expected, same = heard(path)
    times, content = heard(restored(path, name))
    assert expected[0] < -0.5 and content == [packet[ADTS:] for packet in same]
    assert times == pytest.approx(expected, abs=3e-3)


@pytest.mark.parametrize("given", ["in.mp4", "in.mkv"])
@pytest.mark.parametrize("name", ["out.mp4", "out.mkv", "out.ts"])
def test_sound_before_the_picture_is_kept(tmp_path, given, name):
    path = tmp_path / given
    film(path, lead=6, subtitles=False)
    out = restored(path, name)
    (expected, same), (times, content) = heard(path), heard(out)
    content = [packet[ADTS:] if name == "out.ts" else packet for packet in content]
    assert content == same and expected[0] < -0.6
    assert times == pytest.approx(expected, abs=3e-3)
    assert begun(out) - begun(path) == pytest.approx(0.064 if begun(out) > 0.61 else 0, abs=3e-3)


def test_sound_jumps_with_the_frames(tmp_path):
    path = tmp_path / "in.ts"
    path.write_bytes(2 * transport(path, 40))
    out = restored(path, "out.mp4")
    times = [float(frame.time) for frame in Source(out).frames()]
    assert times == pytest.approx([n / 10 for n in range(80)], abs=3e-3)
    times, content = heard(out)
    half = len(content) // 2
    assert content[:half] == content[half:]
    assert np.subtract(times[half:], times[:half]) == pytest.approx([4.0] * half, abs=0.07)


@pytest.mark.parametrize("name", ["out.mp4", "out.mkv", "out.mov"])
def test_times_that_do_not_grow_and_damaged_bytes_are_no_end(tmp_path, name):
    path = tmp_path / "in.ts"
    data = transport(path, 12)
    noise = np.random.default_rng(0).integers(0, 256, 5000).astype("uint8").tobytes()
    path.write_bytes(data + data[: len(data) // 2] + noise + data[len(data) // 2 :])
    with opened(path) as container:
        ticks = [packet.dts for packet in container.demux(audio=0) if packet.dts is not None]
    assert (np.diff(ticks) <= 0).any()
    out = restored(path, name)
    assert len(list(Source(out).frames())) >= 20
    assert (np.diff(heard(out)[0]) > -1e-9).all() and len(heard(out)[1]) > 30


@pytest.mark.parametrize(
    ("given", "name", "sound", "new"),
    [
        ("in.mkv", "out.mp4", "wavpack", "aac"),
        ("in.mkv", "out.webm", "aac", "opus"),
        ("in.wmv", "out.mkv", "wmav2", "aac"),
        ("in.mkv", "out.ts", "flac", "aac"),
    ],
)
def test_sound_that_a_format_cannot_hold_is_encoded_anew(tmp_path, given, name, sound, new, caplog):
    path = tmp_path / given
    film(path, media.frames(20), sound=sound, subtitles=False)
    out = restored(path, name)
    assert f"{name} can't hold the audio of {path}, which is {sound}: it is en" in caplog.text
    assert f"it is encoded anew, as {new}." in caplog.text
    times, _ = heard(out)
    assert abs(times[0] - heard(path)[0][0]) < 0.1 and times[-1] == pytest.approx(2.0, abs=0.15)
    with opened(out) as container:
        loud = [np.abs(frame.to_ndarray()).mean() for frame in container.decode(audio=0)]
    assert np.mean(loud[2:-3]) == pytest.approx(0.08, abs=0.02), "as loud as it was"


@pytest.mark.parametrize(
    ("said", "count", "name"),
    [
        *[("2 channels", 2, "stereo"), ("6 channels", 6, "5.1"), ("9 channels", 9, "9 channels")],
        *[("5.1(side)", 6, "5.1(side)"), ("mono", 1, "mono")],
    ],
)
def test_loudspeakers_are_the_usual_ones_where_nothing_is_said(said, count, name):
    layout = SimpleNamespace(name=said, nb_channels=count)
    assert sound.layout_of(SimpleNamespace(layout=layout)) == name


@pytest.mark.parametrize("channels", [1, 2])
def test_plain_sound_without_a_word_of_its_loudspeakers_is_held_by_mp4(tmp_path, channels):
    path = plain(tmp_path / "in.avi", channels)
    with opened(path) as container:
        assert container.streams.audio[0].layout.name == f"{channels} channels"
    out = restored(path, "out.mp4")
    with opened(out) as container:
        stream = container.streams.audio[0]
        assert stream.codec_context.name == "pcm_s16le"
        assert stream.layout.name == {1: "1 channels", 2: "stereo"}[channels]
    assert b"".join(heard(out)[1]) == b"".join(heard(path)[1])


def test_what_fails_when_a_file_is_closed_is_found_out_before(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(sound, "layout_of", lambda context: context.layout.name)
    path = plain(tmp_path / "in.avi", 2)
    out = restored(path, "out.mp4")
    assert "which is pcm_s16le: it is encoded anew, as aac." in caplog.text
    assert len(heard(out)[0]) > 5


@pytest.mark.parametrize(
    ("encoder", "asked", "given"),
    [
        ("aac", (44100, "5.1(side)"), (44100, "5.1(side)")),
        ("libopus", (44100, "5.1(side)"), (48000, "5.1")),
        ("libopus", (11025, "2.1"), (12000, "stereo")),
        ("aac", (192000, "mono"), (96000, "mono")),
    ],
)
def test_an_encoder_of_sound_is_given_what_it_takes(encoder, asked, given):
    assert rate_and_layout(encoder, *asked) == given


def test_a_subtitle_that_began_before_the_film_is_seen_from_its_beginning(tmp_path):
    path = tmp_path / "in.mkv"
    film(path)
    with av.open(str(path)) as container, av.open(str(tmp_path / "new.mkv"), "w") as output:
        track = Copied(container.streams.subtitles[0], output)
        output.start_encoding()
        track.begin(lambda stamp: stamp - Fraction(7, 10))
        found = [pair for packet in container.demux(subtitles=0) for pair in track(packet)]
    assert [(time, bytes(packet), packet.duration) for time, packet in found] == [(0, b"Two", 200)]


def test_subtitles_that_a_format_cannot_hold_are_left_out(tmp_path, caplog):
    path = tmp_path / "in.mkv"
    film(path)
    out = restored(path, "out.mp4")
    told = (
        f"{tmp_path / 'out.mp4'} can't hold the subtitle of {path}, which is srt: it is left out."
    )
    assert [record.message for record in caplog.records] == [told]
    with opened(out) as container:
        assert not container.streams.subtitles and heard(out)[1] == heard(path)[1]


@pytest.mark.parametrize("name", ["out.mkv", "out.mp4"])
def test_languages_titles_and_choices_are_kept(tmp_path, name):
    path = tmp_path / "in.mkv"
    film(path, language="ger", title="Kommentar")
    with av.open(restored(path, name)) as container:
        stream = container.streams.audio[0]
        assert stream.language == "ger"
        for choice in (Disposition.default, Disposition.hearing_impaired):
            assert choice in stream.disposition
        if name.endswith("mkv"):
            assert stream.metadata["title"] == "Kommentar"
