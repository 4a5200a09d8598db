"""`tfvgan prepare`: decode once, train many times."""

from .arguments import add_clip_settings, add_setting, add_verb, given, not_negative, positive
from .declared import table
from .folders import BY_FILE, add_engines, say_parts, spread_of

SUMMARY = """\
Decode videos once into a cache of small clips.

Training reads the cache at memory speed. What was interrupted goes on where it stopped when the
same command is typed again.

With --recipes, clips are degraded, too, for the training of restorers: each so many times as
--versions says, below the cache. "footage" is what most files went through: a sensor's noise,
halos, displaced colours, poor deinterlacing, and one or two encoders; as many are mild as hard, and
one in ten is untouched. Training with the same --recipes, --factor, --versions and --seed, and
with the cache as its videos, takes them."""
SPREAD = BY_FILE.format(files="videos", a="a video")

EXAMPLES = (
    "tfvgan prepare videos/ cache/",
    "tfvgan prepare videos/ cache/ --frames 32 --size 128 --fps 12",
    "tfvgan prepare videos/ cache/ --jobs 2",
    "tfvgan prepare videos/ cache/ --shard 0/4            # and 1/4, 2/4, 3/4 on other machines",
    "tfvgan train videos/ --out runs/first --cache cache/",
    "tfvgan prepare videos/ cache/ --size 256 --frames 40 --recipes footage --factor 2",
    "tfvgan train cache/ --out runs/film --network restorer --size 256 --frames 40 --window 10 "
    "--recipes footage --factor 2 --versions 4 --flip",
)
NAMES = (
    *("frames", "size", "stride", "fps", "crop", "overlap", "short", "deinterlace"),
    "partial",
    *("bad", "decoder"),
)
DEGRADING = ("recipes", "factor", "versions", "seed")


def add(verbs):
    """Adds the verb to the command line."""
    parser = add_verb(verbs, "prepare", run, SUMMARY + SPREAD, EXAMPLES)
    parser.set_defaults(sought=("videos",))
    parser.add_argument("videos", help="a folder (sub-folders are classes), a file, or a pattern")
    parser.add_argument("cache", help="the folder to write")
    add_clip_settings(parser)
    add_engines(parser, "who takes which of many videos")
    group = parser.add_argument_group("how clips are degraded, for restorers")
    recipes = "what happens to them; one is drawn for each version"
    add_setting(group, "--recipes", None, recipes, choices=_recipes(), nargs="+")
    smaller = "times that degraded clips are smaller: 1, 2 or 4"
    add_setting(group, "--factor", 2, smaller, type=int, choices=(1, 2, 4))
    add_setting(group, "--versions", 4, "of each clip", type=positive, metavar="N")
    add_setting(group, "--seed", 0, "of what is drawn", type=not_negative, metavar="N")


def _recipes():
    """Returns the recipes of which versions can be made ahead."""
    options = table().light("tfvgan.tasks.restoration.options")
    return tuple(name for name in options.RECIPES if name not in options.TELLING)


def run(args):
    """Prepares; returns the exit code."""
    from tfvgan.data import prepare
    from tfvgan.data.degraded import prepare_degraded

    degrading = given(args, DEGRADING)
    if degrading and "recipes" not in degrading:
        name = next(iter(degrading))
        raise ValueError(f"--{name} says how --recipes are to be followed: name some.")
    how, code = spread_of(args), 0
    if how is None:
        cache = prepare(args.videos, args.cache, **given(args, NAMES))
    else:
        from tfvgan.batch import prepare_by_file
        from tfvgan.data.settings import ClipSettings

        settings = given(args, NAMES)
        beside = {name: settings.pop(name) for name in ("bad", "decoder") if name in settings}
        made = ClipSettings(**settings)
        outcome, cache = prepare_by_file(args.videos, args.cache, made, how, **beside)
        code = say_parts(args.cache, outcome)
    if cache is None:
        return code
    size = f"{cache.size}x{cache.size}"
    print(f"{cache.count} clips of {cache.frames} frames, {size}: {args.cache}")
    if degrading:
        degraded = prepare_degraded(cache, **{"factor": 2, **degrading})
        print(f"{degraded.count} degraded clips: {degraded.folder}")
    return code
