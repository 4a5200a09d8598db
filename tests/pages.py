"""The pages that a user reads, README and those of docs/, and what they tell one to run."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
TEXTS = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in PAGES}
LINK = re.compile(r"\]\(([^)\s]+)\)")


def blocks(text, language=None):
    """Returns the fenced blocks of a page, those of one language, or all."""
    found = re.findall(r"```(\w*)\n(.*?)```", text, re.DOTALL)
    return [block for named, block in found if language is None or named == language]


def commands(text):
    """Returns the calls of `tfvgan` that a page has in its blocks and between its words."""
    lines = "\n".join(blocks(text)).replace("\\\n", "")
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
