"""Messages of other packages: held back, and shown where an error follows."""

import contextlib
import logging
import os
import re
import subprocess
import sys
import tempfile
import threading

# Of TensorFlow: informations, warnings, and errors, which come as Python's, too, if they matter.
# What ends the process, F, is none of them.
CHATTER = re.compile(
    rb"\d{4}-\d\d-\d\d [\d:.]+ [IWE] |[IWE]\d{4} [\d:.]+ +\d+ \S+\] "
    rb"|WARNING: All log messages before absl::InitializeLog\(\)"
    rb"|To enable the following instructions: "
)
LOG_LEVEL = "TF_CPP_MIN_LOG_LEVEL"
FATAL = "3"  # Errors are said where CUDA finds no GPU, too.
# Shows the file if what holds its stdin ends without a word, as a process does that is aborted.
WATCH = 'read -r word || { cat "$0" >&2; rm -f "$0"; }'

_stderr_lock = threading.RLock()  # Two would put each other's stderr back.


def import_keras():
    """Imports TensorFlow and Keras, silent unless they fail; `TF_CPP_MIN_LOG_LEVEL=0` shows all.

    TensorFlow reads that variable at its import, and says some of it before it has read it. Where
    it was imported before, it is left as it is.
    """
    with unlogged("matplotlib"):  # Keras imports it, and it warns of homes that can't be written.
        if "tensorflow" not in sys.modules:
            asked = os.environ.setdefault(LOG_LEVEL, FATAL)
            with contextlib.nullcontext() if asked == "0" else without(CHATTER):
                import tensorflow  # noqa: F401
        import keras  # noqa: F401


@contextlib.contextmanager
def without(noise):
    """Keeps lines off stderr that C++ code writes within, until its end, and shows all others then.

    All lines are shown if an error leaves, or if the process is aborted. Without a stderr, a folder
    for temporary files or a shell nothing is kept back.

    Args:
        noise: compiled regular expression of bytes, what lines that are left out begin with.
    """
    with _stderr_lock, contextlib.ExitStack() as stack:
        held = _held_stderr(stack)
        if held is None:
            yield
            return
        kept, file, watch = held
        _flush()
        os.dup2(file.fileno(), 2)
        try:
            yield
        except Exception:
            noise = None
            raise
        finally:
            _flush()
            os.dup2(kept, 2)
            with contextlib.suppress(OSError):
                watch.communicate(b"\n")
            file.seek(0)
            lines = [line for line in file if noise is None or not noise.match(line)]
            with contextlib.suppress(OSError), open(2, "wb", closefd=False) as stderr:
                stderr.writelines(lines)


def _held_stderr(stack):
    """Returns a copy of stderr, a file for what is written meanwhile and its watcher, or None."""
    with contextlib.suppress(OSError), contextlib.ExitStack() as made:
        kept = os.dup(2)
        made.callback(os.close, kept)
        file = made.enter_context(tempfile.NamedTemporaryFile(prefix="tfvgan-stderr-"))
        watch = made.enter_context(_watch(file.name, kept))
        stack.enter_context(made.pop_all())
        return kept, file, watch
    return None


def _watch(path, stderr):
    """Returns a process that shows the file on `stderr` if this one is aborted."""
    return subprocess.Popen(
        ["/bin/sh", "-c", WATCH, path],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=stderr,
    )


@contextlib.contextmanager
def unlogged(name):
    """Keeps what a package logs within to errors.

    Args:
        name: of its logger.
    """
    logger = logging.getLogger(name)
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(before)


def _flush():
    with contextlib.suppress(AttributeError, ValueError, OSError):  # None, closed, or broken.
        sys.stderr.flush()
