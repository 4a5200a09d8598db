"""The one place where FFmpeg is handed a file to read: no other file is opened on its word."""

import contextlib

from tfvgan.data.errors import UnreadableVideo

# What is read, as FFmpeg names it. Not among it: playlists (concat, hls, dash, imf, sdp), which are
# made of other files; image2, to which a name may be a pattern of names; whatever is of devices.
NAMES = """
    apng asf av1 avi cavsvideo dirac dnxhd dv flv gif gxf h261 h263 h264 hevc ivf live_flv m4v
    matroska mjpeg mov mpeg mpegts mpegvideo mxf nsv nut obu ogg rm swf vc1 vc1test vvc wtv
    yuv4mpegpipe
    bmp_pipe jpeg_pipe pam_pipe pbm_pipe pgm_pipe png_pipe ppm_pipe qoi_pipe tiff_pipe webp_pipe
    aac ac3 aiff caf eac3 flac mp3 w64 wav
"""
FORMATS = tuple(NAMES.split())
ALLOWED = {"format_whitelist": ",".join(FORMATS), "protocol_whitelist": "file"}


@contextlib.contextmanager
def opened(path):
    """The open container of a local file, whatever its name and tags look like.

    FFmpeg's own log is silent, and no other file is followed.

    Raises:
        UnreadableVideo: when FFmpeg can't read it, or it is of none of `FORMATS`.
    """
    with open_input(f"file:{path}", path) as container:
        yield container


def open_input(file, named):
    """Returns the open container of what is read, to be closed.

    Args:
        file: FFmpeg's address of a file, or a binary stream.
        named: what errors name.

    Raises:
        UnreadableVideo: when FFmpeg can't read it, or it is of none of `FORMATS`.
    """
    import av

    try:
        return av.open(file, metadata_errors="ignore", options=ALLOWED)
    except av.ArgumentError:
        reason = "it is of a kind that is not read, such as a playlist of other files, or damaged"
        raise UnreadableVideo(named, reason) from None
    except (av.FFmpegError, MemoryError) as error:
        raise UnreadableVideo(named, f"FFmpeg says {error.strerror!r} of it") from None
