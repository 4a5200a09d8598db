from drifting import FACTS
from tfvgan_cli.main import main

from tfvgan import runs
from tfvgan.library import Duplicates
from tfvgan.library.page import summary
from tfvgan.library.report import Member, Shared


def test_groups_are_printed_and_where_the_page_is(monkeypatch, capsys):
    group = [Member("a.mp4", FACTS, True, [], []), Member("b.mp4", FACTS, False, ["x", "y"], [])]
    found = Duplicates([group], [Shared("c.mp4", "a.mp4", (1.0, 0.1), [])], [])
    asked = []
    monkeypatch.setattr(runs, "duplicates", lambda *given, **named: asked.append(given) or found)
    assert main(["duplicates", "library/"]) == main(["duplicates", "library", "-o", "out"]) == 0
    assert asked == [("library/", None), ("library", "out")]
    said = capsys.readouterr().out.splitlines()
    assert said[:6] == [
        "Group 1:",
        "  a.mp4",
        "  b.mp4  (x, y)",
        "Excerpt: c.mp4 is in a.mp4.",
        summary(found),
        "Wrote library/duplicates.html and library/duplicates.json.",
    ]
    assert said[-1] == "Wrote out/duplicates.html and out/duplicates.json."
