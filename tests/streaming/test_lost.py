"""What is said of losses; what jobs say in the end, their own tests tell."""

import media
import pytest
from sounding import film

from tfvgan.streaming.look import PLAIN
from tfvgan.streaming.lost import tell_lost_chroma, tell_lost_colours, tell_lost_tracks
from tfvgan.streaming.source import Source


def test_bits_are_told_where_fewer_are_kept(tmp_path, caplog):
    path = media.video(tmp_path / "in", "h264 10 bit.mkv", media.frames(2))
    tell_lost_colours(Source(path), PLAIN._replace(depth=10), "so it is")
    assert not caplog.text
    tell_lost_colours(Source(path), PLAIN, "so it is")
    assert f"{path} has 10 bits a colour, of which 8 are kept: so it is." in caplog.text


def test_chroma_is_told_where_it_gets_coarser(tmp_path, caplog):
    source = Source(media.video(tmp_path / "in", "h264.mkv", media.frames(2)))
    for kept in ((2, 2), (1, 2), (1, 1)):
        tell_lost_chroma(source, (2, 2), kept, "so it is")
    assert not caplog.text
    tell_lost_chroma(source, (2, 1), (2, 2), "so it is")
    assert "finer colours than the 2x2 pixels that share one now: so it is." in caplog.text


@pytest.mark.parametrize(("out", "where"), [("-", "A pipe"), ("images", "Images")])
def test_what_is_beside_a_picture_is_told(tmp_path, caplog, out, where):
    tell_lost_tracks(Source(media.images(tmp_path / "in", media.frames(2))), out)
    assert not caplog.text
    path = film(tmp_path / "in.mkv")
    tell_lost_tracks(Source(path), out)
    said = f"{where} can't hold what {path} holds beside its picture (sound, subtitles)."
    assert said in caplog.text
