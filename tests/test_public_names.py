"""What the packages offer: each name means one thing, and says its types to editors."""

import ast
import importlib
import inspect
import pkgutil
from collections import defaultdict
from pathlib import Path

import tfvgan
from tfvgan import advice, doctor, video
from tfvgan.applications import Declaration, Option
from tfvgan.tasks.application import Application, Given

ALIKE = {"batches", "check", "learning"}  # What each application answers, in a file of its own.
MODULES = (advice, doctor, video)  # Without an __all__: what is defined there and not hidden.


def offered():
    """Returns pairs of a package's name and what it offers, by name."""
    found = [tfvgan]
    for module in pkgutil.walk_packages(tfvgan.__path__, "tfvgan."):
        if module.ispkg and module.name.split(".")[1] != "cli":
            found.append(importlib.import_module(module.name))
    for package in found:
        yield package.__name__, {name: getattr(package, name) for name in package.__all__}
    for module in MODULES:
        own = {name: value for name, value in vars(module).items() if name[0] != "_"}
        functions = {name: value for name, value in own.items() if inspect.isfunction(value)}
        yield (
            module.__name__,
            {name: f for name, f in functions.items() if f.__module__ == module.__name__},
        )


def untyped(function):
    """Returns the arguments of a function that have no type, and "return" where that has none."""
    signature = inspect.signature(function)
    names = [name for name, one in signature.parameters.items() if one.annotation is one.empty]
    return names + ["return"] * (signature.return_annotation is signature.empty)


def test_every_public_function_says_its_types():
    functions = {
        f"{place}.{name}": value
        for place, names in offered()
        for name, value in names.items()
        if inspect.isfunction(value)
    }
    assert len(functions) > 90
    lacking = {name: untyped(function) for name, function in functions.items()}
    assert not {name: names for name, names in lacking.items() if names}


def methods(kind):
    """Yields the name and the function of each public method of a class, its constructor too.

    Those that it inherits of others of the package are among them.
    """
    for each in kind.__mro__:
        if not each.__module__.startswith("tfvgan"):
            continue
        for name, value in vars(each).items():
            inner = [getattr(value, part, None) for part in ("__func__", "fget", "func")]
            function = next(filter(None, inner), value)
            ours = inspect.isfunction(function) and function.__module__.startswith("tfvgan")
            if ours and (name[0] != "_" or name in ("__init__", "__call__")):
                yield f"{each.__module__}.{each.__name__}.{name}", function


def test_every_public_method_says_its_types():
    kinds = {Application, Declaration, Given, Option}  # Of which applications are made.
    kinds |= {v for _, names in offered() for v in names.values() if inspect.isclass(v)}
    found = {name: function for kind in kinds for name, function in methods(kind)}
    assert len(found) > 470
    lacking = {}
    for name, function in found.items():
        implied = {"self", "cls"} | ({"return"} if name.endswith("__init__") else set())
        lacking[name] = set(untyped(function)) - implied
    assert not {name: names for name, names in lacking.items() if names}


def test_the_types_are_told_to_type_checkers():
    """PEP 561: a package whose types are to be read has a file of this name."""
    assert Path(tfvgan.__file__).with_name("py.typed").is_file()


def test_no_public_name_means_two_things():
    places = defaultdict(lambda: defaultdict(list))
    for package, names in offered():
        if package.startswith("tfvgan.tasks."):
            continue  # Applications answer the same questions, by the same names.
        for name, value in names.items():
            if value is not tfvgan.export:  # The verb and the package are one thing.
                places[name][id(value)].append(package)
    twice = {name: list(found.values()) for name, found in places.items() if len(found) > 1}
    assert not twice


def test_no_two_modules_have_functions_or_classes_of_one_name():
    """But for the command line, whose verbs are named after what they call."""
    places = defaultdict(list)
    root = Path(tfvgan.__file__).parent
    for path in sorted(set(root.rglob("*.py")) - set(root.glob("cli/*.py"))):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name[0] != "_":
                places[node.name].append(str(path.relative_to(root)))
    shared = {name: paths for name, paths in places.items() if len(paths) > 1}
    assert not {name: paths for name, paths in shared.items() if name not in ALIKE}


def test_export_is_a_package_that_can_be_called(tmp_path, monkeypatch):
    from tfvgan import export

    asked = []
    monkeypatch.setattr(
        importlib.import_module("tfvgan.runs.export"),
        "export_model",
        lambda *given, **named: asked.append(given) or "1",
    )
    model = tfvgan.VideoGAN.from_preset("dcgan", frames=2, size=8, width=4)
    assert export(model, tmp_path) == "1" and asked[0][0] is model
    assert export.export_model is importlib.import_module("tfvgan.export").export_model
    assert inspect.signature(export) == inspect.signature(tfvgan.runs.export)
