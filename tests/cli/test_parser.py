"""The parser: its errors are said by the verb that was typed."""

import pytest
from tfvgan_cli.main import make_parser
from tfvgan_cli.parser import Parser


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("restore", "a", "b", "-o", "c"), "unrecognized arguments: b (see `tfvgan restore --help"),
        (("weights", "list", "x", "--zzz"), "no option --zzz (see `tfvgan weights --help"),
        (("restor", "a"), "invalid choice: 'restor': did you mean restore? (see `tfvgan --help"),
    ],
)
def test_an_error_names_the_help_that_helps(words, said, capsys):
    with pytest.raises(SystemExit, match="^2$"):
        make_parser().parse_args(words)
    assert said in capsys.readouterr().err


def test_what_stands_behind_two_dashes_is_no_option():
    parser = Parser(prog="tfvgan toy")
    parser.add_argument("video")
    assert parser.parse_args(["--", "-i"]).video == "-i"


def test_a_parser_without_a_rest_returns_none_of_it():
    parser = Parser(prog="tfvgan toy")
    parser.add_argument("video")
    assert parser.parse_known_args(["in.mp4"])[1] == []
