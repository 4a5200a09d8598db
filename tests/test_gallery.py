"""The gallery of the site: scripts hold every cell of code, pages show what notebooks show."""

import ast
import importlib.util
import json
import re

import pytest
from pages import ROOT

spec = importlib.util.spec_from_file_location("gallery", ROOT / "docs" / "gallery.py")
gallery = importlib.util.module_from_spec(spec)
spec.loader.exec_module(gallery)

each = pytest.mark.parametrize("path", gallery.notebooks(), ids=lambda path: path.stem)


def source_of(path, kind):
    """Returns what the cells of a kind say, read without the gallery."""
    found = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in found if cell["cell_type"] == kind]


def written(tmp_path, *cells):
    """Returns the path of a notebook of `(kind, source, outputs)`."""
    found = [{"cell_type": kind, "source": text, "outputs": out} for kind, text, out in cells]
    path = tmp_path / "00_toy.ipynb"
    path.write_text(json.dumps({"cells": found}), encoding="utf-8")
    return path


@each
def test_a_script_compiles_and_holds_every_cell_of_code(path):
    text = gallery.script(path)
    compile(text, path.stem, "exec")
    blocks = re.split(r"^# %%.*\n", text, flags=re.MULTILINE)[1:]
    cells = source_of(path, "code")
    of_code = [block for block in blocks if ast.parse(block).body]
    assert len(of_code) == len(cells)
    for block, cell in zip(of_code, cells):
        plain = "".join(line for line in cell.splitlines(True) if not line.startswith("%"))
        assert ast.dump(ast.parse(block)) == ast.dump(ast.parse(plain))
    assert len(blocks) == len(cells) + len(source_of(path, "markdown"))


@each
def test_a_page_shows_code_pictures_and_films(path):
    text, pictures = gallery.page(path)
    for cell in source_of(path, "code"):
        assert f"```python\n{cell}\n```" in text
    assert text.startswith("# ") and text.count("\n# ") == sum(
        cell.count("\n# ") for cell in source_of(path, "code")
    )  # One title.
    assert pictures and all(f"![]({name})" in text for name in pictures)
    assert all(data.startswith((b"\x89PNG", b"\xff\xd8")) for data in pictures.values())
    assert f"](../gallery/{path.stem}.py)" in text


def test_lines_of_ipython_are_comments_and_text_too(tmp_path):
    path = written(
        tmp_path,
        ("markdown", ["# Toy\n", "\n", "It says 100 %."], []),
        ("code", "%matplotlib inline\nx = 7 % 4\n!ls", []),
    )
    assert gallery.script(path) == (
        "# %% [markdown]\n# # Toy\n#\n# It says 100 %.\n\n"
        "# %%\n# %matplotlib inline\nx = 7 % 4\n# !ls\n"
    )


def test_outputs_follow_their_code(tmp_path):
    """A picture as a file, a film as it is, text as it stood at the end."""
    film = "<video src='data:video/mp4;base64,AAAA'></video>"
    outputs = [
        {"output_type": "stream", "text": ["half\rwhole\n", "said\n"]},
        {"output_type": "display_data", "data": {"image/png": "aGk=", "text/plain": "<Figure>"}},
        {"output_type": "execute_result", "data": {"text/html": [film], "text/plain": "Film"}},
        {"output_type": "execute_result", "data": {"text/plain": "(1, 2)"}},
    ]
    path = written(tmp_path, ("markdown", "# Toy\n\nWords.", []), ("code", "x", outputs))
    text, pictures = gallery.page(path)
    assert pictures == {"00_toy-1.png": b"hi"}
    beside = "[Notebook](../gallery/00_toy.ipynb), [script](../gallery/00_toy.py)"
    assert text == (
        f"# Toy\n\n{beside}\n\nWords.\n\n```python\nx\n```\n\n```text\nwhole\nsaid\n```\n\n"
        f"![](00_toy-1.png)\n\n{film}\n\n```text\n(1, 2)\n```\n"
    )


def test_formulas_are_code_and_code_stays(tmp_path):
    said = "# Toy\n\n$x_t$ of `$PWD` is\n\n$$\\min_G\\;\n  x_1$$\n\n```\ncost $1 $2\n```"
    text, _ = gallery.page(written(tmp_path, ("markdown", said, [])))
    assert "`x_t` of `$PWD` is" in text
    assert "```tex\n\\min_G\\;\n  x_1\n```" in text
    assert "```\ncost $1 $2\n```" in text
