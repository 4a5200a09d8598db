"""The command line: help is fast and light, errors are one sentence, exit codes tell."""

import io
import os
import resource
import signal
import subprocess
import sys
import time

import pytest
from tfvgan_cli import main as command_line

from tfvgan import runs

VERBS = (
    *("demo", "train", "generate", "walk", "evaluate"),
    *("export", "publish", "prepare", "weights", "doctor"),
    *("index", "search", "duplicates"),
)


def exit_code(*arguments):
    """Returns what `tfvgan ARGUMENTS` would exit with."""
    try:
        return command_line.main(list(arguments))
    except SystemExit as stop:
        return stop.code


def use(monkeypatch, function):
    """Lets `tfvgan doctor` do what the function does."""
    monkeypatch.setattr(command_line.doctor, "run", function)


def fail(error):
    def run(args):
        raise error

    return run


def processor_seconds():
    """Returns what the processes that have ended took."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.parametrize("arguments", [["--help"], *([verb, "--help"] for verb in VERBS)])
def test_help_takes_less_than_half_a_second(arguments):
    """Of a processor, since others may be at work too; and the best of three."""
    seconds = []
    for _ in range(3):
        start = processor_seconds()
        done = subprocess.run(
            [sys.executable, "-m", "tfvgan_cli.main", *arguments], capture_output=True, text=True
        )
        seconds.append(processor_seconds() - start)
        assert done.returncode == 0 and "tfvgan" in done.stdout and not done.stderr
        if seconds[-1] < 0.5:
            return
    assert min(seconds) < 0.5


@pytest.mark.parametrize("arguments", [["--help"], *([verb, "--help"] for verb in VERBS)])
def test_help_imports_the_standard_library_alone(arguments):
    code = (
        "import sys\n"
        "before = set(sys.modules)\n"
        "from tfvgan_cli.main import main\n"
        "try:\n    main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "from tfvgan_cli.declared import table\n"
        "declared = {'tfvgan.applications', *table().TABLE}\n"  # Read by their paths.
        "new = {name.split('.')[0] for name in set(sys.modules) - before - declared}\n"
        "print('EXTRA', *sorted(new - sys.stdlib_module_names - {'tfvgan_cli'}))"
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "EXTRA"


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_teaches_by_example(verb, capsys):
    assert exit_code(verb, "--help") == 0
    help_text = capsys.readouterr().out
    assert "examples:" in help_text and f"\n  tfvgan {verb}" in help_text


@pytest.mark.parametrize(
    "arguments, wanted",
    [
        (("dance",), "invalid choice: 'dance'"),
        (("trian",), "'trian': did you mean train? (see `tfvgan --help`)"),
        (("train", "videos", "--epocs", "3"), "no option --epocs: did you mean --epochs?"),
        (("walk", "runs/x", "--sedd=3"), "no option --sedd: did you mean --seed?"),
        (("doctor", "--zzz"), "no option --zzz (see `tfvgan doctor --help`)"),
        (("restore", "a", "-o", "b", "--prefer", "detial"), "did you mean detail?"),
        (("train", "videos", "--out", "x", "--frames", "many"), "a whole number from 1"),
        (("train", "videos", "--out", "x", "--minutes", "-1"), "a number above 0"),
        (("generate", "runs/x"), "required: -o/--out"),
    ],
)
def test_wrong_arguments_are_one_sentence_and_exit_code_2(arguments, wanted, capsys):
    assert exit_code(*arguments) == 2
    out, err = capsys.readouterr()
    assert err.startswith("tfvgan: error: ") and wanted in err
    assert err.count("\n") == 1 and not out


def test_nothing_typed_shows_the_help(capsys):
    assert exit_code("--help") == 0
    shown = capsys.readouterr().out
    assert exit_code() == 0
    assert capsys.readouterr() == (shown, "")


def test_options_may_be_abbreviated_and_other_words_begin_with_dashes():
    parser = command_line.make_parser()
    args = parser.parse_args(["generate", "--ou", "x", "--start=-3", "--", "--odd"])
    assert (args.out, args.start, args.model) == ("x", -3, "--odd")


def test_out_is_o_for_short_everywhere():
    parser = command_line.make_parser()
    verbs = next(action.choices for action in parser._actions if action.choices)
    for verb in verbs.values():
        for action in verb._actions:
            assert ("--out" in action.option_strings) == ("-o" in action.option_strings)


@pytest.mark.parametrize("error", [ValueError, FileNotFoundError])
def test_wrong_input_is_one_sentence_and_exit_code_2(error, monkeypatch, capsys):
    use(monkeypatch, fail(error("There is no such folder.\nInner details.")))
    assert exit_code("doctor") == 2
    assert capsys.readouterr().err == "tfvgan: error: There is no such folder.\n"


def test_what_nobody_expected_says_how_to_see_more(monkeypatch, capsys):
    use(monkeypatch, fail(KeyError("oops")))
    assert exit_code("doctor") == 1
    assert "unexpected KeyError: 'oops'" in (err := capsys.readouterr().err)
    assert "--debug" in err and err.count("\n") == 1


@pytest.mark.parametrize("error", [ValueError("x"), KeyError("x")])
def test_debug_shows_the_traceback(error, monkeypatch):
    use(monkeypatch, fail(error))
    with pytest.raises(type(error)):
        exit_code("doctor", "--debug")


def test_stopped_is_exit_code_130(monkeypatch, capsys):
    use(monkeypatch, fail(KeyboardInterrupt("Stopped after step 7.")))
    assert exit_code("doctor") == 130
    assert "tfvgan: Stopped after step 7." in capsys.readouterr().err


PRINTS = "from tfvgan_cli import main; main.before.load = lambda args: None; "
PRINTS += "main.doctor.run = lambda args: print('y\\n' * {count}); "
PRINTS += "main.sys.exit(main.main(['doctor']))"


@pytest.mark.parametrize(
    "arguments",
    [
        ("-m", "tfvgan_cli.main", "--help"),
        ("-m", "tfvgan_cli.main", "--version"),
        ("-m", "tfvgan_cli.main", "train", "--help"),
        ("-c", PRINTS.format(count=1)),  # Waits in the buffer until the end.
        ("-c", PRINTS.format(count=100_000)),
    ],
    ids=["help", "version", "verb", "little", "much"],
)
def test_a_reader_that_went_away_is_no_error(arguments):
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "wb") as unread:
        done = subprocess.run(
            [sys.executable, *arguments], stdout=unread, stderr=subprocess.PIPE, timeout=60
        )
    assert (done.returncode, done.stderr) == (128 + signal.SIGPIPE, b"")


def test_an_error_that_nobody_reads_is_none_either():
    read, write = os.pipe()
    os.close(read)
    code = "from tfvgan_cli import main; main.before.load = lambda args: None; "
    code += "main.doctor.run = lambda args: int('x'); "
    code += "main.sys.exit(main.main(['doctor']))"
    with os.fdopen(write, "wb") as unread:
        done = subprocess.run([sys.executable, "-c", code], stderr=unread, timeout=60)
    assert done.returncode == 128 + signal.SIGPIPE


def test_another_pipe_that_breaks_is_an_error(monkeypatch, capsys):
    use(monkeypatch, fail(BrokenPipeError(32, "Broken pipe")))
    assert exit_code("doctor") == 2
    assert capsys.readouterr().err == "tfvgan: error: [Errno 32] Broken pipe\n"


@pytest.fixture
def heard(number):
    """The signal does what it does in a terminal, though the tests may run in the background."""
    default = signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL
    before = signal.signal(number, default)
    yield
    signal.signal(number, before)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_whoever_asks_to_stop_is_told_the_same(number, heard, monkeypatch, capsys):
    before, cleared = signal.getsignal(number), []

    def work(args):
        try:
            os.kill(os.getpid(), number)
            time.sleep(5)
        finally:
            cleared.append(True)

    use(monkeypatch, work)
    assert exit_code("doctor") == 130
    assert capsys.readouterr().err == "\ntfvgan: Stopped.\n" and cleared
    assert signal.getsignal(number) == before


def test_what_is_ignored_stays_ignored(monkeypatch):
    monkeypatch.setattr(signal, "getsignal", lambda number: signal.SIG_IGN)
    monkeypatch.setattr(signal, "signal", lambda *given: pytest.fail("It was to be ignored."))
    use(monkeypatch, lambda args: None)
    assert exit_code("doctor") == 0


def test_nothing_wrong_is_exit_code_0(monkeypatch):
    use(monkeypatch, lambda args: None)
    assert exit_code("doctor") == 0


@pytest.mark.parametrize(
    ("encoding", "said"),
    [("utf-8", b"Wrote caf\xe9.mp4.\n"), ("ascii", b"Wrote caf\\udce9.mp4.\n")],
)
def test_names_that_are_no_text_are_printed(monkeypatch, encoding, said):
    out = io.TextIOWrapper(io.BytesIO(), encoding)
    monkeypatch.setattr(sys, "stdout", out)
    name = os.fsdecode(b"caf\xe9.mp4")
    monkeypatch.setattr(runs, "restore", lambda *given, **named: [name])
    assert exit_code("restore", "in.mp4", "-o", name) == 0
    out.flush()
    assert out.buffer.getvalue() == said


def test_lines_appear_when_they_are_printed(monkeypatch):
    out, seen = io.TextIOWrapper(io.BytesIO(), "utf-8"), []

    def work(args):
        print("Restoring ...")
        seen.append(out.buffer.getvalue())

    monkeypatch.setattr(sys, "stdout", out)
    use(monkeypatch, work)
    assert exit_code("doctor") == 0 and seen == [b"Restoring ...\n"]
