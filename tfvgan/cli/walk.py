"""`tfvgan walk`: a walk among the videos of a run."""

from .arguments import add_setting, add_verb, given, not_negative, positive
from .generate import add_places, add_sampling, say

SUMMARY = """\
Walk among a model's videos: through contents, or from motion to motion.

With one motion it makes one video, whose content changes smoothly from number to number. With two
motions it makes --steps videos of one content, whose motion goes from the first to the second.
Numbers are those of `tfvgan generate`: number 3 is sample-003 of the same seed. The files are the
same, too. It needs the network "continuous"."""

EXAMPLES = (
    "tfvgan walk runs/any -o walk.mp4",
    "tfvgan walk runs/any --contents 4 7 1 --motions 2 --seed 7 --frames 200 -o walk.mp4",
    "tfvgan walk runs/any --contents 4 7 --open -o out/           # there, and not back",
    "tfvgan walk runs/any --contents 4 --motions 0 3 --steps 7 -o blend.mp4",
)
SETTINGS = (
    *("contents", "motions", "seed", "label", "formats", "fps"),
    *("frames", "start", "rate", "truncation", "sharpness", "closed", "steps"),
)


def add(verbs):
    """Adds the verb to the command line."""
    parser = add_verb(verbs, "walk", run, SUMMARY, EXAMPLES)
    add_places(parser)
    number = {"type": not_negative, "nargs": "+", "metavar": "N"}
    add_setting(parser, "--contents", "0 1 2 3", "numbers of videos to walk through", **number)
    add_setting(parser, "--motions", 0, "number of the video that moves so, or two", **number)
    add_setting(
        parser, "--open", None, "end at the last content", action="store_false", dest="closed"
    )
    add_setting(parser, "--steps", 5, "videos from motion to motion", type=positive, metavar="N")
    add_sampling(parser, "32 for each content, or as trained with two motions")


def run(args):
    """Walks."""
    from tfvgan.runs import walk

    say(walk(args.model, args.out, **given(args, SETTINGS)), args.out)
