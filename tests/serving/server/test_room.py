import pytest

from tfvgan.serving.server import room


def test_models_that_do_not_fit_are_refused(tmp_path, monkeypatch):
    told = tmp_path / "meminfo"
    told.write_text("MemTotal: 9000000 kB\nMemAvailable:    2000000 kB\n")
    monkeypatch.setattr(room, "MEMINFO", told)
    assert room.free_memory() == pytest.approx(2.048)
    room.check_room(3)
    with pytest.raises(ValueError, match="4 models take about 2 GB of memory, and 2 are free"):
        room.check_room(4)


@pytest.mark.parametrize("text", ["", "MemAvailable: much\n", None])
def test_where_the_system_does_not_say_nothing_is_refused(tmp_path, monkeypatch, text):
    told = tmp_path / "meminfo"
    if text is not None:
        told.write_text(text)
    monkeypatch.setattr(room, "MEMINFO", told)
    assert room.free_memory() is None
    room.check_room(10**6)
