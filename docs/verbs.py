"""Makes the page of the verbs from the functions themselves: `python docs/verbs.py` writes it.

tests/test_verbs_page.py says when it is stale.
"""

import inspect
import re
from collections.abc import Callable
from pathlib import Path

PAGE = Path(__file__).with_name("verbs.md")
BEGIN = "<!-- Made by `python docs/verbs.py` from the functions: edit their docstrings. -->"
SHARED = 3  # Verbs that have an option, from which on it is told once for all.
OTHER = {("compress", "codec")}  # Means something else: a codec of tfvgan, not FFmpeg's encoder.
FIRST = "restore"  # Whose docstring is read first.
HEAD = """# The verbs at a glance

Each verb of the command line is a function of `tfvgan`, and each option is an argument.
First comes what is read, then where it is written, then the model. All else is named.
What means the same in several verbs has one name, one place in the order, and one default.

```python
import tfvgan

tfvgan.restore("old.mp4", "new.mp4", show=True)
tfvgan.compress("new.mp4", "new.tvg", quality=5)
```
"""


def verbs() -> dict[str, inspect.Signature]:
    """Returns the signatures of the functions that `tfvgan` itself has, by name."""
    import tfvgan

    public = {name: getattr(tfvgan, name) for name in tfvgan.__all__}
    asked = {name: each for name, each in public.items() if _is_verb(each)}
    return {name: inspect.signature(each) for name, each in asked.items()}


def options(signature: inspect.Signature) -> dict[str, object]:
    """Returns the defaults of what is named, in their order."""
    named = [p for p in signature.parameters.values() if p.kind is p.KEYWORD_ONLY]
    return {parameter.name: parameter.default for parameter in named}


def shared(found: dict[str, inspect.Signature]) -> dict[str, list[str]]:
    """Returns the options that several verbs have, and which, in one order."""
    having: dict[str, list[str]] = {}
    for verb in sorted(found, key=lambda verb: verb != FIRST):
        for option in options(found[verb]):
            if (verb, option) in OTHER:
                continue
            having.setdefault(option, []).append(verb)
    return {option: sorted(names) for option, names in having.items() if len(names) >= SHARED}


def meaning(functions: list[Callable], option: str) -> str:
    """Returns the first clause that the first docstring with a line for it says of an argument.

    Raises:
        ValueError: when there is none.
    """
    said = r"(.+?)(?=\n +[\w*, ]+: |\n\n|\Z)"
    line = re.compile(rf"\n +(?:\w+, )*{option}(?:, \w+)*: {said}", re.S)
    for function in functions:
        if text := line.search(inspect.getdoc(function)):
            return re.split(r"[.;:](?:\s|$)", " ".join(text[1].split()))[0]
    names = ", ".join(function.__name__ for function in functions)
    raise ValueError(f"A docstring of {names} must say what `{option}` is.")


def page() -> str:
    """Returns the page."""
    import tfvgan

    found = verbs()
    common = shared(found)
    own = ["| function | given in this order | options of its own |", "|---|---|---|"]
    for verb, signature in found.items():
        given = [p for p in signature.parameters.values() if p.kind is p.POSITIONAL_OR_KEYWORD]
        more = {
            name: each
            for name, each in options(signature).items()
            if verb not in common.get(name, ())
        }
        cells = ", ".join(map(_told, given)), ", ".join(f"`{n}={v!r}`" for n, v in more.items())
        own.append(f"| `{verb}` | {' | '.join(cells)} |")
    rows = ["| option | default | what it says | of |", "|---|---|---|---|"]
    for option, names in common.items():
        defaults = {repr(options(found[name])[option]) for name in names}
        told = sorted(names, key=lambda name: name != FIRST)
        said = meaning([getattr(tfvgan, name) for name in told], option)
        default = ", ".join(f"`{each}`" for each in sorted(defaults))
        rows.append(f"| `{option}` | {default} | {said} | {', '.join(names)} |")
    parts = [HEAD, BEGIN, "## Functions", "\n".join(own), "## Shared options", "\n".join(rows)]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _is_verb(each):
    return inspect.isfunction(each) or (inspect.ismodule(each) and callable(each))


def _told(parameter):
    """Returns an argument as it is written, with its default."""
    default = "" if parameter.default is parameter.empty else f"={parameter.default!r}"
    return f"`{parameter.name}{default}`"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"written: {PAGE.name}")
