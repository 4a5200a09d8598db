"""A player in a process of its own, which is handed a video through a pipe."""

import contextlib
import os
import shlex
import shutil
import subprocess

PLAYER = "ffplay"
PATIENCE = 5.0  # Seconds that a player has to end when it is asked to.


def player_words(player=PLAYER, title=""):
    """Returns the command of a player that reads standard input, a list of words.

    Args:
        player: its name or path, with options where there are any.
        title: of its window, for ffplay.

    Raises:
        ValueError: when there is no such program, or it has no name.
    """
    words = shlex.split(player)
    if not words or shutil.which(words[0]) is None:
        raise ValueError(
            f"The player must be a program that is there, such as {PLAYER} of FFmpeg, but "
            f"{(words or [player])[0]!r} is not found: install FFmpeg, or name another `player` "
            "(--player), such as mpv."
        )
    if os.path.basename(words[0]) == PLAYER:
        quiet = ["-hide_banner", "-loglevel", "error"]
        words += [*quiet, "-autoexit", "-window_title", title or PLAYER, "-i"]
    return [*words, "-"]


def play_through(write, words):
    """Returns whether all was shown; False where the player was closed before.

    When this is stopped, so is the player.

    Args:
        write: function that writes a video to the binary file that it is handed.
        words: of `player_words`.

    Raises:
        ValueError: when the player fails.
    """
    player, whole = subprocess.Popen(words, stdin=subprocess.PIPE), True
    try:
        try:
            write(player.stdin)
            player.stdin.close()
        except BrokenPipeError:
            whole = False
        code = player.wait()
    finally:
        _end(player)
    if code:
        raise ValueError(
            f"The player {words[0]} ended with code {code}: see what it says, or name another "
            "`player` (--player)."
        )
    return whole


def _end(player):
    """Ends a player that still runs, and closes its pipe."""
    if player.poll() is None:
        player.terminate()
        try:
            player.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            player.kill()
            player.wait()
    with contextlib.suppress(BrokenPipeError):
        player.stdin.close()
