"""The benchmarks are no part of what is installed: they are imported from the root."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
