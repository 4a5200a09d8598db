"""`tfvgan doctor`: is everything there?"""

from .arguments import add_verb

SUMMARY = """\
Say what is installed, which video decoder works, and what to install.

Prints versions, decoders and why they work or don't, oneDNN, and the devices."""

EXAMPLES = ("tfvgan doctor",)


def add(verbs):
    """Adds the verb to the command line."""
    add_verb(verbs, "doctor", run, SUMMARY, EXAMPLES)


def run(args):
    """Prints the report."""
    from tfvgan.doctor import render, report

    print(render(report()))
