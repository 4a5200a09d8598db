"""`tfvgan train`: a folder of videos in, a run folder out."""

import argparse
import os
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
from .declared import table
from .parser import Parser
from .resuming import stopped
from .typed import program

SUMMARY = """\
Train a video GAN on a folder of videos.

The run folder gets settings.json, log.csv and tensorboard/, curves.png, previews/ (a film strip
and a video each epoch), checkpoints/, and model.keras at the end. Ctrl-C saves before it leaves;
--resume continues, and the weights are those of a run that was never stopped; where the videos
give other clips by now, it says so and stops."""

EXAMPLES = (
    "tfvgan train videos/ --out runs/first",
    "tfvgan train 'videos/*.mp4' --out runs/timed --minutes 30",
    "tfvgan train --out runs/first --resume                  # with the settings it began with",
    "tfvgan train --out runs/first --resume --epochs 80      # and for longer",
    "tfvgan train restorer --help                            # the options of one network alone",
    "tfvgan train videos/ --out runs/two --workers a:12321,b:12321 --index 0   # and 1 on b",
)
MACHINES = ("workers", "index", "devices")


def add(verbs):
    """Adds the verb to the command line."""
    applications = [each for each in table().declarations() if each.networks]
    summary = "\n\n".join([SUMMARY, *(each.summary for each in applications)])
    examples = [*EXAMPLES, *(line for each in applications for line in each.examples)]
    parser = add_verb(verbs, "train", run, summary, examples)
    parser.narrowed = _of_one_network
    _add_all(parser, applications)


def _of_one_network(words):
    """Returns the parser of one network, and the words after its name; or None.

    The first word is such a name unless a file or folder bears it, which is then the videos.
    """
    if not words or words[0] not in table().networks() or os.path.exists(words[0]):
        return None
    network, application = words[0], table().declared(words[0])
    parser = Parser(
        prog=f"tfvgan train {network}",
        description=application.summary,
        epilog="examples:\n" + "\n".join(f"  {line}" for line in application.examples),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--debug", action="store_true", help="show the traceback of an error")
    _add_all(parser, [application], network)
    parser.set_defaults(run=run, network=network)
    return parser, words[1:]


def _add_all(parser, applications, network=None):
    """Adds the options that all networks have, and those of some applications."""
    parser.set_defaults(sought=("videos",))
    parser.add_argument(
        "videos",
        nargs="?",
        help="a folder (sub-folders are classes), a file, or a quoted pattern; not with --resume",
    )
    parser.add_argument("-o", "--out", required=True, metavar="RUN", help="the run folder to write")
    parser.add_argument("--resume", action="store_true", help="continue the run in that folder")
    _add_own(parser, applications)
    _add_training(parser)
    _add_machines(parser)
    _add_game(parser, network)
    add_clip_settings(parser)
    _add_more_clips(parser)


def _add_own(parser, applications):
    """Adds the options that some applications alone have, in a group for those that share them."""
    who = {}
    for each in applications:
        for option in each.options:
            who.setdefault(option.name, (option, []))[1].extend(each.networks)
    groups = {}
    for option, networks in who.values():
        title = " and ".join(networks)
        if title not in groups:
            groups[title] = parser.add_argument_group(title)
        _add_option(groups[title], option)


def _add_option(group, option):
    """Adds an option that an application has declared."""
    how = {"metavar": option.metavar}
    if option.type is int:
        how["type"] = positive
    elif option.type is float:
        how["type"] = not_negative_float if option.least is None else positive_float
    if option.choices is not None:
        how = {"choices": option.choices}
    if option.listed:
        how["nargs"] = "+"
    add_setting(group, "--" + option.name.replace("_", "-"), None, option.help, **how)


def _add_training(parser):
    group = parser.add_argument_group("how long, how much")
    add_setting(group, "--epochs", 40, "how many", type=positive, metavar="N")
    add_setting(group, "--steps-per-epoch", 250, "batches in one", type=positive, metavar="N")
    add_setting(group, "--minutes", None, "stop after this time", type=positive_float, metavar="M")
    add_setting(group, "--batch-size", 8, "clips in a batch", type=positive, metavar="N")
    add_setting(group, "--seed", 0, "of every random draw", type=not_negative, metavar="N")


def _add_machines(parser):
    group = parser.add_argument_group("several machines, several devices")
    add_setting(
        group,
        "--workers",
        None,
        "addresses of all workers, such as a:12321,b:12321 or host-[0-3]:12321; none for one "
        "process (default: of TF_CONFIG or SLURM)",
        metavar="LIST",
    )
    add_setting(
        group,
        "--index",
        None,
        "which of them this one is, from 0 (default: of TF_CONFIG, SLURM or Kubernetes)",
        type=not_negative,
        metavar="I",
    )
    add_setting(
        group, "--devices", None, "GPUs of each worker that train", type=positive, metavar="N"
    )


def _add_game(parser, network):
    group = parser.add_argument_group("the game (by default as the network's paper plays it)")
    if network is None:
        add_setting(group, "--network", "vgan", "which networks", choices=table().networks())
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


def _add_more_clips(parser):
    group = parser.add_argument_group("clips on their way into the game")
    add_setting(group, "--flip", None, "mirror half of the clips", action="store_true")
    add_setting(group, "--cache", None, "folder of clips (default: RUN/cache)", metavar="FOLDER")


def run(args):
    """Trains."""
    from tfvgan.runs import Settings, Unhealthy, WorkerLost, train
    from tfvgan.runs.folder import can_resume

    settings = given(args, {*Settings.names(), *MACHINES} - {"videos"})
    try:
        train(args.videos, args.out, resume=args.resume, **settings)
    except KeyboardInterrupt as stop:
        if not can_resume(args.out):
            raise
        again = f"{program()} train --out {shlex.quote(args.out)} --resume"
        again += "".join(
            f" --{name} {shlex.quote(str(settings[name]))}" for name in MACHINES if name in settings
        )
        raise KeyboardInterrupt(f"{stopped(stop)} To continue: {again}") from None
    except Unhealthy:
        print(f"tfvgan: stopped; {args.out} holds the last good weights.", file=sys.stderr)
        return 1
    except WorkerLost as error:
        return _left_alone(error)
    network = Settings.load(args.out).network if args.resume else settings.get("network", "vgan")
    print(f"The run is in {args.out}. {_size(args.out)} {_next(network, args.out)}")
    return 0


def _left_alone(error):
    """Says why and ends: threads of TensorFlow may wait for the other workers for ever."""
    print(f"tfvgan: stopped: {error}", file=sys.stderr)
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(1)


def _size(out):
    """Returns how large the model of a run is, and why, in two sentences."""
    megabytes = os.path.getsize(os.path.join(out, "model.keras")) / 1e6
    return (
        f"Its model.keras, {megabytes:.3g} MB, holds what training goes on from: both networks, "
        "the average, and their optimizers. What is published holds the average alone."
    )


def _next(network, out):
    """Returns the sentence on the next command for a new run."""
    values = {"tfvgan": program(), "run": shlex.quote(out), "text": repr(out)}
    return table().declared(network).next.format(**values)
