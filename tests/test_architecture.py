"""The shape of the package, as tests: who may import whom, a test per module, no long files."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "tfvgan"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py")
FILES = sorted(PACKAGE.rglob("*.py"))

# A part is the first folder or file under tfvgan/. It may import itself and the parts named here.
MAY_IMPORT = {
    "video": set(),
    "locks": set(),
    "whole": {"locks"},
    "claims": set(),
    "formats": set(),
    "sealed": {"whole"},
    "sums": {"whole"},
    "layers": {"video"},
    "losses": {"video"},
    "data": {"claims", "formats", "video", "locks", "whole"},
    "plots": {"video", "whole"},
    "coding": {"video", "whole"},
    "networks": {"layers", "video"},
    "weights": {"networks", "video", "whole"},
    "metrics": {"weights", "layers", "formats", "video", "whole"},
    "engine": {"losses", "layers", "video"},
    "streaming": {"coding", "data", "locks", "whole"},
    "tasks": {
        *("engine", "networks", "losses", "layers", "weights", "coding", "data", "streaming"),
        *("claims", "sealed", "sums", "video", "whole"),
    },
    "export": {"engine", "sums", "video", "whole"},
    "callbacks": {"engine", "data", "metrics", "plots", "sealed", "video", "whole"},
    "runs": {
        *("tasks", "streaming", "engine", "losses", "data", "callbacks", "plots", "export"),
        *("coding", "claims", "sealed", "sums", "locks", "video", "whole"),
    },
    "evaluation": {
        *("metrics", "weights", "runs", "tasks", "data", "plots", "sums", "video", "whole"),
    },
    "doctor": {"data", "video"},
    "demo": {"runs", "data", "export", "metrics", "plots", "streaming", "tasks", "video", "whole"},
}
ANY_BACKEND = ("layers", "losses", "networks", "video.py")
LOADING_HOME = PACKAGE / "tasks" / "loading.py"
OPENING_HOME = PACKAGE / "data" / "opening.py"
TENSORFLOW_IO_HOME = PACKAGE / "data" / "tensorflow_io.py"


def name(path):
    """Returns the path as the tests print it."""
    return str(path.relative_to(ROOT))


def part(path):
    """Returns the part that a file of the package belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(nodes):
    """Returns the dotted names that the nodes import; `.x` for a relative import of x."""
    names = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            names |= {f"{module}.{alias.name}" for alias in node.names}
    return names


def all_imports(path):
    """Returns every dotted name that the file imports, inside of functions too."""
    return imports(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def top_imports(path):
    """Returns the dotted names that are imported when the file is."""
    return imports(ast.parse(path.read_text(encoding="utf-8")).body)


def packages(names):
    """Returns the top-level packages of dotted names."""
    return {dotted.split(".")[0] for dotted in names}


@pytest.mark.parametrize("path", FILES, ids=name)
def test_imports_point_down(path):
    """A part imports only what the table allows; cli may import anything, nobody imports cli."""
    names = all_imports(path)
    used = {dotted.split(".")[1] for dotted in names if dotted.startswith("tfvgan.")}
    assert "cli" not in used
    if path != PACKAGE / "__init__.py" and part(path) != "cli":
        assert "tfvgan_cli" not in packages(names)
        assert used <= MAY_IMPORT[part(path)] | {part(path)}


def test_the_page_and_the_test_hold_the_same_table():
    """ARCHITECTURE.md gives a reason for each row."""
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    table = page.split("| part | may import | because |")[1].split("\n\n")[0]
    written = {}
    for row in table.splitlines()[2:]:
        parts, below, _ = row.strip("| ").split(" | ", 2)
        for name in parts.split(", "):
            written[name] = set() if below == "nothing" else set(below.split(", "))
    assert written.pop("cli") == {"anything"}
    assert written == MAY_IMPORT


def test_the_import_table_has_no_cycle():
    """Every part can be put above all that it imports."""
    left = dict(MAY_IMPORT)
    while left:
        free = [name for name, below in left.items() if not below & set(left)]
        assert free, f"a cycle among {sorted(left)}"
        for name in free:
            del left[name]


@pytest.mark.parametrize("path", sorted((PACKAGE / "cli").glob("*.py")), ids=name)
def test_cli_imports_tfvgan_only_when_it_runs(path):
    """The command line is installed as `tfvgan_cli`: relative imports, heavy ones in functions."""
    assert packages(top_imports(path)) <= sys.stdlib_module_names | {""}


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_every_module_has_its_test(path):
    """tfvgan/data/clips.py is tested by tests/data/test_clips.py."""
    inside = path.relative_to(PACKAGE)
    assert (ROOT / "tests" / inside.parent / f"test_{inside.name}").is_file()


@pytest.mark.parametrize("path", FILES, ids=name)
def test_files_are_short(path):
    """A file is one idea, and fits into 300 lines."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


@pytest.mark.parametrize("path", FILES, ids=name)
def test_tensorflow_io_is_imported_in_one_place(path):
    """Its libraries need care before they load, so one module loads them."""
    if path != TENSORFLOW_IO_HOME:
        assert "tensorflow_io" not in packages(all_imports(path))


@pytest.mark.parametrize("path", FILES, ids=name)
def test_ffmpeg_is_handed_files_to_read_in_one_place(path):
    """It says which formats are read, so that no file leads to another."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    opens = [call.args[1:] for call in calls if ast.unparse(call.func) == "av.open"]
    reads = [more for more in opens if [ast.unparse(value) for value in more] != ["'w'"]]
    assert len(reads) == (path == OPENING_HOME)


@pytest.mark.parametrize("path", FILES, ids=name)
def test_models_are_loaded_in_one_place_and_written_with_a_seal(path):
    """A file that lies somewhere is a stranger's: its archive and weights are checked."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    named = [ast.unparse(call.func) for call in calls]
    assert named.count("keras.models.load_model") == (path == LOADING_HOME)
    writes = [call for call, called in zip(calls, named) if called == "write_whole"]
    assert not [call for call in writes if ast.unparse(call.args[1]).endswith(".save")]


@pytest.mark.parametrize("path", FILES, ids=name)
def test_heavy_packages_wait_until_they_are_used(path):
    """`import tfvgan` costs little more than `import tensorflow`."""
    heavy = {"tensorflow_io", "av", "matplotlib", "ai_edge_litert", "constriction"}
    heavy |= {"tqdm", "cv2", "scipy", "imageio_ffmpeg"}
    assert not packages(top_imports(path)) & heavy


@pytest.mark.parametrize(
    "path", [path for path in FILES if path.relative_to(PACKAGE).parts[0] in ANY_BACKEND], ids=name
)
def test_networks_know_no_backend(path):
    """Layers, losses and networks are written in keras.layers and keras.ops alone."""
    assert not packages(all_imports(path)) & {"tensorflow", "jax", "torch"}


@pytest.mark.parametrize("path", FILES, ids=name)
def test_package_code_raises_rather_than_asserts(path):
    """`python -O` drops assertions; a ValueError says what to do."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Assert)]


@pytest.mark.parametrize("path", FILES, ids=name)
def test_variables_are_read_in_one_way(path):
    """`int()` of what several devices hold raises: a model's `steps_made` is a plain int."""
    variables = {"step", "iterations", "augment_p", "log_lmbda", "learning_rate", "_learning_rate"}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", None) in ("int", "float"):
            read = {inner.attr for inner in ast.walk(node) if isinstance(inner, ast.Attribute)}
            assert not read & variables, f"line {node.lineno}: use `number` or `steps_made`"
