"""`tfvgan play`: a compressed video shown while it is decompressed."""

from .arguments import add_model, add_setting, add_verb, given, positive_float

SUMMARY = """\
Play a .tvg, sound and all, while it is decompressed.

Frames and sound go through a pipe to ffplay, which FFmpeg brings along; nothing is written. Close
its window, press q in it, or press Ctrl-C here to stop.

Where the network is slower than the video, the player waits for frames. --base-only shows the
standard stream inside, without the network, on nearly any machine in time; or decompress the
video first.
Damaged groups are left out and named, with exit code 2."""

EXAMPLES = (
    "tfvgan play out.tvg",
    "tfvgan play out.tvg --base-only                  # without the network",
    "tfvgan play out.tvg --model runs/coded           # the one it was compressed by",
    'tfvgan play out.tvg --player "ffplay -fs"        # on the whole screen',
    "tfvgan play out.tvg --player mpv",
    "tfvgan play out.tvg --player cat | ffmpeg -i - -c:v libx265 x.mkv   # handed on",
    "tfvgan decompress out.tvg -o back.mp4            # to keep it",
)
SETTINGS = ("base_only", "player", "memory")


def add(verbs):
    """Adds the verb to the command line."""
    parser = add_verb(verbs, "play", run, SUMMARY, EXAMPLES)
    parser.add_argument("video", help="a .tvg file")
    add_setting(
        parser,
        "--base-only",
        None,
        "show the standard stream inside, without the network",
        action="store_true",
    )
    add_model(parser)
    add_setting(
        parser,
        "--player",
        "ffplay",
        "the player, with its own options; it reads NUT from standard input",
        metavar="COMMAND",
    )
    add_setting(
        parser, "--memory", 1000, "MB of memory for a frame", type=positive_float, metavar="MB"
    )


def run(args):
    """Plays; returns 2 where something is damaged."""
    import sys

    from tfvgan.runs import play

    damaged = play(args.video, getattr(args, "model", None), **given(args, SETTINGS))
    for sentence in damaged:
        print(f"tfvgan: {sentence}", file=sys.stderr)
    return 2 if damaged else 0
