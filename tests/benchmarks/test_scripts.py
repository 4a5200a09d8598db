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


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.with_suffix("").as_posix())
def test_help_is_there_by_the_path_alone(script, monkeypatch, capsys):
    """As `python benchmarks/x/y.py --help` finds modules: from the folder of the script."""
    for name in [name for name in sys.modules if name.split(".")[0] == "benchmarks"]:
        monkeypatch.delitem(sys.modules, name)
    folder = str(ROOT / script.parent)
    monkeypatch.setattr(sys, "path", [folder, *(p for p in sys.path if Path(p) != ROOT)])
    monkeypatch.setattr(sys, "argv", [str(script), "--help"])
    with pytest.raises(SystemExit) as end:
        runpy.run_path(str(ROOT / script), run_name="__main__")
    assert end.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: {script.name}")
    assert folder not in sys.path, "a profile.py there would be taken for Python's"
