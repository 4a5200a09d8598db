"""What the site does beside mkdocs: the repository's own pages belong to it, and so does the API.

A link such as `../benchmarks/README.md` works where the repository is shown. On the site docs/ is
the root: a file outside of docs/ that a page links to is added under its own path. Each page under
api/ is made from the `__all__` of a package. Notebooks, and scripts of them, are under gallery/.
"""

import ast
import posixpath
import re
from pathlib import Path

import gallery
from mkdocs.structure.files import File, Files

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "tfvgan"
LINK = re.compile(r"(\]\()([^)#\s]+)")
OUTSIDE = (
    "benchmarks/README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
)  # Pages of the navigation that are not in docs/.
MODULES = ("applications",)  # Public ones beside the packages.


def on_files(files, config):
    """Returns the files of the site: those of docs/, the gallery, what these lead to, the API."""
    found = {file.src_uri: file for file in files if not file.src_uri.endswith(".py")}
    waiting = [*OUTSIDE, *(f"docs/{uri}" for uri in found if uri.endswith(".md"))]
    for path in gallery.notebooks():
        name = path.relative_to(ROOT).as_posix()
        text, made = gallery.page(path)
        waiting += filter(None, (_target(name, link) for _, link in LINK.findall(text)))
        made |= {path.name: path.read_bytes(), f"{path.stem}.py": gallery.script(path)}
        made[f"{path.stem}.md"] = _moved(text, name)
        for file, content in made.items():
            uri = f"{gallery.FOLDER}/{file}"
            found[uri] = File.generated(config, uri, content=content)
    while waiting:
        path = waiting.pop()
        if _site(path) not in found:
            found[_site(path)] = File.generated(config, _site(path), abs_src_path=ROOT / path)
        if path.endswith(".md"):
            text = (ROOT / path).read_text(encoding="utf-8")
            targets = [_target(path, link) for _, link in LINK.findall(text)]
            waiting += [target for target in targets if target and _site(target) not in found]
    for init in [PACKAGE / "__init__.py", *sorted(PACKAGE.glob("*/__init__.py"))]:
        if text := api_page(init):
            uri = f"api/{'index' if init.parent == PACKAGE else init.parent.name}.md"
            found[uri] = File.generated(config, uri, content=text)
    for name in MODULES:
        text = f"# tfvgan.{name}\n\n::: tfvgan.{name}\n    options: {{show_root_heading: false}}\n"
        found[f"api/{name}.md"] = File.generated(config, f"api/{name}.md", content=text)
    return Files(found.values())


def on_page_markdown(markdown, page, config, files):
    """Returns the text of a page whose links lead to where files are on the site."""
    if page.file.abs_src_path is None:  # A page of the API, or of a notebook.
        return markdown
    return _moved(markdown, Path(page.file.abs_src_path).relative_to(ROOT).as_posix())


def _moved(markdown, path):
    """Returns the text of a file of the repository with links that lead to where files are now."""

    def moved(match):
        target = _target(path, match[2])
        if target is None:
            return match[0]
        return match[1] + posixpath.relpath(_site(target), posixpath.dirname(_site(path)) or ".")

    return LINK.sub(moved, markdown)


def api_page(init):
    """Returns the page of a package: its docstring, and all that its `__all__` names.

    Empty for a package without an `__all__`. A name is documented where it is defined, since a
    function may be called as its module. The page of tfvgan itself leads to those of its parts.
    Packages within follow, with what they name besides.

    Args:
        init: path of the package's `__init__.py`.
    """
    package, text, places = _public(init)
    if not places:
        return ""
    if package == PACKAGE.name:  # What is on the page of a part is not said twice.
        parts = [
            f"[`tfvgan.{name}`]({module.split('.')[1]}.md)"
            for name, (module, _) in places.items()
            if module.count(".") and not name.startswith("_")
        ]
        return "\n\n".join([f"# {package}", text, *parts]) + "\n"
    parts = [f"# {package}", text, *(f"::: {module}.{name}" for module, name in places.values())]
    for inner in sorted(init.parent.glob("*/__init__.py")):
        within, text, others = _public(inner)
        more = [place for name, place in others.items() if name not in places]
        if more:
            parts += [f"## {within}", text]
            parts += [
                f"::: {module}.{name}\n    options: {{heading_level: 3}}" for module, name in more
            ]
    return "\n\n".join(parts) + "\n"


def _public(init):
    """Returns a package's name, its docstring, and where what its `__all__` names is defined.

    That is `{name: (module, name there)}`, empty for a package without an `__all__`.
    """
    tree = ast.parse(init.read_text(encoding="utf-8"))
    package = ".".join(init.parent.relative_to(ROOT).parts)
    places, names = {}, []
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and not node.level:
            places |= {
                alias.asname or alias.name: (node.module, alias.name) for alias in node.names
            }
        elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", None) == "__all__":
            names = ast.literal_eval(node.value)
    found = {name: places.get(name, (package, name)) for name in names}
    return package, ast.get_docstring(tree), found


def _target(path, link):
    """Returns the file of the repository that a link in another one leads to; or None."""
    if "://" in link:
        return None
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), link))
    if (ROOT / target).is_dir():
        target += "/README.md"
    return target if (ROOT / target).is_file() else None


def _site(path):
    """Returns where a file of the repository is on the site; of a notebook, where its page is."""
    if path.startswith("notebooks/") and path.endswith(".ipynb"):
        return f"{gallery.FOLDER}/{Path(path).stem}.md"
    return path.removeprefix("docs/")
