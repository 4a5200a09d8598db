"""`tfvgan decompress`: a compressed video in, one that plays out."""

from .arguments import add_encoder, add_job, add_model, add_partial, add_setting, add_verb, given
from .folders import FOLDER, add_folder, is_folder, write_folder
from .resuming import to_continue
from .writing import add_fast

SUMMARY = """\
Decompress a .tvg into a video that plays, sound kept.

--base-only copies the standard stream inside. That needs no model. Its headers get the shape of the
pixels and the colours, as far as the format can hold them.
Damaged groups are left out and named. The exit code is then 2, or 0 with --partial. After Ctrl-C or
a crash --resume goes on."""

EXAMPLES = (
    "tfvgan decompress out.tvg -o back.mp4",
    "tfvgan decompress out.tvg -o back.mkv --codec ffv1          # as it is, to the bit",
    "tfvgan decompress out.tvg -o base.mp4 --base-only",
    "tfvgan decompress out.tvg -o back.mp4 --model runs/coded    # the one it was compressed by",
)
SETTINGS = ("base_only", "fast", "codec", "crf", "memory", "resume", "overwrite")


def add(verbs):
    """Adds the verb to the command line."""
    parser = add_verb(verbs, "decompress", run, SUMMARY + FOLDER, EXAMPLES)
    parser.add_argument("video", help="a .tvg file, or a folder of them")
    parser.add_argument(
        "-o",
        "--out",
        required=True,
        metavar="PATH",
        help="a file whose ending says its format, or a folder",
    )
    add_setting(
        parser,
        "--base-only",
        None,
        "copy the standard stream inside, without the network",
        action="store_true",
    )
    add_fast(parser)
    add_partial(parser, "the groups that are whole of a damaged file, with exit code 0")
    add_model(parser)
    group = parser.add_argument_group("how it is written")
    add_encoder(group)
    add_job(group, "MB of memory for a frame")
    add_folder(parser)


def run(args):
    """Decompresses; returns 2 where something is damaged, unless a part is to do."""
    import sys

    from tfvgan.runs import decompress
    from tfvgan.streaming import can_go_on

    settings = given(args, SETTINGS)
    if is_folder(args):
        return write_folder(args, "decompress", {**given(args, ("model", "partial")), **settings})
    model = getattr(args, "model", None)
    try:
        damaged = decompress(args.video, args.out, model, show=sys.stderr.isatty(), **settings)
    except KeyboardInterrupt:
        if not can_go_on(args.out):
            raise
        raise to_continue(settings) from None
    for sentence in damaged:
        print(f"tfvgan: {sentence}", file=sys.stderr)
    print(f"Wrote {args.out}{', what is whole of it' if damaged else ''}.")
    return 2 if damaged and not hasattr(args, "partial") else 0
