"""The command line `tfvgan`. Help answers at once: nothing heavy is imported before a verb runs."""

import contextlib
import os
import select
import signal
import sys
import threading

from . import (
    analyze,
    before,
    compress,
    decompress,
    demo,
    doctor,
    duplicates,
    evaluate,
    export,
    generate,
    index,
    play,
    prepare,
    publish,
    restore,
    search,
    segment,
    serve,
    serve_config,
    steady,
    stylize,
    train,
    walk,
    weights,
)
from .parser import Parser
from .resuming import stopped
from .version import ShowVersion

MAKING = (
    demo,
    restore,
    stylize,
    steady,
    segment,
    compress,
    decompress,
    play,
    train,
    generate,
    walk,
)
FINDING = (index, search, duplicates, analyze)
VERBS = (
    *MAKING,
    *FINDING,
    evaluate,
    export,
    publish,
    serve,
    serve_config,
    prepare,
    weights,
    doctor,
)
ASKING = (signal.SIGTERM, signal.SIGHUP)  # Of schedulers, and of terminals that close.
UNREAD = 128 + signal.SIGPIPE  # What shells say of tools whose reader went away.
EPILOG = """\
a first session:
  tfvgan doctor                            is everything there?
  tfvgan demo                              the whole way on real video, in minutes
  tfvgan train videos/ -o runs/first       a folder of videos in, a trained GAN out
  tfvgan generate runs/first -o out/       new videos
  tfvgan weights fetch                     weights of the networks that measure, once
  tfvgan evaluate videos/ runs/first       how good they are: FVD and the rest
  tfvgan export runs/first saved_models/first --tflite float32 int8

a video of your own, made better:
  tfvgan restore old.mp4 -o new.mp4                        sharper, cleaner, sound kept

the same video in another style:
  tfvgan stylize in.mp4 -o painted.mp4 --style watercolour

what another tool made of it, with less flicker:
  tfvgan steady in.mp4 coloured.mp4 -o steady.mp4

what is in it, cut out, and another background:
  tfvgan segment in.mp4 -o blurred.mp4 --people --background blur

what happens when in it:
  tfvgan analyze in.mp4 -o report/                         cuts, motion, light, sound, what is odd

smaller, and back:
  tfvgan compress in.mp4 -o out.tvg                        an AV1 stream that a network improves
  tfvgan decompress out.tvg -o back.mp4
  tfvgan play out.tvg

which of many videos show it, and which are there twice:
  tfvgan index videos/ -o library/
  tfvgan search library/ clip.mp4
  tfvgan duplicates library/

what a run of the network "continuous" can do besides:
  tfvgan generate runs/any --frames 512 -o long.mp4        any length, any rate
  tfvgan walk runs/any -o walk.mp4                         from one video to the next
  tfvgan publish runs/any saved_models/any --data ... --licence ...

trained models for others to ask, by REST, by gRPC, and on a page:
  tfvgan serve saved_models --models style_ink

`tfvgan VERB --help` shows the options and examples of one verb.
"""


def make_parser():
    """Returns the parser of the whole command line."""
    from argparse import RawDescriptionHelpFormatter

    parser = Parser(
        prog="tfvgan",
        description="From a folder of videos to a trained, measured, served video GAN.",
        epilog=EPILOG,
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action=ShowVersion, help="show the version and exit")
    verbs = parser.add_subparsers(metavar="VERB", required=True)
    for verb in VERBS:
        verb.add(verbs)
    return parser


def main(argv=None):
    """Returns the exit code: 0, 1 after an unexpected error, 2 after a wrong input, 130 stopped.

    It is 141 when whoever reads what is printed went away, as `head` does; nothing is said then.

    Args:
        argv: list of strings; by default what was typed. Without any the help is printed.
    """
    try:
        try:
            return _code(argv)
        except SystemExit:  # Of help, which is still to be printed.
            _flush()
            raise
    except BrokenPipeError:
        if not _let_go_of_readers():
            raise
        return UNREAD


def _code(argv):
    """Returns the exit code, as of `main`."""
    _print_at_once()
    argv = sys.argv[1:] if argv is None else argv
    args = make_parser().parse_args(argv or ["--help"])
    if args.debug:  # All that TensorFlow's C++ side has to say, too.
        os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "0")
    try:
        with _stoppable():
            before.load(args)
            code = args.run(args) or 0
            _flush()
            return code
    except KeyboardInterrupt as stop:
        print(f"\ntfvgan: {stopped(stop)}", file=sys.stderr)
        return 130
    except (ValueError, OSError) as error:
        if args.debug or (isinstance(error, BrokenPipeError) and any(_unread())):
            raise
        print(f"tfvgan: error: {_first_line(error)}", file=sys.stderr)
        return 2
    except Exception as error:
        if args.debug:
            raise
        print(
            f"tfvgan: error: unexpected {type(error).__name__}: {_first_line(error)} "
            "(the same command with --debug shows where)",
            file=sys.stderr,
        )
        return 1


def _flush():
    if sys.stdout is not None:  # As where it was closed before.
        sys.stdout.flush()


def _let_go_of_readers():
    """Returns whether nobody reads stdout, or stderr, any more; what is left to print is dropped.

    Else Python would complain when it ends, since it flushes both; see "Note on SIGPIPE" in the
    documentation of its module signal. A pipe to FFmpeg may break as well: that is an error.
    """
    gone = list(_unread())
    for stream in gone:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
    return bool(gone)


def _unread():
    """Yields stdout and stderr where they are pipes that nobody reads."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, OSError):  # None, or no file.
            poll = select.poll()
            poll.register(stream.fileno(), 0)
            if any(event & (select.POLLERR | select.POLLHUP) for _, event in poll.poll(0)):
                yield stream


def _print_at_once():
    """Makes lines appear when they are printed, in pipes too.

    They may hold names of files that are no text, which are printed as the bytes that they are.
    """
    out = sys.stdout
    if hasattr(out, "reconfigure"):
        utf8 = out.encoding.lower().replace("-", "") == "utf8"
        errors = "surrogateescape" if utf8 else "backslashreplace"
        out.reconfigure(errors=errors, line_buffering=True)


@contextlib.contextmanager
def _stoppable():
    """Makes what asks a process to end do as Ctrl-C, so that whoever is at work can clear up.

    What was told to be ignored, as by `nohup`, still is.
    """
    if threading.current_thread() is not threading.main_thread():  # Python can't listen there.
        yield
        return
    asking = [number for number in ASKING if signal.getsignal(number) == signal.SIG_DFL]
    for number in asking:
        signal.signal(number, signal.default_int_handler)
    try:
        yield
    finally:
        for number in asking:
            signal.signal(number, signal.SIG_DFL)


def _first_line(error):
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[0] if lines else type(error).__name__


if __name__ == "__main__":
    sys.exit(main())
