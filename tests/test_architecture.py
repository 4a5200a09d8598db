"""The shape of the package, as tests: who may import whom, a test per module, no long files."""

import ast
import functools
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "tfvgan"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py")
FILES = sorted(PACKAGE.rglob("*.py"))

# A part is the first folder or file under tfvgan/, an application's folder, or the server's. It
# imports itself and the parts named here, all of them.
IMPORTS = {
    "version": set(),
    "quiet": set(),
    "video": set(),
    "locks": set(),
    "whole": {"locks"},
    "claims": set(),
    "formats": set(),
    "applications": set(),
    "sealed": {"whole"},
    "sums": {"whole"},
    "layers": set(),
    "losses": {"video"},
    "data": {"video", "locks", "whole", "claims", "formats"},
    "plots": {"quiet", "video", "whole", "data"},
    "coding": {"whole"},
    "networks": {"video", "layers"},
    "weights": {"whole", "networks"},
    "metrics": {"video", "whole", "formats", "layers", "weights"},
    "engine": {"layers", "losses"},
    "library": {"whole", "claims", "sealed", "data"},
    "streaming": {"locks", "whole", "data"},
    "tasks": {
        "video",
        "whole",
        "claims",
        "sealed",
        "sums",
        "layers",
        "losses",
        "weights",
        "metrics",
        "networks",
        "engine",
        "streaming",
    },
    "tasks/generation": {
        "video",
        "applications",
        "losses",
        "plots",
        "networks",
        "engine",
        "tasks",
    },
    "tasks/enlargement": {
        "video",
        "applications",
        "sealed",
        "losses",
        "networks",
        "engine",
        "tasks",
        "tasks/generation",
    },
    "tasks/restoration": {
        "video",
        "applications",
        "layers",
        "losses",
        "data",
        "weights",
        "networks",
        "engine",
        "streaming",
        "tasks",
    },
    "tasks/compression": {
        "video",
        "applications",
        "sealed",
        "sums",
        "losses",
        "data",
        "coding",
        "networks",
        "engine",
        "streaming",
        "tasks",
        "tasks/restoration",
    },
    "tasks/stylization": {
        "video",
        "applications",
        "layers",
        "losses",
        "data",
        "plots",
        "weights",
        "networks",
        "engine",
        "streaming",
        "tasks",
        "tasks/restoration",
    },
    "tasks/steadying": {
        "video",
        "applications",
        "layers",
        "losses",
        "data",
        "plots",
        "networks",
        "engine",
        "streaming",
        "tasks",
        "tasks/restoration",
    },
    "tasks/segmentation": {
        "video",
        "applications",
        "losses",
        "data",
        "plots",
        "networks",
        "engine",
        "streaming",
        "tasks",
        "tasks/restoration",
    },
    "tasks/retrieval": {
        "video",
        "applications",
        "sealed",
        "layers",
        "losses",
        "data",
        "plots",
        "library",
        "networks",
        "engine",
        "tasks",
    },
    "tasks/analysis": {
        "video",
        "applications",
        "data",
        "plots",
        "networks",
        "engine",
        "streaming",
        "tasks",
    },
    "export": {"quiet", "whole", "sums", "engine", "serving"},
    "serving": {"video", "whole", "data", "streaming", "tasks", "tasks/segmentation"},
    "serving/server": {"serving", "streaming", "runs"},
    "callbacks": {"whole", "sealed", "data", "plots", "metrics", "engine"},
    "runs": {
        "video",
        "locks",
        "whole",
        "claims",
        "applications",
        "sealed",
        "sums",
        "losses",
        "data",
        "plots",
        "coding",
        "library",
        "engine",
        "streaming",
        "tasks",
        "tasks/generation",
        "tasks/restoration",
        "tasks/compression",
        "tasks/analysis",
        "export",
        "callbacks",
    },
    "batch": {
        *("locks", "whole", "claims", "data", "library", "streaming", "tasks", "runs"),
        "evaluation",
    },
    "evaluation": {"video", "locks", "whole", "claims", "sums", "data", "plots", "metrics", "runs"},
    "advice": set(),
    "doctor": {"version", "advice", "data"},
    "demo": {"video", "whole", "data", "plots", "streaming", "export", "runs"},
}
APPLICATIONS = {path.parent.name for path in (PACKAGE / "tasks").glob("*/__init__.py")}
SERVER = ("serving", "server")  # A part of its own, above what is served.
# Whatever is public in parts that are above one another.
SHOWN = (PACKAGE / "__init__.py", PACKAGE / "tasks" / "__init__.py")
ANY_BACKEND = ("layers", "losses", "networks", "video.py")
LOADING_HOME = PACKAGE / "tasks" / "loading.py"
OPENING_HOME = PACKAGE / "data" / "opening.py"
TENSORFLOW_IO_HOME = PACKAGE / "data" / "tensorflow_io.py"


def offenders(broken, paths=FILES):
    """Returns the files of which `broken(path)` says that a rule is, all of them, by name.

    `broken` returns what is wrong with a file: what is empty or False is nothing.
    """
    found = {str(path.relative_to(ROOT)): broken(path) for path in paths}
    return {name: wrong for name, wrong in found.items() if wrong}


@functools.cache
def tree(path):
    """Returns a file as Python reads it."""
    return ast.parse(path.read_text(encoding="utf-8"))


def calls(path):
    """Returns the calls in a file, each with the name of what is called."""
    found = [node for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
    return [(ast.unparse(call.func), call) for call in found]


def part(path):
    """Returns the part that a file of the package belongs to."""
    return part_of(path.relative_to(PACKAGE).with_suffix("").parts)


def part_of(names):
    """Returns the part of a module, by the names that lead to it."""
    names = tuple(names)
    room = names[0] == "tasks" and len(names) > 1 and names[1] in APPLICATIONS
    return "/".join(names[: 1 + (room or names[:2] == SERVER)])


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


@functools.cache
def all_imports(path):
    """Returns every dotted name that the file imports, inside of functions too."""
    return imports(ast.walk(tree(path)))


def top_imports(path):
    """Returns the dotted names that are imported when the file is."""
    return imports(tree(path).body)


def packages(names):
    """Returns the top-level packages of dotted names."""
    return {dotted.split(".")[0] for dotted in names}


def test_parts_import_what_the_table_says_and_all_of_it():
    """Cli may import anything, nobody imports cli."""
    found = {name: set() for name in IMPORTS}
    for path in FILES:
        used = {name.split(".")[1] for name in all_imports(path) if name.startswith("tfvgan.")}
        assert "cli" not in used, path
        if part(path) == "cli" or path in SHOWN:
            continue
        assert "tfvgan_cli" not in packages(all_imports(path)), path
        dotted = [name.split(".")[1:] for name in all_imports(path) if name.startswith("tfvgan.")]
        found[part(path)] |= {part_of(names) for names in dotted} - {part(path)}
    wrong = {name: found[name] ^ below for name, below in IMPORTS.items() if found[name] != below}
    assert not wrong, "imported and not in the table, or the other way round"


def test_what_applications_say_of_themselves_waits_for_nothing():
    """The command line reads it before TensorFlow is there, and without the package."""
    light = sys.stdlib_module_names | {"tfvgan.applications"}
    files = [PACKAGE / "applications.py", *(PACKAGE / "tasks").glob("*/options.py")]

    def heavy(path):
        named = {name.rpartition(".")[0] or name for name in top_imports(path)}
        return {name for name in named if name not in light and name.split(".")[0] not in light}

    assert not offenders(heavy, files)


def test_the_page_and_the_test_hold_the_same_table():
    """ARCHITECTURE.md gives a reason for each row."""
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    table = page.split("| part | imports | because |")[1].split("\n\n")[0]
    written = {}
    for row in table.splitlines()[2:]:
        parts, below, _ = row.strip("| ").split(" | ", 2)
        for name in parts.split(", "):
            written[name] = set() if below == "nothing" else set(below.split(", "))
    assert written.pop("cli") == {"anything"}
    assert written == IMPORTS


def test_the_import_table_has_no_cycle():
    """Every part can be put above all that it imports."""
    left = dict(IMPORTS)
    while left:
        free = [name for name, below in left.items() if not below & set(left)]
        assert free, f"a cycle among {sorted(left)}"
        for name in free:
            del left[name]


def test_cli_imports_tfvgan_only_when_it_runs():
    """The command line is installed as `tfvgan_cli`: relative imports, heavy ones in functions."""
    light = sys.stdlib_module_names | {""}
    files = sorted((PACKAGE / "cli").glob("*.py"))
    assert files
    assert not offenders(lambda path: packages(top_imports(path)) - light, files)


def test_every_module_has_its_test():
    """tfvgan/data/clips.py is tested by tests/data/test_clips.py."""

    def untested(path):
        inside = path.relative_to(PACKAGE)
        return not (ROOT / "tests" / inside.parent / f"test_{inside.name}").is_file()

    assert not offenders(untested, MODULES)


def test_files_are_short():
    """A file is one idea, and fits into 300 lines."""

    def lines(path):
        return len(path.read_text(encoding="utf-8").splitlines())

    assert not offenders(lambda path: lines(path) if lines(path) > 300 else 0)


def test_tensorflow_io_is_imported_in_one_place():
    """Its libraries need care before they load, so one module loads them."""
    others = [path for path in FILES if path != TENSORFLOW_IO_HOME]
    assert not offenders(lambda path: packages(all_imports(path)) & {"tensorflow_io"}, others)


def test_ffmpeg_is_handed_files_to_read_in_one_place():
    """It says which formats are read, so that no file leads to another."""

    def reads(path):
        opens = [call.args[1:] for called, call in calls(path) if called == "av.open"]
        return len([more for more in opens if [ast.unparse(value) for value in more] != ["'w'"]])

    assert offenders(reads) == {str(OPENING_HOME.relative_to(ROOT)): 1}


def test_models_are_loaded_in_one_place():
    """A file that lies somewhere is a stranger's: its archive and weights are checked."""

    def loads(path):
        return [called for called, _ in calls(path)].count("keras.models.load_model")

    assert offenders(loads) == {str(LOADING_HOME.relative_to(ROOT)): 1}


def test_models_are_written_with_a_seal():
    """`write_whole` alone would write a model that nobody can check."""

    def unsealed(path):
        writes = [call for called, call in calls(path) if called == "write_whole"]
        return [call.lineno for call in writes if ast.unparse(call.args[1]).endswith(".save")]

    assert not offenders(unsealed)


def test_heavy_packages_wait_until_they_are_used():
    """`import tfvgan` costs little more than `import tensorflow`."""
    heavy = {"tensorflow_io", "av", "matplotlib", "ai_edge_litert", "constriction"}
    heavy |= {"tqdm", "cv2", "scipy", "imageio_ffmpeg"}
    assert not offenders(lambda path: packages(top_imports(path)) & heavy)


def test_networks_know_no_backend():
    """Layers, losses and networks are written in keras.layers and keras.ops alone."""
    backends = {"tensorflow", "jax", "torch"}
    free = [path for path in FILES if path.relative_to(PACKAGE).parts[0] in ANY_BACKEND]
    assert free
    assert not offenders(lambda path: packages(all_imports(path)) & backends, free)


def test_package_code_raises_rather_than_asserts():
    """`python -O` drops assertions; a ValueError says what to do."""

    def asserts(path):
        return [node.lineno for node in ast.walk(tree(path)) if isinstance(node, ast.Assert)]

    assert not offenders(asserts)


def test_variables_are_read_in_one_way():
    """`int()` of what several devices hold raises: a model's `number` and `steps_made` do not."""
    variables = {"step", "iterations", "augment_p", "log_lmbda", "learning_rate", "_learning_rate"}

    def attributes(call):
        return {inner.attr for inner in ast.walk(call) if isinstance(inner, ast.Attribute)}

    def raw(path):
        casts = [call for called, call in calls(path) if called in ("int", "float")]
        return [call.lineno for call in casts if attributes(call) & variables]

    assert not offenders(raw)
