"""What is measured of `steady`, and where it is left out."""

from pathlib import Path
from types import SimpleNamespace

from moving import texture

from benchmarks.stylization import steady
from benchmarks.stylization.steadiers import STEADIERS

CLIP = texture(4, 16, (0.0, 0.0))[0]


def test_without_its_folder_it_is_left_out_and_named(tmp_path, capsys):
    assert steady.contenders(tmp_path / "none") == STEADIERS
    assert "left out, for want of" in capsys.readouterr().out


def test_a_model_takes_the_original_and_what_was_made_of_it(tmp_path, monkeypatch):
    model = SimpleNamespace(steady=lambda original, processed: processed)
    monkeypatch.setattr(steady, "load_steadier", lambda folder: model)
    found = steady.contenders(tmp_path)
    assert list(found) == [*STEADIERS, steady.OURS] and found[steady.OURS] is model.steady


def test_each_rival_has_its_row_of_each_kind_and_time_is_without_compiling(monkeypatch):
    seen = []

    def rival(original, processed):
        seen.append(len(processed))
        return processed

    measures = SimpleNamespace(
        flicker=lambda original, made: {"sharpness": 1.0}, lpips=lambda given, made: 0.0
    )
    monkeypatch.setattr(steady, "clip", lambda path, frames: CLIP)
    monkeypatch.setattr(steady, "KINDS", {"a": lambda video: video, "b": lambda video: video})
    rows = steady.measured(Path("v.mp4"), 4, ["a", "b"], {"r": rival}, measures)
    assert [(row["kind"], row["who"]) for row in rows] == [("a", "r"), ("b", "r")]
    assert seen == [steady.WARM, 4] * 2
