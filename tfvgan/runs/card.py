"""The card of a published model: its facts, command, scores and examples."""

import json
import re
import shlex
import subprocess
from pathlib import Path

from tfvgan.applications import listed, options
from tfvgan.sums import SUMS

NEAR = ("-float32", "-float16")  # Kinds that lose next to nothing.
LITE = re.compile(r"(\w+)-(?:float32|float16|dynamic|int8)\.tflite")


def write_card(folder, place, shown, facts, table, uses, scores=None, notes=None):
    """Writes README.md into the folder of a published model.

    Args:
        folder: where the files are.
        place: the path that people will find them at, such as "saved_models/shapes".
        shown: dict of pictures, by file, and what is said of them; the first opens the card.
        facts: dict of what is said first, in order: names and texts.
        table: how far each export is off, in Markdown.
        uses: list of paragraphs, how the model is used.
        scores: path of a metrics.jsonl, or None.
        notes: Markdown that follows the facts, or None.
    """
    (first, caption), *more = shown.items()
    parts = [f"# {Path(place).name}", f"![{caption}]({first})"]
    parts.append("| | |\n|---|---|\n" + "\n".join(f"| {k} | {v} |" for k, v in facts.items() if v))
    if notes:
        parts.append(notes.strip())
    if scores is not None:
        parts += ["## Scores", score_table(scores)]
    parts += ["## Files", file_table(Path(folder)), table]
    parts += ["Differences are from the Keras model, on the scale [-1, 1]."]
    parts += ["## Use it", *(of_files(use, Path(folder, "1")) for use in uses)]
    for name, caption in more:
        parts += [f"{caption}:", f"![]({name})"]
    Path(folder, "README.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def of_files(text, version):
    """Returns a text where a .tflite file that was left out gives way to another of its endpoint.

    That is the smallest of those that lose next to nothing, and else the smallest.

    Args:
        text: of a card.
        version: path of what is served.
    """

    def kept(name):
        files = sorted(
            version.glob(f"{name[1]}-*.tflite"),
            key=lambda path: (not path.stem.endswith(NEAR), path.stat().st_size),
        )
        return name[0] if (version / name[0]).exists() or not files else files[0].name

    return LITE.sub(kept, text)


def score_table(path):
    """Returns the scores of a metrics.jsonl, as `tfvgan evaluate` writes it, in Markdown.

    Raises:
        ValueError: when the file is none.
    """
    rows = ["| score | value | 95 % interval | real | better |", "|---|---:|---:|---:|---|"]
    for number, line in enumerate(Path(path).read_text(encoding="utf-8").splitlines(), start=1):
        try:
            rows.append(_score_row(json.loads(line)))
        except Exception as error:  # Whatever a file that is none leads to.
            raise ValueError(
                f"Line {number} of `{path}` should be a score of `tfvgan evaluate`, but is none "
                f"({error!r}): give its metrics.jsonl."
            ) from error
    return "\n".join(rows)


def _score_row(score):
    """Returns a line of the table of scores."""
    interval, real = score.get("interval"), score.get("real")
    between = "" if interval is None else f"{interval[0]:.4g} to {interval[1]:.4g}"
    return (
        f"| `{score['name']}` | {score['value']:.4g} | {between} | "
        f"{'' if real is None else format(real, '.4g')} | {score.get('better') or ''} |"
    )


def file_table(folder):
    """Returns the sizes of the files but checksums, and of all of them together, in Markdown."""
    sizes = {}
    for path in sorted(each for each in folder.rglob("*") if each.is_file() and each.name != SUMS):
        inside = path.relative_to(folder)
        saved_model = "variables" in inside.parts or inside.suffix in (".pb", "")
        name = f"{inside.parts[0]}/ SavedModel" if saved_model else str(inside)
        sizes[name] = sizes.get(name, 0) + path.stat().st_size
    rows = [f"| `{name}` | {size / 1e6:.3f} |" for name, size in sizes.items()]
    total = f"| all | {sum(sizes.values()) / 1e6:.3f} |"
    return "\n".join(["| file | MB |", "|---|---:|", *rows, total])


def command(settings, folder):
    """Returns the command that trains a run again; the path of its videos is left open.

    Args:
        settings: `Settings` of the run.
        folder: path of the run.
    """
    videos = settings.videos if isinstance(settings.videos, str) else "VIDEOS"
    words = ["tfvgan", "train", Path(videos).name, "--out", f"runs/{Path(folder).resolve().name}"]
    declared = options()
    for name, value, default in settings.items():
        if name in ("videos", "cache") or value == default:
            continue
        path = declared[name].path if name in declared else None
        if path:
            value = f"runs/{Path(value).name}" if path == "run" else Path(value).name
        words.append("--" + name.replace("_", "-"))
        words += [] if value is True else [str(word) for word in listed(value)]
    return shlex.join(words)


def commit():
    """Returns the commit of the package's repository; None when it is installed without one."""
    package = Path(__file__).resolve().parent
    ask = ["git", "-C", str(package)]
    try:
        for words in (["ls-files", "--error-unmatch", Path(__file__).name], ["rev-parse", "HEAD"]):
            text = subprocess.run([*ask, *words], check=True, capture_output=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    return text.strip()
