"""tfvgan demo: a thin call."""

from tfvgan_cli.main import main

from tfvgan import demo


def test_what_was_typed_arrives(monkeypatch):
    asked = []
    monkeypatch.setattr(demo, "demo", lambda out, **how: asked.append((out, how)))
    assert main(["demo"]) == 0
    assert main(["demo", "--out", "x", "--minutes", "0.5"]) == 0
    assert asked == [
        ("demo", {"minutes": 4.5, "program": "tfvgan"}),
        ("x", {"minutes": 0.5, "program": "tfvgan"}),
    ]
