"""Mutants: one thing of a module is changed, and the module's own test file should fail.

    python tests/mutants.py losses engine --share 0.1 --seed 0

Each mutant is tried in a copy of the project, in a process of its own, forked where TensorFlow was
imported before: that costs a second and not ten. What was found is kept in .mutants/, so that a
run goes on where one was stopped; a mutant is tried anew when its module or its test changes.
Mutants that no test should kill are named in mutants_known.txt, with the reason.

Mutation testing packages were no fit: AutoGraph reads functions from their file, so that mutants
must lie in files; many constants lie outside of functions; and a process each costs ten seconds.
"""

import argparse
import ast
import contextlib
import gc
import hashlib
import importlib
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import types
from collections import Counter
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
PARTS = ("losses", "engine", "layers", "metrics", "coding")
KNOWN = Path(__file__).with_name("mutants_known.txt")
FOUND = ROOT / ".mutants" / "found.jsonl"
PAIRS = """Add Sub, Mult Div, And Or, BitAnd BitOr, LShift RShift, Lt LtE, Gt GtE, Eq NotEq,
    In NotIn, Is IsNot"""
OTHER = {"Pow": "Mult", "FloorDiv": "Mult", "Mod": "FloorDiv", "MatMult": "Mult", "BitXor": "BitOr"}
for _one, _two in map(str.split, PAIRS.split(",")):
    OTHER |= {_one: _two, _two: _one}
IMPORTED_ONCE = ("tensorflow", "keras", "pytest", "scipy.interpolate", "cv2", "constriction", "av")
SYMMETRIC = ("min", "max", "minimum", "maximum")  # The order of what these are given is no matter.


class Mutant(NamedTuple):
    """One change: its module, its name that outlasts other changes, its line and the new text."""

    module: str
    name: str
    line: int
    text: str


def mutants(module, text):
    """Returns all mutants of a module.

    Args:
        module: str, its path below tfvgan/.
        text: str, its source.
    """
    found, seen = [], Counter()
    for where, node, new in _changes(ast.parse(text)):
        name = f"{module} {where}: {ast.unparse(node)} -> {ast.unparse(new)}"
        seen[name] += 1
        name += f" #{seen[name]}" if seen[name] > 1 else ""
        found.append(Mutant(module, name, node.lineno, _replaced(text, node, new)))
    return found


def _changes(node, where="", parameters=()):
    """Yields (place, node, what stands there in a mutant)."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda):
        where = f"{where}.{getattr(node, 'name', 'lambda')}".lstrip(".")
    if isinstance(node, ast.FunctionDef | ast.Lambda):
        own = [each.arg for each in (*node.args.args, *node.args.kwonlyargs)]
        parameters = [name for name in own if name not in ("self", "cls")] or parameters
    for new in _instead(node, parameters):
        yield where, node, new
    if isinstance(node, ast.If | ast.IfExp | ast.While) and not isinstance(node.test, ast.UnaryOp):
        yield where, node.test, ast.UnaryOp(ast.Not(), node.test)
    for name, value in ast.iter_fields(node):
        if name in ("decorator_list", "annotation", "returns", "func") and not _called(value):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _left_alone(child):
                yield from _changes(child, where, parameters)


def _called(value):
    """Returns whether what is called says more than a name: `a.pad(x).sum()`."""
    return isinstance(value, ast.Attribute) and isinstance(value.value, ast.Call | ast.BinOp)


def _left_alone(node):
    """Returns whether a node is words, or a guard against what can't be."""
    words = (ast.Raise, ast.Assert, ast.JoinedStr, ast.Import, ast.ImportFrom)
    return isinstance(node, words) or (isinstance(node, ast.keyword) and node.arg == "strict")


def _symmetric(function):
    return getattr(function, "attr", getattr(function, "id", None)) in SYMMETRIC


def _instead(node, parameters):
    """Yields what may stand in the place of a node."""
    match node:
        case ast.BinOp(op=op) | ast.BoolOp(op=op) | ast.AugAssign(op=op):
            yield _with(node, op=_other(op))
        case ast.Compare(ops=[op]):
            yield _with(node, ops=[_other(op)])
        case ast.UnaryOp():
            yield node.operand
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int(value)):
            yield ast.Constant(value + 1)
        case ast.Constant(value=float(value)):
            yield ast.Constant(2 * value if abs(value) > 1e-5 else value + 1.0)
        case ast.Call(args=args, keywords=keywords):
            for at, (one, two) in enumerate(zip(args, args[1:])):
                if ast.dump(one) != ast.dump(two) and not _symmetric(node.func):
                    yield _with(node, args=[*args[:at], two, one, *args[at + 2 :]])
            for at, keyword in enumerate(keywords):
                if keyword.arg and keyword.arg != "strict":
                    yield _with(node, keywords=keywords[:at] + keywords[at + 1 :])
            for at, one in enumerate(args):  # One parameter of a function in place of another.
                if isinstance(one, ast.Name) and one.id in parameters and len(parameters) > 1:
                    other = parameters[(parameters.index(one.id) + 1) % len(parameters)]
                    yield _with(node, args=[*args[:at], ast.Name(other), *args[at + 1 :]])
        case ast.Expr(value=ast.Call()):
            yield ast.Pass()


def _other(operator):
    return getattr(ast, OTHER[type(operator).__name__])()


def _with(node, **fields):
    """Returns a node with other fields."""
    return type(node)(**{**dict(ast.iter_fields(node)), **fields})


def _replaced(text, node, new):
    """Returns the source with another node's text in the place of a node's."""
    lines = [line.encode() for line in text.splitlines(keepends=True)]
    start, end = node.lineno - 1, node.end_lineno - 1
    shown = ast.unparse(new)
    shown = (f"({shown})" if isinstance(new, ast.expr) else shown).encode()
    before, after = lines[start][: node.col_offset], lines[end][node.end_col_offset :]
    return b"".join([*lines[:start], before + shown + after, *lines[end + 1 :]]).decode()


class Tests:
    """A copy of the project, in which test files are run on one mutant after the other."""

    def __init__(self, folder):
        self.folder = Path(folder)
        for each in ROOT.iterdir():
            if each.name in ("tfvgan", "tests"):
                ignored = shutil.ignore_patterns("__pycache__")
                shutil.copytree(each, self.folder / each.name, ignore=ignored)
            elif each.name[0] != ".":
                (self.folder / each.name).symlink_to(each)
        self.reference = {}

    def seconds(self, module):
        """Returns how long the module's tests take as it is, or None when they fail so."""
        if module not in self.reference:
            began = time.monotonic()
            passed = self._run(module, 600, keep=True)
            self.reference[module] = time.monotonic() - began if passed else None
        return self.reference[module]

    def kill(self, mutant):
        """Returns whether the module's tests fail on a mutant."""
        path = self.folder / "tfvgan" / mutant.module
        kept, stat = path.read_text("utf-8"), path.stat()
        path.write_text(mutant.text, "utf-8")
        os.utime(path, (1, 1))  # No compiled file is as old.
        try:
            return not self._run(mutant.module, 10 + 4 * self.seconds(mutant.module))
        finally:
            path.write_text(kept, "utf-8")
            os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))

    def _run(self, module, timeout, keep=False):
        """Returns whether the module's tests pass within `timeout` seconds."""
        child = os.fork()
        if not child:
            os.setsid()
            with open(os.devnull, "r+") as nothing:
                for stream in (0, 1, 2):
                    os.dup2(nothing.fileno(), stream)
            os._exit(self._pytest(_test_of(module), keep))
        until = time.monotonic() + timeout
        while time.monotonic() < until:
            if (ended := os.waitpid(child, os.WNOHANG))[0]:
                return os.waitstatus_to_exitcode(ended[1]) == 0
            time.sleep(0.02)
        os.killpg(child, signal.SIGKILL)
        os.waitpid(child, 0)
        return False

    def _pytest(self, test, keep):
        import pytest

        os.chdir(self.folder)
        sys.path.insert(0, str(self.folder))
        os.environ["PYTHONPATH"] = str(self.folder)  # Of processes that tests start.
        sys.dont_write_bytecode = not keep
        sys.modules["tfvgan"] = Package(self.folder / "tfvgan")
        plain = ["-x", "-p", "no:cacheprovider", "-p", "no:xdist", f"--rootdir={self.folder}"]
        seconds = self.folder / "seconds" / f"{test}.json"
        return int(pytest.main([*plain, str(test)], plugins=[FastestFirst(seconds)]))


class Package(types.ModuleType):
    """The package without what it imports at first: all of it costs more than most tests do.

    Its parts are imported where tests ask for them; any other name of it imports all.
    """

    def __init__(self, folder):
        super().__init__("tfvgan")
        self.__path__ = [str(folder)]
        self.__file__ = str(folder / "__init__.py")

    def __getattr__(self, name):
        inside = Path(self.__path__[0]) / name
        if name[:2] != "__" and not inside.exists() and not inside.with_suffix(".py").exists():
            exec(compile(Path(self.__file__).read_bytes(), self.__file__, "exec"), self.__dict__)
        try:
            return self.__dict__[name]
        except KeyError:
            raise AttributeError(f"module 'tfvgan' has no attribute {name!r}") from None


class FastestFirst:
    """A plugin of pytest that notes how long each test takes, and begins with the shortest."""

    def __init__(self, path):
        self.path, self.noted = path, {}
        self.known = json.loads(path.read_text("utf-8")) if path.exists() else {}

    def pytest_collection_modifyitems(self, items):
        """Sorts the tests; those that were never run stay as they are."""
        items.sort(key=lambda item: self.known.get(item.nodeid, 0.0))

    def pytest_runtest_logreport(self, report):
        """Adds up what a test's setup, call and end take."""
        self.noted[report.nodeid] = self.noted.get(report.nodeid, 0.0) + report.duration

    def pytest_sessionfinish(self):
        """Keeps what was noted the first time."""
        if not self.known:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.write_text(json.dumps(self.noted), "utf-8")


def _test_of(module):
    return Path("tests", module).with_name(f"test_{Path(module).name}")


def sample(parts, share, limit, seed):
    """Returns mutants of these parts: a share of all, the same at equal seeds, and how many are."""
    every = []
    for part in parts:
        for path in sorted((ROOT / "tfvgan").glob(f"{part}/*.py" if "." not in part else part)):
            if path.name != "__init__.py":
                module = str(path.relative_to(ROOT / "tfvgan"))
                every += mutants(module, path.read_text("utf-8"))
    drawn = [each for each in every if random.Random(f"{seed} {each.name}").random() < share]
    drawn.sort(key=lambda each: random.Random(f"{seed} {each.name} order").random())
    return sorted(drawn[:limit], key=lambda each: each.module), len(every)


def known():
    """Returns `{name of a mutant: why it lives}`."""
    reasons, reason = {}, ""
    for line in KNOWN.read_text("utf-8").splitlines():
        if line.startswith("#"):
            reason = line[1:].strip()
        elif line:
            reasons[line] = reason
    return reasons


def why(name, reasons):
    """Returns why a mutant of this name is known to live, or None.

    Args:
        name: str.
        reasons: of `known`; a name that ends in "..." stands for all that begin so.
    """
    for each, reason in reasons.items():
        if name == each or (each.endswith("...") and name.startswith(each[:-3])):
            return reason
    return None


def _key(mutant):
    """Returns a checksum of all that decides what becomes of a mutant."""
    test = (ROOT / _test_of(mutant.module)).read_text("utf-8")
    return hashlib.sha256(f"{mutant.name}\n{mutant.text}\n{test}".encode()).hexdigest()[:24]


def _read():
    lines = FOUND.read_text("utf-8").splitlines() if FOUND.exists() else ()
    return dict(json.loads(line) for line in lines)


def table(tried, lives):
    """Returns how many mutants were killed and lived, a line for each part.

    Args:
        tried: `{Mutant: bool}`, whether it was killed.
        lives: `{name: reason}`, of `known`.
    """
    lines = [
        f"{'part':10}{'mutants':>9}{'killed':>9}{'lived':>9}{'known':>9}{'killed of unknown':>20}"
    ]
    parts = sorted({mutant.module.split("/")[0] for mutant in tried})
    for part in [*parts, ""]:
        own = {each: killed for each, killed in tried.items() if each.module.startswith(part)}
        killed = sum(own.values())
        listed = sum(not own[each] and why(each.name, lives) is not None for each in own)
        share = f"{killed / max(1, len(own)):.0%}, {killed / max(1, len(own) - listed):.0%}"
        lived = len(own) - killed
        lines.append(f"{part or 'all':10}{len(own):9}{killed:9}{lived:9}{listed:9}{share:>20}")
    return "\n".join(lines)


def main():
    """Tries mutants and prints what became of them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*", default=PARTS, help="such as losses, engine/part.py")
    parser.add_argument("--share", type=float, default=1.0, help="of all mutants, drawn")
    parser.add_argument("--limit", type=int, help="at most so many")
    parser.add_argument("--seed", type=int, default=0, help="which are drawn")
    parser.add_argument("--minutes", type=float, default=1e9, help="after which none is begun")
    options = parser.parse_args()
    drawn, count = sample(options.parts or PARTS, options.share, options.limit, options.seed)
    lives, found, tried, failing = known(), _read(), {}, set()
    FOUND.parent.mkdir(exist_ok=True)
    until = time.monotonic() + 60 * options.minutes
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")  # As tfvgan does, before TensorFlow.
    for name in IMPORTED_ONCE:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    gc.freeze()  # What forks share stays shared.

    with (
        tempfile.TemporaryDirectory() as folder,
        FOUND.open("a", encoding="utf-8") as log,
        contextlib.suppress(KeyboardInterrupt),
    ):
        tests = Tests(folder)
        for mutant in drawn:
            key = _key(mutant)
            if key not in found:
                if time.monotonic() > until:
                    continue
                if tests.seconds(mutant.module) is None:
                    failing.add(mutant.module)
                    continue
                found[key] = tests.kill(mutant)
                log.write(json.dumps([key, found[key]]) + "\n")
                log.flush()
            tried[mutant] = found[key]
            if not tried[mutant] and why(mutant.name, lives) is None:
                print(f"lived: tfvgan/{mutant.module}:{mutant.line} {mutant.name}", flush=True)
    for module in sorted(failing):
        print(f"{_test_of(module)} fails without any mutant: mend it first.")
    print(f"\n{len(tried)} of {count} mutants tried.\n{table(tried, lives)}")


if __name__ == "__main__":
    main()
