"""The pages that a user reads, README and those of docs/, and what they tell one to run."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
TEXTS = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in PAGES}
FENCE = re.compile(r'```(\w*)(?: title="([^"]*)")?\n(.*?)```', re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")


def blocks(text, language=None, title=""):
    """Returns the fenced blocks of a page.

    Args:
        language: of these alone; None of all.
        title: the file that a block is, as in `python title="x.py"`; "" of those without, None of
            all.
    """
    return [
        block
        for named, found, block in FENCE.findall(text)
        if language in (None, named) and title in (None, found)
    ]


def commands(text):
    """Returns the calls of `tfvgan` that a page has in its blocks and between its words."""
    lines = "\n".join(blocks(text, title=None)).replace("\\\n", "")
    return [
        *re.findall(r"^tfvgan [a-z].*", lines, re.MULTILINE),
        *re.findall(r"`(tfvgan [a-z]+ [^`]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL)),
    ]


def verbs(text):
    """Returns the verbs that a page names alone, such as `tfvgan train`."""
    return re.findall(r"`tfvgan ([a-z]+)`", text)


def plain(text):
    """Returns a text whose white space is single spaces."""
    return re.sub(r"\s+", " ", text)
