"""The page of figures is what results/ say, and begins with what was not reached."""

import re

from benchmarks import figures, writing
from benchmarks.compression import figures as compression

TEXT = figures.PAGE.read_text(encoding="utf-8")


def test_the_page_is_made_of_the_results():
    assert figures.text() == TEXT, "run `make figures` and commit benchmarks/README.md"


def test_what_was_missed_comes_first():
    first, *sections = re.split(r"^## ", TEXT, flags=re.MULTILINE)[1:]
    missed = first.split("\n| --- | --- | --- |\n")[1].strip().splitlines()
    assert first.startswith("Aims that were missed") and len(missed) > 10
    short = [line for text in sections for line in text.splitlines() if line.endswith("short |")]
    assert sorted(missed) == sorted(line.replace(", short |", " |") for line in short)


def test_all_results_are_there_and_links_lead_somewhere():
    targets = set(re.findall(r"\]\(([^)]+)\)", TEXT))
    titles = re.findall(r"^#+ (.+)$", TEXT, flags=re.MULTILINE)
    places = {"#" + re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in titles}
    files = {target for target in targets if not target.startswith("#")}
    assert targets - files <= places
    assert all((figures.PAGE.parent / target).is_file() for target in files)
    stored = {f"results/{path.name}" for path in writing.RESULTS.glob("*.json")}
    assert stored <= targets


def test_sizes_are_found_by_scores():
    rows = [{"codec": "x", "bpp": 0.01 * 4**n, "LPIPS": 0.3 - 0.1 * n} for n in range(3)]
    assert round(compression.size_of(rows, "x", "LPIPS", 0.25), 6) == 0.02


def test_a_missed_aim_is_short():
    aims = [writing.Aim("a", "1", "2", True), writing.Aim("b", "1", "0", False)]
    assert writing.aims_table(aims).splitlines()[2:] == ["| a | 1 | 2 |", "| b | 1 | 0, short |"]
