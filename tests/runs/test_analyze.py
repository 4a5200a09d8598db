"""A video, analysed into a folder: whole or not at all, with its parts if asked for."""

import sys

import pytest
from cutting import Told, shots

from tfvgan.networks import RestorerGenerator
from tfvgan.runs import analyze, load_finder
from tfvgan.streaming import Source

REPORT = ["chapters.txt", "cuts.edl", "frames.csv", "report.json", "report.png"]


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    return shots(tmp_path_factory.mktemp("film") / "a.mkv")


def names(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_a_report_is_a_folder(film, tmp_path):
    out = tmp_path / "new" / "report"
    found = analyze(film, out, Told(10, 20))
    assert len(found.shots) == 3 and names(out) == REPORT
    assert names(tmp_path / "new") == ["report", *(f"report/{name}" for name in REPORT)]


def test_parts_are_written(film, tmp_path):
    out = tmp_path / "report"
    out.mkdir()
    analyze(film, out, Told(10, 20), keep="motion", split=True)
    shot = [f"shots/{number:04d}.mp4" for number in (1, 2, 3)]
    assert names(out) == sorted([*REPORT, "motion.mp4", "shots", *shot])
    assert [len(list(Source(out / name).frames())) for name in [*shot, "motion.mp4"]] == [
        10
    ] * 3 + [30]


def test_what_fails_leaves_nothing(film, tmp_path, monkeypatch):
    def fail(*given):
        raise OSError("The disk is full.")

    monkeypatch.setattr(sys.modules["tfvgan.runs.analyze"], "written_report", fail)
    with pytest.raises(OSError, match="disk"):
        analyze(film, tmp_path / "report", Told())
    assert not list(tmp_path.iterdir())


def test_what_is_there_stays(film, tmp_path):
    (tmp_path / "mine.txt").touch()
    with pytest.raises(ValueError, match="is there already: name another folder"):
        analyze(film, tmp_path, Told())
    assert names(tmp_path) == ["mine.txt"]


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"keep": "sound"}, "`keep` must be motion, but is 'sound'"),
        ({"codec": "ffv1"}, "are of what `keep` and `split` write"),
        ({"video": "-", "split": True}, "is read once, and can't be split"),
        ({"out": ""}, "The output has no name"),
        ({"model": "nothing"}, "There is no finder of cuts in the package that is called"),
    ],
)
def test_what_does_not_go_together_is_a_sentence(film, tmp_path, how, said):
    asked = {"video": film, "out": tmp_path / "x", "model": Told()} | how
    with pytest.raises(ValueError, match=said):
        analyze(**asked)
    assert not list(tmp_path.iterdir())


def test_a_finder_is_loaded(tmp_path):
    Told().save(tmp_path / "generator.keras")
    assert load_finder(tmp_path / "generator.keras").generator.width == 8
    other = RestorerGenerator(1, 4, 1)
    other.build()
    other.save(tmp_path / "other.keras")
    with pytest.raises(ValueError, match="must hold a finder of cuts, but holds a Restorer"):
        load_finder(tmp_path / "other.keras")
