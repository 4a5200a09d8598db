"""The notebooks as pages of the site, and as scripts: made with the site, so that none goes stale.

A page shows text, code and what was saved of its outputs. A script has the same cells, marked as
editors know them, so that they can be run there one by one.
"""

import base64
import json
import re
from pathlib import Path

NOTEBOOKS = Path(__file__).resolve().parent.parent / "notebooks"
FOLDER = "gallery"  # Of the site, where all of it is.
CODE = re.compile(r"(^```.*?^```$|`[^`\n]+`)", re.DOTALL | re.MULTILINE)
BLOCK, INLINE = re.compile(r"\$\$(.+?)\$\$", re.DOTALL), re.compile(r"\$([^$]+)\$")
PICTURES = {"image/png": "png", "image/jpeg": "jpg"}


def notebooks():
    """Returns the paths of the notebooks, in their order."""
    return sorted(NOTEBOOKS.glob("[0-9][0-9]_*.ipynb"))


def cells(path):
    """Returns a notebook's cells: `(kind, source, outputs)`, of "markdown" or "code"."""
    found = json.loads(Path(path).read_text(encoding="utf-8"))["cells"]
    return [
        (cell["cell_type"], _text(cell["source"]), cell.get("outputs", ()))
        for cell in found
        if cell["cell_type"] in ("markdown", "code")
    ]


def script(path):
    """Returns a notebook as a script, in which `# %%` begins a cell.

    Text is comments, and so are lines that IPython alone knows, such as `%matplotlib inline`.
    """
    parts = []
    for kind, source, _ in cells(path):
        if kind == "markdown":
            lines = [f"# {line}".rstrip() for line in source.splitlines()]
            parts.append("\n".join(["# %% [markdown]", *lines]))
        else:
            parts.append("# %%\n" + re.sub(r"^([%!])", r"# \1", source, flags=re.MULTILINE))
    return "\n\n".join(parts) + "\n"


def page(path):
    """Returns a notebook's page, Markdown, and the bytes of its pictures, by their names.

    The notebook and its script are beside it. Formulas stay as TeX.
    """
    path, parts, pictures = Path(path), [], {}
    for kind, source, outputs in cells(path):
        if kind == "markdown":
            parts.append(_formulas_as_code(source))
            if len(parts) == 1:
                title, _, rest = parts[0].partition("\n")
                links = {"Notebook": path.name, "script": f"{path.stem}.py"}
                beside = ", ".join(f"[{name}](../{FOLDER}/{to})" for name, to in links.items())
                parts[0] = f"{title}\n\n{beside}\n\n{rest.strip()}"
            continue
        parts.append(f"```python\n{source}\n```")
        for output in outputs:
            parts.append(_shown(output, path.stem, pictures))
    return "\n\n".join(filter(None, parts)) + "\n", pictures


def _shown(output, stem, pictures):
    """Returns the Markdown of an output, and puts its picture to the others."""
    data = output.get("data", {})
    for kind, ending in PICTURES.items():
        if kind in data:
            name = f"{stem}-{len(pictures) + 1}.{ending}"
            pictures[name] = base64.b64decode(_text(data[kind]))
            return f"![]({name})"
    if "text/html" in data:
        return _text(data["text/html"])
    text = _text(output.get("text", data.get("text/plain", "")))
    lines = [line.rpartition("\r")[2] or line for line in text.strip("\n").split("\n")]
    return "```text\n{}\n```".format("\n".join(lines)) if text.strip() else ""


def _formulas_as_code(text):
    """Returns Markdown whose formulas are code: the site draws none."""
    parts = CODE.split(text)
    for number in range(0, len(parts), 2):  # The others are code.
        part = BLOCK.sub(lambda found: f"\n```tex\n{found[1].strip()}\n```\n", parts[number])
        pieces = CODE.split(part)
        pieces[::2] = [INLINE.sub(r"`\1`", piece) for piece in pieces[::2]]
        parts[number] = "".join(pieces)
    return "".join(parts)


def _text(lines):
    return lines if isinstance(lines, str) else "".join(lines)
