"""A player of its own: what it is handed, and what comes of it when it ends, or when we do."""

import os
import signal
import time

import pytest

from tfvgan.streaming import player
from tfvgan.streaming.player import play_through, player_words


@pytest.fixture
def script(tmp_path, monkeypatch):
    """Makes a player of shell commands, the only ffplay there is; returns its words."""

    def make(commands):
        path = tmp_path / "bin" / "ffplay"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\n{commands}\n")
        path.chmod(0o755)
        monkeypatch.setenv("PATH", f"{path.parent}{os.pathsep}{os.environ['PATH']}")
        return player_words(title="A film.tvg")

    return make


def alive(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_it_is_told_to_read_a_pipe_and_to_end_with_it(script):
    words = script("exit 0")
    assert words[0] == "ffplay" and words[-2:] == ["-i", "-"]
    assert words[words.index("-window_title") + 1] == "A film.tvg"
    assert "-autoexit" in words
    options = player_words("ffplay -fs")
    assert options[:2] == ["ffplay", "-fs"] and options[-1] == "-"
    assert player_words("cat -u") == ["cat", "-u", "-"]


@pytest.mark.parametrize("name", ["no-such-player", "", "no-such-player -x"])
def test_one_that_is_not_there_is_said(name):
    with pytest.raises(ValueError, match="'(no-such-player)?' is not found: install FFmpeg, or"):
        player_words(name)


def test_it_gets_all_and_is_waited_for(script, tmp_path):
    words = script(f"sleep 0.2; cat > {tmp_path}/seen; echo whole >> {tmp_path}/seen")
    assert play_through(lambda stream: stream.write(b"x" * 200_000), words) is True
    assert (tmp_path / "seen").read_bytes() == b"x" * 200_000 + b"whole\n"


def test_closed_by_its_viewer_it_ends_all(script):
    def write(stream):
        while True:
            stream.write(b"x" * 100_000)

    assert play_through(write, script("head -c 1000 > /dev/null")) is False


def test_what_fails_is_said(script):
    with pytest.raises(ValueError, match="The player ffplay ended with code 3"):
        play_through(lambda stream: stream.write(b"x" * 1_000_000), script("exit 3"))


@pytest.mark.parametrize("commands", ["exec sleep 60", "trap '' TERM; read x; sleep 60"])
def test_stopped_it_takes_the_player_along(script, tmp_path, monkeypatch, commands):
    monkeypatch.setattr(player, "PATIENCE", 0.2)
    words = script(f"echo $$ > {tmp_path}/id; {commands}")

    def write(stream):
        deadline = time.monotonic() + 5
        while not (tmp_path / "id").exists() or not (tmp_path / "id").read_text():
            assert time.monotonic() < deadline
            time.sleep(0.01)
        signal.raise_signal(signal.SIGINT)

    # A suite that runs in the background of a shell has Ctrl-C ignored.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            play_through(write, words)
    finally:
        signal.signal(signal.SIGINT, before)
    assert not alive(int((tmp_path / "id").read_text()))
