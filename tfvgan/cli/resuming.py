"""What is said of work that was stopped and can go on."""

from .typed import program


def stopped(stop):
    """Returns the words of a KeyboardInterrupt; Ctrl-C itself has none."""
    return str(stop) or "Stopped."


def to_continue(settings):
    """Returns the KeyboardInterrupt that says what to type, which is what was typed, and --resume.

    Args:
        settings: dict of what was given.
    """
    import shlex
    import sys

    again = f"{program()} {shlex.join(sys.argv[1:])}" + " --resume" * (not settings.get("resume"))
    return KeyboardInterrupt(f"Stopped. To continue: {again}")
