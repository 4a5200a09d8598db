"""tfvgan --version: the package's own version, and no import of it."""

import subprocess
import sys

import tfvgan


def test_the_version_is_the_packages_and_nothing_is_imported_for_it():
    code = (
        "import sys\n"
        "from tfvgan_cli.main import main\n"
        "try:\n    main(['--version'])\n"
        "except SystemExit as stop:\n    print(stop.code, 'tfvgan' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout == f"tfvgan {tfvgan.__version__}\n0 False\n"
