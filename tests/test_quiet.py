"""Quiet: TensorFlow's chatter is kept off stderr; whatever else is said there is shown."""

import logging
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tfvgan import quiet

OLD = "2026-01-01 10:00:00.123456: {} external/local_xla/cuda_fft.cc:485] Unable to register"
NEW = "{}0000 00:00:1795933313.910502    5657 port.cc:153] oneDNN custom operations are on"
CHATTER = [
    *(line.format(level) for line in (OLD, NEW) for level in "IWE"),
    "WARNING: All log messages before absl::InitializeLog() is called are written to STDERR",
    "To enable the following instructions: AVX2, rebuild TensorFlow with the appropriate flags.",
]
TOLD = [OLD.format("F"), NEW.format("F"), "Iris is here.", "UserWarning: 2026-01-01 10:00", ""]


def say(*lines):
    """Writes lines to stderr, as C++ code does."""
    os.write(2, "".join(f"{line}\n" for line in lines).encode())


def imported(tmp_path, tensorflow, more="", **environment):
    """Returns a process that has imported a made-up TensorFlow, and what it said on stderr."""
    lines = [
        "import os, keras",
        "say = lambda line: os.write(2, line.encode() + b'\\n')",
        tensorflow,
    ]
    (tmp_path / "tensorflow.py").write_text("\n".join(lines))
    warns = "import logging; logging.getLogger('matplotlib').warning('No such home.')"
    (tmp_path / "keras.py").write_text(warns)
    code = (
        f"import quiet, sys, os\n{more}\nquiet.import_keras()\nprint(os.environ[quiet.LOG_LEVEL])"
    )
    known = {key: value for key, value in os.environ.items() if key != quiet.LOG_LEVEL}
    paths = os.pathsep.join([str(tmp_path), str(Path(quiet.__file__).parent)])
    return subprocess.run(
        [sys.executable, "-S", "-c", code],
        env={**known, "PYTHONPATH": paths, "TMPDIR": str(tmp_path), **environment},
        capture_output=True,
        text=True,
    )


def test_the_package_is_imported_without_a_word():
    """By the TensorFlow of this machine, whichever it is."""
    known = {key: value for key, value in os.environ.items() if key != quiet.LOG_LEVEL}
    code = "import tfvgan, tensorflow; tensorflow.zeros(1)"
    done = subprocess.run([sys.executable, "-c", code], env=known, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_chatter_is_left_out_and_all_else_is_shown(capfd):
    with quiet.without(quiet.CHATTER):
        say(*CHATTER, *TOLD)
        assert capfd.readouterr().err == "", "it is kept back"
    assert capfd.readouterr().err.splitlines() == TOLD
    say(*CHATTER)
    assert capfd.readouterr().err.splitlines() == CHATTER, "nothing is kept back any more"


def test_an_error_shows_all(capfd):
    with pytest.raises(ImportError, match="no such library"), quiet.without(quiet.CHATTER):
        say(*CHATTER)
        raise ImportError("no such library")
    assert capfd.readouterr().err.splitlines() == CHATTER


def test_who_stops_it_is_told_nothing(capfd):
    with pytest.raises(KeyboardInterrupt), quiet.without(quiet.CHATTER):
        say(*CHATTER)
        raise KeyboardInterrupt
    assert capfd.readouterr().err == ""


def test_threads_put_stderr_back_where_it_was(capfd):
    """The second waits for the first; what a third says meanwhile is shown, though late."""
    within, go_on = threading.Event(), threading.Event()

    def hold():
        with quiet.without(quiet.CHATTER):
            within.set()
            go_on.wait(10)

    first, second = (threading.Thread(target=hold) for _ in range(2))
    first.start()
    assert within.wait(10)
    second.start()
    say("Third.")
    go_on.set()
    first.join()
    second.join()
    say("Back.")
    assert capfd.readouterr().err == "Third.\nBack.\n"


def test_within_another_it_is_kept_back_by_both(capfd):
    with quiet.without(quiet.CHATTER), quiet.without(quiet.CHATTER):
        say(CHATTER[0], "Inside.")
    assert capfd.readouterr().err == "Inside.\n"


@pytest.mark.parametrize("lack", ["tempfile.NamedTemporaryFile", "subprocess.Popen"])
def test_what_cannot_be_kept_is_shown(lack, monkeypatch, capfd):
    def fail(*given, **named):
        raise FileNotFoundError(lack)

    monkeypatch.setattr(lack, fail)
    opened = len(os.listdir("/proc/self/fd"))
    with pytest.raises(ValueError) as error, quiet.without(quiet.CHATTER):
        say(CHATTER[0])
        raise ValueError
    assert capfd.readouterr().err == f"{CHATTER[0]}\n" and error.value.__context__ is None
    assert len(os.listdir("/proc/self/fd")) == opened


def test_tensorflow_is_imported_without_its_chatter(tmp_path):
    speaks = f"say({CHATTER[0]!r}); say('Heed this.'); x = os.environ['TF_CPP_MIN_LOG_LEVEL']"
    done = imported(tmp_path, f"{speaks}\nassert x == '3'")
    assert (done.returncode, done.stdout, done.stderr) == (0, "3\n", "Heed this.\n")
    done = imported(tmp_path, speaks, TF_CPP_MIN_LOG_LEVEL="1")
    assert (done.returncode, done.stdout, done.stderr) == (0, "1\n", "Heed this.\n")


def test_who_asks_for_all_is_shown_all(tmp_path):
    done = imported(tmp_path, f"say({CHATTER[0]!r})", TF_CPP_MIN_LOG_LEVEL="0")
    assert (done.stdout, done.stderr) == ("0\n", f"{CHATTER[0]}\n")


def test_a_tensorflow_that_is_there_is_left_alone(tmp_path):
    more = "import tensorflow\nos.environ[quiet.LOG_LEVEL] = 'as it was'"
    done = imported(tmp_path, f"say({CHATTER[0]!r})", more)
    assert (done.stdout, done.stderr) == ("as it was\n", f"No such home.\n{CHATTER[0]}\n")


def test_an_import_that_fails_shows_why(tmp_path):
    done = imported(tmp_path, f"say({CHATTER[0]!r})\nraise ImportError('broken')")
    assert done.returncode == 1 and done.stderr.startswith(f"{CHATTER[0]}\nTraceback")
    assert done.stderr.endswith("ImportError: broken\n")


def test_an_import_that_ends_the_process_shows_why(tmp_path):
    """As TensorFlow does on processors without AVX."""
    done = imported(tmp_path, f"say({TOLD[0]!r}); os.kill(os.getpid(), 9)")
    assert done.returncode == -9 and done.stderr == f"{TOLD[0]}\n"
    assert not list(tmp_path.glob("tfvgan-stderr-*")), "nothing is left"


@pytest.mark.parametrize("closed", [(2,), (0, 1, 2), (0,)])
def test_a_process_without_stderr_imports_it(tmp_path, closed):
    more = "\n".join(f"os.close({number})" for number in closed)
    check = f"open({str(tmp_path / 'done')!r}, 'w').close()"
    done = imported(tmp_path, check, f"{more}\nsys.stderr = None")
    assert (tmp_path / "done").exists() and not done.stderr


def test_a_broken_stderr_ends_nothing(tmp_path):
    more = "read, write = os.pipe()\nos.dup2(write, 2)\nos.close(read)"
    done = imported(tmp_path, "say('Heed this.')", more)
    assert (done.returncode, done.stdout) == (0, "3\n")


def test_a_package_logs_errors_alone(caplog):
    log = logging.getLogger("some_package.part")
    with quiet.unlogged("some_package"):
        log.warning("Its home can't be written to.")
        log.error("It broke.")
    log.warning("Heard.")
    assert [record.message for record in caplog.records] == ["It broke.", "Heard."]
