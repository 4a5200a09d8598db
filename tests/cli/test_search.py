import pytest
from tfvgan_cli.main import main

from tfvgan import runs
from tfvgan.library import Hit, Match

MATCH = Match(0.5, 4.5, 62.0, 68.0, 1.5, 0.9, 3.0, 4.0)


def test_hits_are_printed_with_times(monkeypatch, capsys):
    asked, hits = [], [Hit("a.mp4", 0.876, [MATCH, MATCH._replace(begin=0.0, speed=1.0)])]
    monkeypatch.setattr(
        runs, "search", lambda *given, **named: asked.append((given, named)) or hits
    )
    assert main(["search", "library", "q.mp4", "-k", "3", "--model", "m", "--sheet", "s.png"]) == 0
    assert asked == [
        (("library", "q.mp4"), {"k": 3, "model": "m", "sheet": "s.png", "show": False})
    ]
    assert capsys.readouterr().out.splitlines() == [
        "0.88  a.mp4",
        "      0:00.0 to 0:04.5 is 1:02.0 to 1:08.0 there",
        "      0:00.5 to 0:04.5 is 1:02.0 to 1:08.0 there, 1.50 times as fast",
        "Wrote s.png.",
    ]


def test_nothing_is_said_to_be_nothing(monkeypatch, capsys):
    monkeypatch.setattr(runs, "search", lambda *given, **named: [])
    assert main(["search", "library", "q.mp4"]) == 0
    assert capsys.readouterr().out == "Nothing in library is like q.mp4.\n"


@pytest.mark.parametrize("count", ["0", "many"])
def test_as_many_as_there_can_be(count, capsys):
    with pytest.raises(SystemExit, match="2"):
        main(["search", "library", "q.mp4", "-k", count])
    assert "a whole number from 1" in capsys.readouterr().err
