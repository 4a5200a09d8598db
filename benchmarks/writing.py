"""What pages of figures are made of: results, tables, paragraphs, aims."""

import json
import textwrap
from typing import NamedTuple

from benchmarks.report import NEWEST, RESULTS
from benchmarks.sets.parts import REPORTING

WIDTH = 120  # Columns of a page's text.
SHORT = ", short"


class Aim(NamedTuple):
    """One thing that was aimed at, and what was found; all but `met` are texts."""

    of: str
    aim: str
    result: str
    met: bool


def loaded(name):
    """Returns the results of a benchmark, a dict."""
    return json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8"))


def on_stacks(name):
    """Returns what the results of a benchmark are called, of each stack that it was run on."""
    return [title for title in (name, name + NEWEST) if (RESULTS / f"{title}.json").is_file()]


def means(name):
    """Returns the rows of results that are means over videos; none where nothing was measured.

    They are of the videos that report; see `benchmarks.sets.parts.with_means`.
    """
    if not on_stacks(name):
        return []
    return [row for row in loaded(name)["rows"] if row["video"] == "mean"]


def videos_of(results):
    """Returns in words which videos the means of results are of."""
    count = len(results["clips"])
    if "parts" not in results:  # As it was before some of them chose.
        return f"{count} videos that nothing was trained on"
    reporting = len(results["parts"][REPORTING])
    return f"{reporting} of {count} videos that nothing was trained on, the half that chose nothing"


def tensorflow(name):
    """Returns the TensorFlow that the results of this name were measured with, such as "2.17"."""
    return ".".join(loaded(name)["versions"]["tensorflow"].split(".")[:2])


def in_markdown(heads, lines, texts=1):
    """Returns a table in Markdown, whose first columns are texts."""
    rule = ["---"] * texts + ["---:"] * (len(heads) - texts)
    return "\n".join(f"| {' | '.join(line)} |" for line in [heads, rule, *lines])


def aims_table(aims):
    """Returns the table of aims, beside what was found."""
    lines = [(one.of, one.aim, one.result + SHORT * (not one.met)) for one in aims]
    return in_markdown(["of", "aim", "found"], lines, 3)


def paragraph(text):
    """Returns a text in lines of `WIDTH` columns."""
    return textwrap.fill(text, WIDTH, break_long_words=False, break_on_hyphens=False)


def machine(name):
    """Returns the processor that the results of this name were measured on."""
    return loaded(name)["machine"]["cpu"].replace("(R)", "")


def source(script, name):
    """Returns the paragraph that says what measured some results, when, and on which machine.

    Args:
        script: place of the script in benchmarks/, without its ending.
        name: of the results in benchmarks/results/.
    """
    results = loaded(name)
    when = f"{results['date']}, {results['machine']['cores']} cores of {machine(name)}"
    file = f"[{name}.json](results/{name}.json)"
    return paragraph(f"Script: [{script}.py]({script}.py). Results: {file} ({when}).")


def page(title, *parts):
    """Returns a section: a heading and what is under it, a blank line between each two parts."""
    return "\n\n".join([f"## {title}", *parts])
