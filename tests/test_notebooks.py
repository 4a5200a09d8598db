"""The notebooks: saved with outputs, small, clean, and they run from top to bottom."""

from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))

each = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def code_cells(path):
    """Returns the notebook's code cells."""
    cells = nbformat.read(path, as_version=4).cells
    return [cell for cell in cells if cell.cell_type == "code"]


def test_there_are_notebooks():
    assert NOTEBOOKS


@each
def test_saved_as_it_ran(path):
    """Every cell was executed once, in order, without an error; some show a picture."""
    cells = code_cells(path)
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    outputs = [output for cell in cells for output in cell.outputs]
    assert not [output for output in outputs if output.output_type == "error"]
    assert any("image/png" in output.get("data", {}) for output in outputs)


@each
def test_small_and_of_no_one_machine(path):
    """Under 1 MB, no absolute paths in what was printed."""
    assert path.stat().st_size < 1_000_000
    printed = [output.get("text", "") for cell in code_cells(path) for output in cell.outputs]
    assert not [text for text in printed if "/tmp/" in text or "/home/" in text or "/root/" in text]


@pytest.mark.slow
@pytest.mark.timeout(1200)
@each
def test_runs_from_top_to_bottom(path, tmp_path):
    """With what `make install` installs, in a folder of its own."""
    from nbclient import NotebookClient

    notebook = nbformat.read(path, as_version=4)
    NotebookClient(
        notebook, timeout=1000, kernel_name="python3", resources={"metadata": {"path": tmp_path}}
    ).execute()
