"""tfvgan export: a thin call."""

from tfvgan_cli.main import main

from tfvgan import runs
from tfvgan.tasks import VideoGAN


def save_model(folder):
    model = VideoGAN.from_preset("dcgan", frames=2, size=8, width=4)
    model.step.assign(7)
    model.save(folder / "model.keras")


def test_what_was_typed_arrives(tmp_path, monkeypatch, capsys):
    asked = []

    def export(run, path, **settings):
        asked.append((run, path, settings))
        return "models/x/1"

    monkeypatch.setattr(runs, "export", export)
    assert main(["export", str(tmp_path), "models/x"]) == 0
    more = ["--tflite", "float32", "int8", "--endpoints", "generate", "moment"]
    assert main(["export", str(tmp_path), "models/x", *more]) == 0
    assert main(["export", str(tmp_path), "models/x", "--allow", "int8=0.1"]) == 0
    assert main(["export", str(tmp_path), "models/x", "--clips", "a.mp4", "b.mp4"]) == 0
    usual = {"tflite": (), "endpoints": None, "show": False}
    files = {**usual, "tflite": ["float32", "int8"], "endpoints": ["generate", "moment"]}
    allowed = {"allowed": {"int8": {"lost": 0.1}}}
    clips = {**usual, "clips": ["a.mp4", "b.mp4"]}
    told = (usual, files, {**usual, **allowed}, clips)
    assert asked == [(str(tmp_path), "models/x", settings) for settings in told]
    assert "Wrote models/x/1." in capsys.readouterr().out


def test_what_is_done_is_shown_on_terminals(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(runs, "export", lambda *given, **named: asked.append(named["show"]) or "1")
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    assert main(["export", str(tmp_path), "models/x"]) == 0
    assert asked == [True]


def test_exports_a_saved_model(tmp_path, capsys):
    save_model(tmp_path)
    assert main(["export", str(tmp_path), str(tmp_path / "served")]) == 0
    assert (tmp_path / "served" / "1" / "saved_model.pb").is_file()
    assert "| saved_model |" in capsys.readouterr().out


def test_an_edge_is_for_frames_of_any_size(tmp_path, capsys):
    save_model(tmp_path)
    line = ["export", str(tmp_path), str(tmp_path / "served"), "--edge", "480", "854"]
    assert main(line) == 2
    assert "`edge` (--edge) is for models that take frames of any size" in capsys.readouterr().err
    assert not (tmp_path / "served").exists()


def test_limits_of_no_target_are_one_sentence(tmp_path, capsys):
    save_model(tmp_path)
    assert main(["export", str(tmp_path), str(tmp_path / "served"), "--allow", "int4=1"]) == 2
    assert "not of int4" in capsys.readouterr().err
    assert not (tmp_path / "served").exists()


def test_no_run_is_one_sentence(tmp_path, capsys):
    assert main(["export", str(tmp_path / "nowhere"), str(tmp_path / "served")]) == 2
    assert "There is nothing at" in capsys.readouterr().err
    assert not (tmp_path / "served").exists()
