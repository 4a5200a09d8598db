"""What to type for a program, in commands that are printed for later."""

import os
import shlex
import shutil
import sys


def program(name="tfvgan"):
    """Returns the name where a shell finds the program that is meant, else the path to it.

    So `.venv/bin/tfvgan` names itself, and what is beside it, where no environment is activated.

    Args:
        name: of `tfvgan`, or of another program of its environment.
    """
    called = sys.argv[0]
    beside = os.path.join(os.path.dirname(called), name)
    if os.path.basename(called) != "tfvgan" or not os.path.isfile(beside):
        return name
    command = shutil.which(name)
    if command is not None and os.path.samefile(command, beside):
        return name
    return shlex.quote(beside)
