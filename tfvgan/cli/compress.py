"""`tfvgan compress`: a video in, a much smaller one out."""

from .arguments import (
    add_job,
    add_model,
    add_setting,
    add_source,
    add_verb,
    given,
    positive,
    positive_float,
)
from .folders import FOLDER, add_folder, is_folder, write_folder
from .resuming import to_continue
from .typed import program

SUMMARY = """\
Compress a video of any length into a .tvg, sound kept.

A .tvg holds a standard stream, AV1 by default, and a few bytes a group for a network that improves
its frames. `tfvgan decompress` applies the network. `tfvgan decompress --base-only` copies the
stream, which any player shows. Each group of frames is decoded alone: damage costs one group.

With --codec learned a network codes the frames. Such a file has no stream for players.

--quality sets the quality, --bits the size. With --bits each group tries several quantisers.
Memory does not grow with the video's length. After Ctrl-C or a crash --resume goes on."""

EXAMPLES = (
    "tfvgan compress in.mp4 -o out.tvg",
    "tfvgan compress in.mp4 -o small.tvg --quality 2",
    "tfvgan compress in.mp4 -o out.tvg --bits 0.02              # bits per pixel",
    "tfvgan compress in.mp4 -o out.tvg --base h264 --prefer fidelity",
    "tfvgan compress in.mp4 -o out.tvg --codec learned --bits 0.02",
    "tfvgan compress in.mp4 -o out.tvg --model runs/coded       # train one: see tfvgan train",
    "tfvgan compress videos/ -o small/ --jobs 2                 # folders of videos",
    "tfvgan decompress out.tvg -o back.mp4",
)
SETTINGS = (
    "codec",
    "base",
    "quality",
    "bits",
    "prefer",
    "size",
    "deinterlace",
    "fps",
    "partial",
    "longest",
    "memory",
    "resume",
    "overwrite",
)


def add(verbs):
    """Adds the verb to the command line."""
    parser = add_verb(verbs, "compress", run, SUMMARY + FOLDER, EXAMPLES)
    parser.add_argument(
        "video", help="a file, a folder of videos or of numbered images, or - for a pipe"
    )
    parser.add_argument(
        "-o", "--out", required=True, metavar="PATH", help="the .tvg to write, or a folder"
    )
    group = parser.add_argument_group("how small, how good")
    add_setting(group, "--quality", 4, "1 to 8", type=positive_float, metavar="N")
    add_setting(
        group, "--bits", None, "instead: bits per pixel at most", type=positive_float, metavar="BPP"
    )
    add_setting(
        group, "--base", "av1", "the standard of the stream inside", choices=("av1", "hevc", "h264")
    )
    add_setting(
        group,
        "--size",
        "auto",
        "size of the stream: full, half of each side, or whichever is better at few --bits",
        choices=("auto", "full", "half"),
    )
    add_setting(
        group,
        "--prefer",
        "detail",
        "look best, or stay nearest to the video",
        choices=("detail", "fidelity"),
    )
    add_setting(
        group,
        "--codec",
        "enhanced",
        "which codec of the package",
        choices=("enhanced", "learned"),
    )
    add_model(group)
    add_source(parser.add_argument_group("how it is read"))
    group = parser.add_argument_group("how it is written")
    add_setting(group, "--longest", 120, "frames in a group at most", type=positive, metavar="N")
    add_job(group, "MB of memory; frames beyond that wait on the disk")
    add_folder(parser, ending=False)


def run(args):
    """Compresses."""
    import os
    import shlex
    import sys

    from tfvgan.runs import compress
    from tfvgan.streaming import can_go_on
    from tfvgan.tasks.compression import sound_in

    settings = given(args, SETTINGS)
    if is_folder(args):
        return write_folder(args, "compress", {**given(args, ("model",)), **settings})
    model = getattr(args, "model", None)
    try:
        out = compress(args.video, args.out, model, show=sys.stderr.isatty(), **settings)
    except KeyboardInterrupt:
        if args.video == "-" or not can_go_on(args.out):
            raise
        raise to_continue(settings) from None
    again = f"{program()} decompress {shlex.quote(out)} -o back.mp4"
    size, sound = os.path.getsize(out), sound_in(out)
    of_sound = f", {100 * sound / size:.0f} % of them sound" if sound else ""
    print(f"Wrote {out}, {size:,} bytes{of_sound}. Next: {again}")
    return 0
