"""`tfvgan segment`: a video in, masks of what is in it or another background out."""

import argparse

from .arguments import add_model, add_setting, add_source, add_verb, given, not_negative, positive
from .folders import FOLDER, add_folder, is_folder, write_folder
from .writing import SETTINGS as WRITTEN
from .writing import VIDEOS, add_out, add_written, written

SUMMARY = """\
Cut out of a video what a network tells apart: masks, or the video on another background.

Without more, masks are written: white is what was cut out, black is the rest. Of more classes than
two each has a colour. --overlay lays them over the video. Sound is kept.

--cutout makes the rest transparent: in a .webm (VP9), a .mov (ProRes 4444), a .mkv or a folder of
.png images, and not in a .mp4. --background puts a blur, a colour, a picture or a video in its
place: a video begins again where it is shorter, and both fill the frame.

--people cuts out people, and --motion what moves in front of the rest. --model takes a run of your
own instead: `tfvgan train segmenter --help` says how it is learnt.

The output is written in parts. After Ctrl-C or a crash --resume goes on. Memory does not grow with
the video's length."""

EXAMPLES = (
    "tfvgan segment in.mp4 -o mask.mkv --motion --codec ffv1",
    "tfvgan segment in.mp4 -o hide.mkv --motion --grow 12      # for `tfvgan restore --mask`",
    "tfvgan segment in.mp4 -o masks/ --model runs/cut         # numbered images",
    "tfvgan segment in.mp4 -o seen.mp4 --motion --overlay",
    "tfvgan segment in.mp4 -o blurred.mp4 --people --background blur",
    "tfvgan segment in.mp4 -o beach.mp4 --people --background beach.jpg",
    "tfvgan segment in.mp4 -o alone.webm --people --cutout     # with transparency",
    "tfvgan segment videos/ -o alone/ --people --cutout --ending .webm",
    "tfvgan segment in.mp4 -o green.mp4 --people --background '#00ff00' --resume",
)
VIEWS = {
    "overlay": "lay colours over the video",
    "cutout": "make transparent all that was not cut out",
}
SETTINGS = ("model", "view", "shrink", "grow", "deinterlace", "fps", "partial", *WRITTEN)


def add(verbs):
    """Adds the verb to the command line."""
    parser = add_verb(verbs, "segment", run, SUMMARY + FOLDER, EXAMPLES)
    parser.add_argument("video", help=VIDEOS)
    add_out(parser, " or videos")
    group = parser.add_argument_group("what is done")
    _add_models(group.add_mutually_exclusive_group(required=True))
    views = group.add_mutually_exclusive_group()
    for view, meaning in VIEWS.items():
        add_setting(
            views, f"--{view}", None, meaning, dest="view", action="store_const", const=view
        )
    add_setting(
        views,
        "--background",
        None,
        "blur, a colour such as green or #00ff00, or the path of a picture or a video, in place of "
        "all that was not cut out",
        dest="view",
        metavar="WHAT",
        type=_ground,
    )
    add_setting(
        group,
        "--shrink",
        None,
        "how many times smaller the network sees frames; by default it sees 256 lines or fewer",
        type=positive,
        metavar="N",
    )
    add_setting(
        group,
        "--grow",
        0,
        "pixels by which what was cut out becomes larger each way, such as for `restore --mask`",
        type=not_negative,
        metavar="N",
    )
    add_source(parser.add_argument_group("how it is read"))
    add_written(parser, "segmented")
    add_folder(parser)


def _ground(text):
    """Returns what is to be behind, as it was typed.

    Raises:
        argparse.ArgumentTypeError: when it is what other options show.
    """
    if text in ("mask", *VIEWS):
        raise argparse.ArgumentTypeError(
            f"{text!r} is no background: for a file or a folder of that name write ./{text}"
        )
    return text


def _add_models(group):
    """Adds the options of which one says what is cut out."""
    for flag, what in (("people", "people"), ("motion", "what moves in front of the rest")):
        add_setting(
            group,
            f"--{flag}",
            None,
            f"cut out {what}, by the model of the package",
            dest="model",
            action="store_const",
            const=f"segment_{flag}",
        )
    add_model(group, "segment_people")


def run(args):
    """Segments."""
    from tfvgan.runs import segment

    if is_folder(args):
        return write_folder(args, "segment", given(args, SETTINGS))
    return written(args, segment, SETTINGS, args.video)
