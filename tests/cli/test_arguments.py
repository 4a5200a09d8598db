"""What verbs share: types that say what they expected, settings that are absent when not given."""

import argparse

import pytest
from tfvgan_cli.arguments import (
    add_allow,
    add_clip_settings,
    add_setting,
    given,
    limit,
    not_negative,
    not_negative_float,
    positive,
    positive_float,
)

from tfvgan.export.parity import ALLOWED


@pytest.mark.parametrize(
    "kind, good, bad",
    [
        (positive, {"1": 1, "16": 16}, ("0", "-2", "1.5", "x", "")),
        (not_negative, {"0": 0, "3": 3}, ("-1", "x")),
        (not_negative_float, {"0": 0.0, "2.5": 2.5}, ("-1", "nan", "inf", "x")),
        (positive_float, {"0.5": 0.5, "25": 25.0}, ("0", "-1", "nan", "inf", "x")),
    ],
)
def test_types(kind, good, bad):
    assert {text: kind(text) for text in good} == good
    for text in bad:
        with pytest.raises(argparse.ArgumentTypeError, match="expected a"):
            kind(text)


def test_a_limit_is_a_target_and_a_number():
    assert limit("float32=1e-3") == ("float32", 0.001)
    for text in ("float32", "=1", "float32=", "float32=0", "float32=x"):
        with pytest.raises(argparse.ArgumentTypeError, match="expected"):
            limit(text)


def test_the_help_knows_what_is_allowed():
    parser = argparse.ArgumentParser(formatter_class=argparse.RawTextHelpFormatter)
    add_allow(parser)
    for target, limits in ALLOWED.items():
        assert f"{target}={next(iter(limits.values())):.2g}" in parser.format_help()


def test_a_setting_that_was_not_given_is_absent():
    parser = argparse.ArgumentParser()
    add_setting(parser, "--frames", 16, "frames in a clip", type=positive)
    add_setting(parser, "--width", None, "channels", type=positive)
    assert given(parser.parse_args([]), ("frames", "width")) == {}
    assert given(parser.parse_args(["--frames", "8"]), ("frames", "width")) == {"frames": 8}
    assert "(default: 16)" in parser.format_help() and "None" not in parser.format_help()


def test_clip_settings_are_the_ones_of_the_data():
    from tfvgan.data.settings import ClipSettings

    parser = argparse.ArgumentParser()
    add_clip_settings(parser)
    for action in parser._actions:
        field = ClipSettings.__dataclass_fields__.get(action.dest)
        if field is not None and field.default not in (None, False):  # Flags have no number.
            assert f"(default: {field.default})" in action.help
