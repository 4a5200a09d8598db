"""What to type for `tfvgan`, in commands that are printed for later."""

import os
import shlex
import shutil
import sys


def program():
    """Returns `tfvgan` where a shell finds the one that runs, else the path that it was called by.

    So `.venv/bin/tfvgan` names itself where no environment is activated.
    """
    called = sys.argv[0]
    if os.path.basename(called) != "tfvgan" or not os.path.isfile(called):
        return "tfvgan"
    found = shutil.which("tfvgan")
    if found is not None and os.path.samefile(found, called):
        return "tfvgan"
    return shlex.quote(called)
