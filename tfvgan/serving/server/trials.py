"""What can be tried with a model on the page, and what one may choose there."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

NETWORK = "generator.keras"  # What the package itself loads, beside the versions for servers.
CARD = "README.md"
WHAT = re.compile(r"^\| What \| (.*?) \|$", re.MULTILINE)
SIGNATURES = {
    "restore_frame": "restore",
    "stylize_frame": "stylize",
    "segment_frame": "segment",
    "sample": "generate",
}
VIEWS = ("overlay", "mask", "blur", "green")
LARGEST_SEED = 2**31 - 1


class Trial(NamedTuple):
    """What can be tried.

    Attributes:
        kind: "restore", "stylize", "segment" or "generate".
        options: what one may choose, by name: how it is asked for.
    """

    kind: str
    options: dict[str, dict[str, Any]]


def share(label: str, value: float) -> dict[str, Any]:
    """Returns how a number from 0 to 1 is asked for.

    Args:
        label: what it is called.
        value: at first.
    """
    return {"type": "share", "label": label, "value": value}


def trial_of(folder: Path, signatures: Mapping[str, Any]) -> Trial | None:
    """Returns what can be tried with a model; None if that is nothing.

    That takes the network itself beside the versions, as `tfvgan publish` writes it. What needs a
    second video or a mask can't be tried.

    Args:
        folder: of the model.
        signatures: of its newest version.
    """
    kind = next((kind for name, kind in SIGNATURES.items() if name in signatures), None)
    if kind is None or not (folder / NETWORK).is_file():
        return None
    inputs = {key for name in SIGNATURES if name in signatures for key in signatures[name].inputs}
    if "mask" in inputs:
        return None
    if kind == "generate":
        seed = {"type": "seed", "label": "Seed", "value": 0, "most": LARGEST_SEED}
        return Trial(kind, {"seed": seed})
    if kind == "segment":
        view = {"type": "choice", "label": "Show", "value": VIEWS[0], "choices": list(VIEWS)}
        return Trial(kind, {"view": view})
    options = {"strength": share("Strength", 1.0)}
    if "level" in inputs:
        options["level"] = share("Noise", 0.5)
    return Trial(kind, options)


def chosen(trial: Trial, asked: Mapping[str, str]) -> dict[str, Any]:
    """Returns the options of a trial with what was asked for.

    Args:
        trial: what can be tried.
        asked: texts by names.

    Raises:
        ValueError: when there is no such option, or it can't be that.
    """
    for name in asked:
        if name not in trial.options:
            raise ValueError(f"There is no option {name[:40]!r}: leave it out.")
    return {
        name: _read(name, option, asked[name]) if name in asked else option["value"]
        for name, option in trial.options.items()
    }


def description(folder: Path) -> str:
    """Returns what a model's card says that it does; "" where there is none.

    Args:
        folder: of the model.
    """
    try:
        found = WHAT.search((folder / CARD).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return ""
    return found[1].replace("`", "") if found else ""


def _read(name, option, text):
    if option["type"] == "choice":
        if text in option["choices"]:
            return text
        raise ValueError(f"`{name}` must be one of {', '.join(option['choices'])}.")
    if option["type"] == "seed":
        if text.isascii() and text.isdecimal() and len(text) < 11 and int(text) <= LARGEST_SEED:
            return int(text)
        raise ValueError(f"`{name}` must be a whole number from 0 to {LARGEST_SEED}.")
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise ValueError(f"`{name}` must be a number from 0 to 1.")
    return value
