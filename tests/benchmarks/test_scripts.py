"""Each script runs by its path alone, and says what it is for."""

import runpy
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = sorted(
    path.relative_to(ROOT)
    for path in (ROOT / "benchmarks").rglob("*.py")
    if "if __name__ ==" in path.read_text(encoding="utf-8")
)


def ours():
    """Returns the modules of benchmarks/ that are imported now, by name."""
    return {n: module for n, module in sys.modules.items() if n.split(".")[0] == "benchmarks"}


@pytest.fixture
def nothing_imported():
    """No module of benchmarks/; afterwards those that there were, and no others."""
    before = ours()
    for name in before:
        del sys.modules[name]
    yield
    for name in ours():
        del sys.modules[name]
    sys.modules.update(before)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.with_suffix("").as_posix())
def test_help_is_there_by_the_path_alone(script, nothing_imported, monkeypatch, capsys):
    """As `python benchmarks/x/y.py --help` finds modules: from the folder of the script."""
    folder = str(ROOT / script.parent)
    monkeypatch.setattr(sys, "path", [folder, *(p for p in sys.path if Path(p) != ROOT)])
    monkeypatch.setattr(sys, "argv", [str(script), "--help"])
    with pytest.raises(SystemExit) as end:
        runpy.run_path(str(ROOT / script), run_name="__main__")
    assert end.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: {script.name}")
    assert folder not in sys.path, "a profile.py there would be taken for Python's"
