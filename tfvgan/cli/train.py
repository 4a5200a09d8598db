"""`tfvgan train`: a folder of videos in, a run folder out."""

import shlex
import sys

from .arguments import (
    add_clip_settings,
    add_setting,
    add_verb,
    given,
    not_negative,
    not_negative_float,
    positive,
    positive_float,
)
from .resuming import stopped

SUMMARY = """\
Train a video GAN on a folder of videos.

The run folder gets settings.json, log.csv and tensorboard/, curves.png, previews/ (a film strip
and a video each epoch), checkpoints/, and model.keras at the end. Ctrl-C saves before it leaves;
--resume continues, and the weights are those of a run that was never stopped; where the videos
give other clips by now, it says so and stops.

The network "restorer" learns to undo what --recipes do to the clips, for tfvgan restore: first for
fidelity, and then, in another run with --detail FIRST, playing the game for detail.

The network "codec" learns to say videos in few bits, for tfvgan compress, in the same two phases;
each of its eight qualities holds a rate of its own, from 0.012 to 0.22 bits per pixel.

Large videos are made in two stages: a run of small ones, and in its folder, as RUN/enlarger, one of
the network "enlarger", which makes them larger. tfvgan generate then uses both."""

EXAMPLES = (
    "tfvgan train videos/ --out runs/first",
    "tfvgan train videos/ --out runs/small --network dcgan --size 32 --epochs 10",
    "tfvgan train videos/ --out runs/any --network continuous --augment adaptive",
    "tfvgan train videos/ --out runs/any/enlarger --network enlarger --size 256 --batch-size 4",
    "tfvgan train videos/ --out runs/mend --network restorer --size 256 --recipes old",
    "tfvgan train videos/ --out runs/sharp --network restorer --size 256 --recipes old "
    "--detail runs/mend",
    "tfvgan train videos/ --out runs/codec --network codec --size 256 --window 6",
    "tfvgan train 'videos/*.mp4' --out runs/timed --minutes 30",
    "tfvgan train --out runs/first --resume                  # with the settings it began with",
    "tfvgan train --out runs/first --resume --epochs 80      # and for longer",
)

NETWORKS = ("continuous", "vgan", "dcgan", "enlarger", "restorer", "codec")
RECIPES = ("clean", "noisy", "compressed", "coded", "holes", "old")


def add(verbs):
    """Adds the verb to the command line."""
    parser = add_verb(verbs, "train", run, SUMMARY, EXAMPLES)
    parser.add_argument(
        "videos",
        nargs="?",
        help="a folder (sub-folders are classes), a file, or a quoted pattern; not with --resume",
    )
    parser.add_argument("--out", required=True, metavar="RUN", help="the run folder to write")
    parser.add_argument("--resume", action="store_true", help="continue the run in that folder")
    _add_training(parser)
    _add_game(parser)
    _add_larger(parser)
    add_clip_settings(parser)
    _add_more_clips(parser)


def _add_training(parser):
    group = parser.add_argument_group("how long, how much")
    add_setting(group, "--epochs", 40, "how many", type=positive, metavar="N")
    add_setting(group, "--steps-per-epoch", 250, "batches in one", type=positive, metavar="N")
    add_setting(group, "--minutes", None, "stop after this time", type=positive_float, metavar="M")
    add_setting(group, "--batch-size", 8, "clips in a batch", type=positive, metavar="N")
    add_setting(group, "--seed", 0, "of every random draw", type=not_negative, metavar="N")


def _add_game(parser):
    group = parser.add_argument_group("the game (by default as the network's paper plays it)")
    add_setting(group, "--network", "vgan", "which networks", choices=NETWORKS)
    add_setting(group, "--width", None, "channels of both players", type=positive, metavar="N")
    add_setting(
        group,
        "--loss",
        None,
        "minimax, non_saturating, least_squares, hinge, wasserstein or relativistic",
        metavar="NAME",
    )
    add_setting(
        group, "--penalty", None, "r1, finite_difference, gradient_penalty or none", metavar="NAME"
    )
    add_setting(
        group,
        "--penalty-weight",
        None,
        "its gamma: higher where D wins, lower where videos come out blurred",
        type=positive_float,
        metavar="GAMMA",
    )
    add_setting(
        group, "--learning-rate", None, "of both players", type=positive_float, metavar="RATE"
    )
    add_setting(
        group,
        "--moving-average",
        None,
        "decay of the averaged generator",
        type=positive_float,
        metavar="DECAY",
    )
    add_setting(
        group,
        "--cool-down",
        None,
        "last share of training, in which learning rates fall",
        type=float,
        metavar="SHARE",
    )
    add_setting(
        group,
        "--augment",
        None,
        "such as color,translation,cutout, or adaptive; for few videos, of networks that generate",
        metavar="LIST",
    )
    add_setting(
        group, "--conditional", None, "learn the classes, one a sub-folder", action="store_true"
    )


def _add_larger(parser):
    group = parser.add_argument_group("enlarger, restorer and codec")
    add_setting(
        group,
        "--factor",
        None,
        "times that videos become larger: of the enlarger to reach --size, a power of two, 4 by "
        "default; of the restorer 1, 2 or 4, 2 by default",
        type=positive,
        metavar="N",
    )
    add_setting(
        group,
        "--recipes",
        None,
        "what the restorer learns to undo (default: clean, which is enlarging)",
        nargs="+",
        choices=RECIPES,
    )
    add_setting(
        group,
        "--square",
        None,
        "side of what restorer and codec are shown of the clips, 128 by default",
        type=positive,
        metavar="N",
    )
    add_setting(
        group,
        "--window",
        None,
        "frames of the clips that these are shown at once, all by default; long clips of a "
        "restorer are compressed as videos are",
        type=positive,
        metavar="N",
    )
    add_setting(group, "--depth", None, "their residual blocks", type=positive, metavar="N")
    add_setting(
        group, "--detail", None, "the run that it goes on from, for detail", metavar="FIRST"
    )
    add_setting(
        group,
        "--perceptual",
        None,
        "what looks weigh then, 0.2 by default, of the codec 1; more for what changes little",
        type=not_negative_float,
        metavar="WEIGHT",
    )
    add_setting(
        group,
        "--adversarial",
        None,
        "what the game weighs then, 0.005 by default, of the codec 0.01; 0 leaves it out",
        type=not_negative_float,
        metavar="WEIGHT",
    )
    add_setting(
        group, "--begin", None, "the run whose weights it begins with, for fidelity", metavar="RUN"
    )


def _add_more_clips(parser):
    group = parser.add_argument_group("clips on their way into the game")
    add_setting(group, "--flip", None, "mirror half of the clips", action="store_true")
    add_setting(group, "--cache", None, "folder of clips (default: RUN/cache)", metavar="FOLDER")


def run(args):
    """Trains."""
    from tfvgan.runs import Settings, Unhealthy, train
    from tfvgan.runs.folder import can_go_on

    settings = given(args, set(Settings.names()) - {"videos"})
    try:
        model = train(args.videos, args.out, resume=args.resume, **settings)
    except KeyboardInterrupt as stop:
        if not can_go_on(args.out):
            raise
        again = f"tfvgan train --out {shlex.quote(args.out)} --resume"
        raise KeyboardInterrupt(f"{stopped(stop)} To continue: {again}") from None
    except Unhealthy:
        print(f"tfvgan: stopped; {args.out} holds the last good weights.", file=sys.stderr)
        return 1
    print(f"The run is in {args.out}. {_next(model, args.out)}")
    return 0


def _next(model, out):
    """Returns what to do with a new model, in a sentence."""
    if hasattr(model, "restorer"):
        return f"Next: tfvgan restore VIDEO -o better.mp4 --model {shlex.quote(out)}"
    if hasattr(model, "lmbda"):
        return (
            f"Next: tfvgan.runs.tabulate({out!r}, VIDEOS), in Python, counts its tables; then "
            f"tfvgan compress VIDEO -o small.tvg --model {shlex.quote(out)}"
        )
    if not hasattr(model, "enlarge"):
        return f"Next: tfvgan generate {shlex.quote(out)} --out {shlex.quote(out)}/samples"
    return (
        "In the folder of another run, under the name `enlarger`, it enlarges what that generates."
    )
