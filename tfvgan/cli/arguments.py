"""What several verbs share: types, common options."""

import argparse


def add_verb(verbs, name, run, summary, examples):
    """Returns the new parser of a verb.

    Args:
        verbs: what `add_subparsers` returned.
        name: what is typed.
        run: function that is handed the parsed arguments, returns an exit code or None.
        summary: what the verb does: its first line is shown by `tfvgan --help`.
        examples: lines to type, shown below the options.
    """
    parser = verbs.add_parser(
        name,
        help=summary.splitlines()[0].rstrip("."),
        description=summary,
        epilog="examples:\n" + "\n".join(f"  {line}" for line in examples),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--debug", action="store_true", help="show the traceback of an error")
    parser.set_defaults(run=run)
    return parser


def add_setting(parser, flag, default, meaning, **options):
    """Adds an option that is absent from the parsed arguments unless it was given.

    Args:
        parser: the verb's parser, or a group of it.
        flag: such as "--frames".
        default: what holds when it is not given, for the help alone.
        meaning: the help.
        **options: what `add_argument` takes.
    """
    shown = "" if default is None else f" (default: {default})"
    parser.add_argument(flag, default=argparse.SUPPRESS, help=meaning + shown, **options)


def add_clip_settings(parser):
    """Adds the options that say how files become clips."""
    group = parser.add_argument_group("how files become clips")
    add_setting(group, "--frames", 16, "frames in a clip", type=positive, metavar="N")
    sides = "height and width, a power of two, of an embedder 96"
    add_setting(group, "--size", 64, sides, type=positive, metavar="N")
    add_setting(group, "--stride", 1, "take every N-th frame", type=positive, metavar="N")
    add_setting(
        group, "--fps", None, "resample to this rate instead", type=positive_float, metavar="RATE"
    )
    add_setting(
        group,
        "--crop",
        "center",
        "which square of a frame; squeeze makes all of it one",
        choices=("center", "random", "squeeze"),
    )
    add_setting(
        group, "--overlap", 0, "frames that neighbours share", type=not_negative, metavar="N"
    )
    add_setting(
        group,
        "--short",
        "skip",
        "files with fewer frames than a clip",
        choices=("skip", "loop", "error"),
    )
    add_deinterlace(group)
    add_partial(group, "what is there of truncated files, and say how much that is")
    add_setting(group, "--bad", "warn", "files that cannot be decoded", choices=("warn", "error"))
    add_setting(
        group,
        "--decoder",
        "auto",
        "library that decodes",
        choices=("auto", "tensorflow-io", "pyav"),
    )


def add_deinterlace(parser):
    """Adds the option that says what becomes of interlaced films."""
    add_setting(
        parser,
        "--deinterlace",
        "auto",
        "deinterlace films that are marked as interlaced, none, or all (FFmpeg's bwdif)",
        choices=("auto", "no", "yes"),
    )


def add_source(parser):
    """Adds the options that say how a video is read."""
    add_deinterlace(parser)
    add_setting(
        parser,
        "--fps",
        25,
        "frames a second of numbered images",
        type=positive_float,
        metavar="FPS",
    )
    add_partial(parser, "what is there of a truncated file, and say how much that is")


def add_partial(parser, meaning):
    """Adds the option that is content with a part."""
    add_setting(parser, "--partial", None, f"take {meaning}", action="store_true")


def add_sharpness(parser):
    """Adds the option that makes colours of a trained network clearer."""
    add_setting(
        parser,
        "--sharpness",
        1,
        "above 1, colours are clearer and steadier, and gradients come out in steps",
        type=positive_float,
        metavar="S",
    )


def add_model(parser, such="restore_x4"):
    """Adds the option that names another model than the package's; `such` is the name of one."""
    meaning = f"a run, a published folder, a .keras file, or a name such as {such}"
    add_setting(parser, "--model", None, meaning, metavar="RUN")


def add_encoder(parser):
    """Adds the options that say how a video is written by FFmpeg."""
    add_setting(
        parser,
        "--codec",
        "libx264, libx265 for colours of more than 8 bits, libvpx-vp9 for .webm",
        "FFmpeg's name of the encoder; with a name, finer colours than 4:2:0 are kept",
        metavar="NAME",
    )
    add_setting(
        parser,
        "--crf",
        "16 for libx264, which hardly shows",
        "the encoder's quality, lower is better",
        type=not_negative_float,
        metavar="CRF",
    )


def add_job(parser, memory):
    """Adds the options of long jobs.

    Args:
        parser: the verb's parser, or a group of it.
        memory: what `--memory` limits, for the help.
    """
    add_setting(parser, "--memory", 1000, memory, type=positive_float, metavar="MB")
    add_setting(
        parser, "--resume", None, "go on with the job that was stopped", action="store_true"
    )
    add_setting(parser, "--overwrite", None, "replace an output that exists", action="store_true")
    parser.set_defaults(kept=True)  # What exists, without it.


def add_allow(parser):
    """Adds the option that says how far exports may be from the model; see `allowed`."""
    parser.add_argument(
        "--allow",
        nargs="+",
        type=limit,
        default=(),
        metavar="TARGET=DIFFERENCE",
        help="most that exports may differ from the model, on [-1, 1]: saved_model=0.0079 and "
        "float32=0.001 anywhere, float16=0.001 and dynamic=0.02 in the mean; int8=0.3 is dB lost",
    )


def add_edge(parser):
    """Adds the option that says how large the frames of edge devices are."""
    add_setting(
        parser,
        "--edge",
        None,
        "size of the frames that a .tflite file reads, of models that take any (default: 180 320, "
        "of a codec 360 640)",
        type=positive,
        nargs=2,
        metavar=("HEIGHT", "WIDTH"),
    )


def allowed(args):
    """Returns the argument `allowed` of functions that export; none where nothing was typed."""
    if not args.allow:
        return {}
    from tfvgan.export import allowing

    return {"allowed": allowing(dict(args.allow))}


def given(args, names):
    """Returns the arguments among `names` that were given, as a dict."""
    return {name: value for name, value in vars(args).items() if name in names}


def positive(text):
    """Returns an int >= 1."""
    return _number(text, int, 1, "a whole number from 1")


def not_negative(text):
    """Returns an int >= 0."""
    return _number(text, int, 0, "a whole number from 0")


def not_negative_float(text):
    """Returns a float >= 0."""
    value = _number(text, float, 0, "a number from 0")
    if value == float("inf"):
        raise argparse.ArgumentTypeError(f"expected a number from 0, not {text!r}")
    return value


def positive_float(text):
    """Returns a float > 0."""
    value = _number(text, float, 0, "a number above 0")
    if not 0 < value < float("inf"):
        raise argparse.ArgumentTypeError(f"expected a number above 0, not {text!r}")
    return value


def share(text):
    """Returns a float from 0 to 1."""
    value = _number(text, float, 0, "a number from 0 to 1")
    if value > 1:
        raise argparse.ArgumentTypeError(f"expected a number from 0 to 1, not {text!r}")
    return value


def limit(text):
    """Returns `(target, float > 0)` of "target=number"."""
    target, equals, number = text.partition("=")
    if not (target and equals):
        raise argparse.ArgumentTypeError(f"expected TARGET=DIFFERENCE, not {text!r}")
    return target, positive_float(number)


def _number(text, kind, least, wanted):
    try:
        value = kind(text)
    except ValueError:
        value = None
    if value is None or not value >= least:
        raise argparse.ArgumentTypeError(f"expected {wanted}, not {text!r}")
    return value
