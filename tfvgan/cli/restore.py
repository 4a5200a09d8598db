"""`tfvgan restore`: a video in, a better one out."""

import functools

from .arguments import add_model, add_setting, add_source, add_verb, given, share
from .folders import FOLDER, add_folder, is_folder, write_folder
from .writing import SETTINGS as WRITTEN
from .writing import VIDEOS, add_fast, add_out, add_written, write

SUMMARY = """\
Make a video better: sharper, cleaner, larger, repaired; any length, sound kept.

--task auto, the default, looks at the first seconds: codec, noise, blocks, blur. It takes the model
that helps, or none where none does, and says so in a line. Small, sharp videos become twice as
large; --scale asks for another size. Other tasks name one of the package's models:
  deblock_x2   removes the artefacts of a codec and doubles width and height
  deblock      removes the artefacts of a codec and keeps the size
  x2, x4       enlarge clean videos; x2_fast takes less time, x2_best and x4_best more
  denoise      removes noise, as strong as --level
  old          restores worn films; it makes good videos worse
  holes        fills the pixels that --mask marks, such as a logo or a scratch, without a model:
               from the frames before and after, and else from what is around
Some tasks have two models. --prefer chooses one. --model takes a model of your own instead, or a
published network of other authors, such as span_x2, once `tfvgan weights fetch span` fetched it.

The output is written in parts. After Ctrl-C or a crash --resume goes on. Memory does not grow with
the video's length."""

EXAMPLES = (
    "tfvgan restore old.mp4 -o new.mp4",
    "tfvgan restore old.mp4 -o new.mkv --compare          # and both, side by side",
    "tfvgan restore old.mp4 -o new.mp4 --scale 1          # of the same size",
    "tfvgan restore small.mp4 -o large.mp4 --task x4 --prefer fidelity",
    "tfvgan restore grainy.mp4 -o clean.mp4 --task denoise --level 0.3",
    "tfvgan restore tv.mp4 -o clean.mp4 --mask logo.png",
    "tfvgan restore worn.mp4 -o new.mp4 --task old",
    "tfvgan restore frames/ -o better/                    # folders of numbered images",
    "tfvgan restore frames/ -o film.mp4 --fps 24",
    "tfvgan restore videos/ -o better/ --jobs 2           # folders of videos",
    "tfvgan restore old.mp4 -o new.mp4 --model runs/mine --codec libx265 --crf 20",
    "tfvgan restore small.mp4 -o large.mp4 --model span_x2   # see `tfvgan weights list`",
    "tfvgan restore old.mp4 -o new.mp4 --resume           # after Ctrl-C or a crash",
    "ffmpeg -i old.avi -c:v ffv1 -an -f nut - | tfvgan restore - -o - | ffplay -",
)
SETTINGS = (
    *("task", "scale", "prefer", "strength", "level", "fast", "mask"),
    *("deinterlace", "fps", "partial", *WRITTEN),
)


def add(verbs):
    """Adds the verb to the command line."""
    parser = add_verb(verbs, "restore", run, SUMMARY + FOLDER, EXAMPLES)
    parser.add_argument("video", help=VIDEOS)
    add_out(parser, " or videos")
    _add_model(parser)
    add_source(parser.add_argument_group("how it is read"))
    add_written(parser, "restored")
    add_folder(parser)


def _add_model(parser):
    group = parser.add_argument_group("what is done")
    add_model(group)
    add_setting(
        group,
        "--task",
        "auto, or holes with --mask",
        "the task, and with it the model of the package",
        metavar="NAME",
    )
    add_setting(
        group,
        "--scale",
        None,
        "how many times as large it becomes, with --task auto (without: as the video asks for)",
        type=int,
        choices=(1, 2, 4),
    )
    add_setting(
        group,
        "--prefer",
        "detail",
        "invent plausible detail, or stay close to the input",
        choices=("detail", "fidelity"),
    )
    add_setting(
        group,
        "--strength",
        "1, or as auto finds",
        "0 to 1: the share of the network's change that is taken",
        type=share,
        metavar="SHARE",
    )
    add_setting(
        group,
        "--level",
        "0.5, or as auto finds",
        "0 to 1: how strong the noise is",
        type=share,
        metavar="SHARE",
    )
    add_fast(group)
    add_setting(
        group,
        "--mask",
        None,
        "a picture or a video that is white where pixels are missing",
        metavar="PATH",
    )


def run(args):
    """Restores."""
    from tfvgan.runs import restore

    settings = given(args, SETTINGS)
    model = getattr(args, "model", None)
    if is_folder(args):
        return write_folder(args, "restore", {**given(args, ("model",)), **settings})
    make = functools.partial(restore, args.video, args.out, model, **settings)
    return write(make, [args.video], args.out, settings)
