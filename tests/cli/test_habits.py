"""Options of FFmpeg: each is answered with what does the same here, or with what to do."""

import pytest
from tfvgan_cli.habits import HABITS, instead
from tfvgan_cli.main import make_parser

OPTIONS = ["--codec", "--crf", "--overwrite"]


def test_the_option_that_does_the_same_is_named():
    assert instead("-y", OPTIONS) == ": here it is --overwrite"
    assert instead("-c:v", OPTIONS) == ": here it is --codec"
    assert instead("-c:v", ["--codec", "--base"]) == ": here it is --base"
    assert instead("-q:v", OPTIONS) == ": here it is --crf"


def test_what_no_option_does_is_a_sentence():
    assert instead("-i", OPTIONS) == ": what is read is named without an option"
    assert "ffmpeg -ss START" in instead("-ss", OPTIONS)
    assert instead("-y", []) == ": nothing is replaced here"


def test_options_of_the_verb_and_all_other_words_are_left_alone():
    assert instead("-i", ["-i"]) == instead("-b:v", ["-b"]) == ""
    assert instead("-o", OPTIONS) == instead("in.mp4", OPTIONS) == instead("-1", OPTIONS) == ""


def test_verbs_have_the_options_that_are_named():
    verbs = make_parser()._subparsers._group_actions[0].choices.values()
    options = {option for verb in verbs for option in verb._option_string_actions}
    named = {option for same, _ in HABITS.values() for option in same}
    assert named and named <= options


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("restore", "-i", "in.mp4", "out.mp4"), "what is read is named without"),
        (("restore", "in.mp4", "-o", "out.mp4", "-y"), "no option -y: here it is --overwrite"),
        (("compress", "in.mp4", "-o", "o.tvg", "-c:v", "libx264"), "-c:v: here it is --base"),
    ],
)
def test_they_are_said_before_what_else_is_wrong(words, said, capsys):
    with pytest.raises(SystemExit, match="^2$"):
        make_parser().parse_args(words)
    assert said in capsys.readouterr().err
