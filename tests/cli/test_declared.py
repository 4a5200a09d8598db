"""The table of what can be trained, without TensorFlow."""

import subprocess
import sys

from tfvgan_cli.declared import table

from tfvgan import applications


def test_the_table_is_the_packages():
    assert table() is applications


def test_reading_it_imports_nothing_else():
    code = (
        "import sys; from tfvgan_cli.declared import table; names = table().networks(); "
        "assert 'codec' in names; assert 'tfvgan' not in sys.modules; "
        "assert 'tensorflow' not in sys.modules; assert 'numpy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
