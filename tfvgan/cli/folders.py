"""What verbs share that take a folder of videos: a file at a time, in shares, by processes."""

import argparse

from .arguments import add_setting, given, positive

ENGINES = ("jobs", "cluster", "shard")  # Those of `add_engines`.
SETTINGS = (*ENGINES, "ending")  # Those of `add_folder`.
FOLDER = """\

Of a folder of videos the output is a folder: each video has its output under its own name. What is
done is noted there, in manifest.jsonl, so the same command goes on after a stop, and a file that
fails stops no other. --jobs N takes N at a time. --shard I/N takes a share, for job arrays.
--cluster has the workers of a dask.distributed cluster take a file each."""
BY_FILE = """\


Many {files} can be spread, {a} at a time: --jobs N takes N at once, --shard I/N takes a share,
for job arrays, --cluster has the workers of a dask.distributed cluster take {a} each. Whoever
finds that none is left puts all together: give every share the same words. After a stop, a crash
or a killed process the same command goes on. Nothing is lost, and nothing is there twice."""


def add_folder(parser, ending=True):
    """Adds the options of verbs that take a folder of videos.

    Args:
        parser: the verb's parser.
        ending: bool, whether that of the outputs can be chosen.
    """
    group = add_engines(parser, "of a folder of videos")
    if ending:
        add_setting(
            group,
            "--ending",
            "that of each video",
            "the format of all outputs, such as .mkv",
            metavar=".END",
        )


def add_engines(parser, title):
    """Returns the group of new options that say who takes which of many files.

    Args:
        parser: the verb's parser.
        title: of the group.
    """
    group = parser.add_argument_group(title)
    engines = group.add_mutually_exclusive_group()
    add_setting(engines, "--jobs", 1, "processes at once", type=positive, metavar="N")
    add_setting(
        engines,
        "--cluster",
        None,
        "address of a scheduler of dask.distributed, or local:N for N workers here",
        metavar="ADDRESS",
    )
    add_setting(
        group,
        "--shard",
        "all, or what SLURM_ARRAY_TASK_ID or JOB_COMPLETION_INDEX say",
        "take share I of N, counted from 0, or of N the one that the job array says",
        type=_share,
        metavar="I/N",
    )
    return group


def spread_of(args):
    """Returns how the files are spread, as `tfvgan.batch.Spread`; None where nothing says so."""
    import sys

    from tfvgan.batch import Spread

    how, shard = given(args, ENGINES), share_of(args)
    if shard.count == 1 and not how:
        return None
    how["shard"] = shard
    return Spread(**how, show=sys.stderr.isatty(), tell=_tell)


def share_of(args):
    """Returns the `tfvgan.batch.Shard` that was typed, or that a job array says; a line says it."""
    import os
    import sys

    from tfvgan.batch.shard import shard_by

    shard, variable = shard_by(given(args, ("shard",)).get("shard"), os.environ)
    if shard.count > 1:
        told = f", as {variable} says" if variable else ""
        print(f"Share {shard} of the files{told}.", file=sys.stderr)
    return shard


def is_folder(args):
    """Returns whether a folder of videos was typed, or what is for one alone."""
    import os

    if given(args, SETTINGS):
        return True
    if not os.path.isdir(args.video):
        return False
    from tfvgan.batch.listed import is_folder_of_videos

    return is_folder_of_videos(args.video)


def write_folder(args, verb, settings):
    """Writes the outputs of a folder, says what became of its files, and returns the exit code.

    Args:
        args: what was typed.
        verb: its name.
        settings: dict of those that decide the outputs, and of others that are for one file alone.

    Returns:
        0, or 1 where a file failed or is damaged.
    """
    import sys

    from tfvgan.batch import run_folder

    folder = given(args, SETTINGS)
    folder.pop("shard", None)
    shard = share_of(args)
    overwrite = bool(settings.pop("overwrite", False))
    settings.pop("resume", None)  # The same command does.
    try:
        outcome = run_folder(
            *(verb, args.video, args.out, settings),
            **{"shard": shard, "overwrite": overwrite, "show": sys.stderr.isatty(), **folder},
            tell=_tell,
        )
    except KeyboardInterrupt:
        raise KeyboardInterrupt("Stopped. To continue, type the same command again.") from None
    return say(args.out, outcome)


def say(out, outcome):
    """Prints what became of a folder's files, and returns the exit code, 0 or 1.

    Args:
        out: the folder of the outputs.
        outcome: `tfvgan.batch.Outcome`.
    """
    counts = {
        "made": len(outcome.made),
        "there already": len(outcome.same),
        "failed": len(outcome.failed),
        "damaged": len(outcome.damaged),
    }
    left = outcome.left - len(outcome.failed)
    counts["left to other shares"] = max(left, 0)
    said = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
    print(f"{out}: {said or 'nothing to do'}. What became of each: {outcome.manifest}")
    return 1 if outcome.failed or outcome.damaged else 0


def say_parts(out, outcome):
    """Prints what became of the files of a share whose whole is put together at the end.

    Args:
        out: what is to be made of all.
        outcome: `tfvgan.batch.Outcome`.

    Returns:
        The exit code, 0 or 1.
    """
    counts = {
        "done": len(outcome.made),
        "done already": len(outcome.same),
        "failed": len(outcome.failed),
        "left": outcome.left,
    }
    said = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
    later = " The share that ends last puts all together." if outcome.left else ""
    if said:
        print(f"{out}: {said}.{later}")
    return 1 if outcome.failed else 0


def _tell(record):
    """Prints what is wrong with a file."""
    import sys

    for sentence in [record.get("error"), *record.get("damaged", ())]:
        if sentence:
            print(f"tfvgan: {record['name']}: {sentence}", file=sys.stderr)


def _share(text):
    """Returns the text of a share: I/N or N."""
    if not all(part.isdecimal() for part in text.split("/")) or text.count("/") > 1:
        raise argparse.ArgumentTypeError(f"expected I/N, such as 0/4, or N, not {text!r}")
    return text
