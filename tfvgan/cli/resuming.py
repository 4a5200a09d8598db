"""Messages for work that was stopped and can be resumed."""

from .typed import program


def stopped(stop):
    """Returns the words of a KeyboardInterrupt; Ctrl-C itself has none."""
    return str(stop) or "Stopped."


def to_continue(settings):
    """Returns the KeyboardInterrupt with the command to resume: the same one, and --resume.

    Args:
        settings: dict of what was given.
    """
    import shlex
    import sys

    again = f"{program()} {shlex.join(sys.argv[1:])}" + " --resume" * (not settings.get("resume"))
    return KeyboardInterrupt(f"Stopped. To continue: {again}")
