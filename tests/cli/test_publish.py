"""tfvgan publish: a thin call."""

from tfvgan_cli.main import main

from tfvgan import runs

NEEDED = ["publish", "runs/x", "models/x", "--data", "cats", "--licence", "CC0"]


def test_what_was_typed_arrives(tmp_path, monkeypatch, capsys):
    asked = []

    def publish(*arguments, **settings):
        asked.append((arguments, settings))
        return "models/x"

    monkeypatch.setattr(runs, "publish", publish)
    (tmp_path / "notes.md").write_text("Blurred.")
    assert main(NEEDED) == 0
    more = ["--what", "cats that walk", "--notes", str(tmp_path / "notes.md"), "--edge", "7", "9"]
    more += ["--clips", "one.mp4", "two.mp4"]
    assert (
        main([*NEEDED, *more, "--scores", "metrics.jsonl", "--seed", "3", "--sharpness", "3"]) == 0
    )
    assert main([*NEEDED, "--allow", "float32=0.001"]) == 0
    needed = {"data": "cats", "licence": "CC0"}
    more = {"what": "cats that walk", "notes": "Blurred.", "scores": "metrics.jsonl", "seed": 3}
    more |= {"sharpness": 3.0, "edge": [7, 9], "clips": ["one.mp4", "two.mp4"]}
    places = ("runs/x", "models/x")
    allowed = {"allowed": {"float32": {"max_difference": 0.001, "mean_difference": 0.001}}}
    told = (needed, {**needed, **more}, {**needed, **allowed})
    assert asked == [(places, settings) for settings in told]
    assert "Wrote models/x: its card is models/x/README.md." in capsys.readouterr().out


def test_no_run_is_one_sentence(tmp_path, capsys):
    places = [str(tmp_path / "nowhere"), str(tmp_path / "out")]
    assert main(["publish", *places, "--data", "cats", "--licence", "CC0"]) == 2
    assert "There is nothing at" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
