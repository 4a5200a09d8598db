"""tfvgan generate: a thin call."""

from tfvgan_cli.main import main

from tfvgan import runs
from tfvgan.tasks import VideoGAN


def test_what_was_typed_arrives(monkeypatch, capsys):
    asked = []

    def generate(*arguments, **settings):
        asked.append((arguments, settings))
        return ["a.mp4", "strip.png"]

    monkeypatch.setattr(runs, "generate", generate)
    line = "generate runs/x --out out --count 3 --seed 7 --formats gif --label walk --fps 12"
    assert main(line.split()) == 0
    expected = {"count": 3, "seed": 7, "label": "walk", "formats": ("gif",), "fps": 12.0}
    assert asked == [(("runs/x", "out"), expected)]
    assert "Wrote 2 files to out: look at out/strip.png first." in capsys.readouterr().out


def test_writes_files_from_a_model(tmp_path):
    model = VideoGAN.from_preset("dcgan", frames=2, size=8, width=4)
    model.save(tmp_path / "model.keras")
    out = tmp_path / "out"
    assert main(["generate", str(tmp_path), "--out", str(out), "--count", "2"]) == 0
    assert len(list(out.iterdir())) == 6


def test_no_run_is_one_sentence(tmp_path, capsys):
    assert main(["generate", str(tmp_path), "--out", str(tmp_path / "out")]) == 2
    assert "holds no model.keras" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
