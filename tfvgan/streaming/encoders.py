"""Encoders of videos, and their limits: pixels, quality, times, formats."""

import contextlib
import functools
import io
import os
from fractions import Fraction

from tfvgan.data.colours import BT2020, DEEP, YUV420, chroma_of, depth_of, usual_matrix

QUALITY = {"libx264": 16, "libx265": 18, "libsvtav1": 22, "libvpx-vp9": 20}  # CRF by codec.
BEST = {"libsvtav1": 1}  # The lowest CRF where that is not 0.
SCALES = {"mpeg4": 2, "mjpeg": 2}  # Quality of those without CRF, from 1, the best.
WITH_ALPHA = {
    **{"libvpx-vp9": "yuva420p", "png": "rgba", "qtrle": "argb", "ffv1": "bgra"},
    "prores_ks": "yuva444p10le",
}
PLAIN = {
    **{"ffv1": ["bgr0"], "png": ["rgb24"], "qtrle": ["rgb24"]},
    "mjpeg": ["yuvj420p", "yuvj422p", "yuvj444p"],
}
# Formats of more than 8 bits a colour, where the source has them.
PLAIN_DEEP = {"ffv1": ["gbrp16le"], "png": ["rgb48be"]}
PREFERRED_DEEP = ("yuv420p10le", "yuv422p10le", "yuv444p10le", "gbrp10le", "gbrp16le")
HEVC_ENDINGS = ("", ".m4v", ".mkv", ".mov", ".mp4", ".ts")  # Of files that keep HEVC; of a pipe.
PREFERRED = ("yuv420p", "yuv422p", "yuv444p", "yuv422p10le", "yuv444p10le")
PREFERRED += ("bgr0", "rgb24", "bgra", "rgba")
# What keeps transparency.
SEE_THROUGH = {".webm": "libvpx-vp9", ".mkv": "libvpx-vp9", ".mov": "prores_ks"}
SEE_THROUGH |= {"": "ffv1", ".nut": "ffv1"}  # By endings of files, of none that of a pipe.
TICK = Fraction(1, 90000)  # Seconds; times of frames are rounded to it.
TICKS = {"mpeg4": Fraction(1, 60000)}  # It counts no further than to 65535.
SHAPED = ("h264", "hevc", "mpeg4", "mjpeg", "png")  # Codecs that say the shape of pixels.
WIDE = ("h264", "hevc", "av1", "vp9", "prores")  # Codecs that say the matrix of wide colours.
SHAPED_FORMATS = ("mp4", "mov")  # Formats that say it of all.


def encoder(codec, out, crf=None, depth=DEEP, alpha=False):
    """Returns FFmpeg's name of the encoder: the one asked for, or one that suits the output.

    Args:
        codec: its name, or None for H.264, VP9 where the output is a .webm, and HEVC where colours
            have more than 8 bits, which few players take in H.264; with `alpha`, of `SEE_THROUGH`.
        out: path.
        crf: float, the quality that is asked for, or None.
        depth: int, bits of a colour.
        alpha: bool, whether all is lost without an alpha channel.

    Raises:
        ValueError: when FFmpeg, as PyAV brings it, has no such encoder of video, or that has no
            such quality.
    """
    import av

    if codec is None:
        ending = os.path.splitext(str(out))[1].lower()
        usual = "libx265" if depth > DEEP and ending in HEVC_ENDINGS else "libx264"
        usual = "libvpx-vp9" if ending == ".webm" else usual
        codec = SEE_THROUGH.get(ending, usual) if alpha else usual
    try:
        kind = av.codec.Codec(codec, "w").type
    except av.codec.codec.UnknownCodecError:
        kind = None
    if kind != "video":
        raise ValueError(
            f"`codec` must be an encoder of video such as {', '.join(QUALITY)}, but is {codec!r}."
        )
    if crf is not None:
        _check_quality(codec, crf)
    return codec


def _check_quality(codec, crf):
    """Raises ValueError unless the encoder has such a CRF."""
    import av

    private = av.CodecContext.create(codec, "w").supported_options.private
    option = next((option for option in private if option.name == "crf"), None)
    if option is None:
        raise ValueError(
            f"`crf` (--crf) is of encoders such as {', '.join(QUALITY)}, but {codec} has none: "
            "leave it out, or choose another `codec` (--codec)."
        )
    best, worst = BEST.get(codec, 0), min(option.max, 63)
    if not best <= crf <= worst:
        raise ValueError(f"`crf` must be from {best} to {worst:g} for {codec}, but is {crf:g}.")


def encoder_options(codec, crf=None, hdr=()):
    """Returns the encoder's options for a quality; None for one that hardly shows.

    Args:
        codec: FFmpeg's name of the encoder.
        crf: float, the quality, or None.
        hdr: of a `Look`; libx265 is told it.
    """
    crf = QUALITY.get(codec) if crf is None else crf
    parameters = ":".join(f"{name}={text}" for name, text in [("log-level", "error"), *hdr])
    quiet = {"x265-params": parameters} if codec == "libx265" else {}
    if crf is not None:
        return {"crf": f"{crf:g}", **quiet}
    if codec in SCALES:
        return {"flags": "+qscale", "global_quality": str(118 * SCALES[codec])}
    return {}


def tick(codec):
    """Returns the seconds that the encoder counts times in."""
    return TICKS.get(codec, TICK)


def pixels(codec, alpha, depth=DEEP, chroma=YUV420):
    """Returns FFmpeg's name of the pixel format that the encoder is given.

    Args:
        codec: FFmpeg's name of the encoder.
        alpha: bool, whether frames may be transparent.
        depth: int, bits of a colour; more than 8 are kept where the encoder can.
        chroma: pixels that share a colour, of a `Look`; no more do where the encoder can.
    """
    import av

    if alpha and codec in WITH_ALPHA:
        return WITH_ALPHA[codec]
    taken = [form.name for form in av.codec.Codec(codec, "w").video_formats or []]
    deep = [*PLAIN_DEEP.get(codec, ()), *PREFERRED_DEEP] if depth > DEEP else []
    wanted = [*PLAIN.get(codec, ()), *PREFERRED]
    for names in (deep, wanted):
        if usable := [name for name in names if name in taken]:
            return next((name for name in usable if _is_as_fine(name, chroma)), usable[0])
    return (taken or wanted)[0]


def _is_as_fine(form, chroma):
    """Returns whether a format's chroma is at least as fine as `chroma`, across and down."""
    import av

    return all(one <= most for one, most in zip(chroma_of(av.VideoFormat(form)), chroma))


@functools.lru_cache
def sides(codec, form, height, width):
    """Returns the nearest `(height, width)` that the encoder takes: even ones, where it must.

    Args:
        codec: FFmpeg's name of the encoder.
        form: FFmpeg's name of its pixel format.
        height, width: of the frames.
    """
    import av

    even = height + height % 2, width + width % 2
    for size in dict.fromkeys([(height, width), (height, even[1]), (even[0], width)]):
        trial = av.CodecContext.create(codec, "w")
        trial.height, trial.width = size
        trial.pix_fmt, trial.time_base = form, tick(codec)
        trial.options = {"x265-params": "log-level=none"} if codec == "libx265" else {}
        with contextlib.suppress(av.FFmpegError, ValueError):
            trial.open()
            return size
    return even


def writable_look(look, codec, form):
    """Returns the `Look` that frames are written with, as far as the file's format stores it.

    Args:
        look: `Look` of the source.
        codec: FFmpeg's name of the encoder.
        form: FFmpeg's name of the file's format.
    """
    import av

    kind, forms = _kind(codec), (form, part_format(codec, False))
    if kind not in SHAPED and not set(forms) <= set(SHAPED_FORMATS):
        look = look._replace(stretch=look.aspect * look.stretch, aspect=Fraction(1))
    matroska = form in ("matroska", "webm")  # VP9's alpha is beside its frames, and only there.
    alpha = look.alpha and codec in WITH_ALPHA and (matroska or kind != "vp9")
    depth = DEEP if look.alpha else look.depth
    form = av.VideoFormat(pixels(codec, alpha, depth, look.chroma))
    depth = min(depth, max(depth_of(form), DEEP))
    hdr = look.hdr if codec == "libx265" and depth > DEEP else ()
    chroma = tuple(map(max, look.chroma, chroma_of(form)))
    return look._replace(alpha=alpha, depth=depth, chroma=chroma, hdr=hdr)


def matrix(codec, look, height, width):
    """Returns FFmpeg's number of the colour matrix for an encoder.

    Args:
        codec: FFmpeg's name of the encoder.
        look: `Look` of the frames; those of wide colours are of BT.2020, where a stream says so.
        height, width: of the frames.
    """
    wide = look.primaries == BT2020 and _kind(codec) in WIDE
    return BT2020 if wide else usual_matrix(height, width, codec)


def part_format(codec, alpha):
    """Returns FFmpeg's name of a format that keeps all that the encoder makes, and its times."""
    import av

    kind = _kind(codec)
    if kind in ("h264", "hevc", "av1", "mpeg4") or (kind == "vp9" and not alpha):
        return "mp4"
    if kind in ("vp9", "ffv1"):
        return "matroska" if kind == "vp9" else "nut"
    for form in ("mov", "nut"):
        with av.open(io.BytesIO(), "w", format=form) as output:
            if kind in output.supported_codecs:
                return form
    return "matroska"


def _kind(codec):
    """Returns FFmpeg's name of the codec that the encoder writes."""
    import av

    return av.codec.Codec(codec, "w").canonical_name
