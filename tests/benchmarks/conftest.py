"""The benchmarks are scripts beside each other, and are imported as such."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2] / "benchmarks"))
