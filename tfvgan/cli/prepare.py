"""`tfvgan prepare`: decode once, train many times."""

from .arguments import add_clip_settings, add_verb, given

SUMMARY = """\
Decode videos once into a cache of small clips.

Training reads the cache at memory speed. What was interrupted goes on where it stopped when the
same command is typed again."""

EXAMPLES = (
    "tfvgan prepare videos/ cache/",
    "tfvgan prepare videos/ cache/ --frames 32 --size 128 --fps 12",
    "tfvgan train videos/ --out runs/first --cache cache/",
)
NAMES = (
    *("frames", "size", "stride", "fps", "crop", "overlap", "short", "deinterlace"),
    "partial",
    *("bad", "decoder"),
)


def add(verbs):
    """Adds the verb to the command line."""
    parser = add_verb(verbs, "prepare", run, SUMMARY, EXAMPLES)
    parser.add_argument("videos", help="a folder (sub-folders are classes), a file, or a pattern")
    parser.add_argument("cache", help="the folder to write")
    add_clip_settings(parser)


def run(args):
    """Prepares."""
    from tfvgan.data import prepare

    cache = prepare(args.videos, args.cache, **given(args, NAMES))
    print(f"{cache.count} clips of {cache.frames} frames, {cache.size}x{cache.size}: {args.cache}")
