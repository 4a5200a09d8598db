"""Formats that are read: FFmpeg knows them, and none of them opens other files."""

import av
import pytest

from tfvgan.formats import FORMATS, SAFE_INPUT


@pytest.mark.parametrize("name", FORMATS)
def test_formats_are_known_to_ffmpeg(name):
    assert av.ContainerFormat(name, "r").is_input


def test_what_is_made_of_other_files_is_not_among_them():
    assert not {"concat", "hls", "dash", "imf", "sdp", "image2", "lavfi"} & set(FORMATS)
    assert SAFE_INPUT["protocol_whitelist"] == "file"
