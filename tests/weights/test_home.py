"""Where things are kept."""

import sys
from pathlib import Path

import pytest

from tfvgan.weights.home import home, make_folder


def test_is_where_the_user_moved_it(monkeypatch):
    monkeypatch.setenv("TFVGAN_HOME", "~/elsewhere")
    assert home() == Path.home() / "elsewhere"


@pytest.mark.parametrize(
    "platform, variable, wanted",
    [
        ("linux", None, Path.home() / ".cache" / "tfvgan"),
        ("linux", "XDG_CACHE_HOME", Path("/x/tfvgan")),
        ("darwin", None, Path.home() / "Library" / "Caches" / "tfvgan"),
        ("win32", None, Path.home() / "AppData" / "Local" / "tfvgan"),
        ("win32", "LOCALAPPDATA", Path("/x/tfvgan")),
    ],
)
def test_is_in_the_users_cache(platform, variable, wanted, monkeypatch):
    for name in ("TFVGAN_HOME", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    if variable:
        monkeypatch.setenv(variable, "/x")
    monkeypatch.setattr(sys, "platform", platform)
    assert home() == wanted


def test_a_user_without_a_home_is_told_what_to_set(monkeypatch):
    def unknown():
        raise RuntimeError("Could not determine home directory.")

    for name in ("TFVGAN_HOME", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", unknown)
    with pytest.raises(ValueError, match="no home folder: set the environment variable TFVGAN_HOM"):
        home()
    monkeypatch.setenv("TFVGAN_HOME", "/x")
    assert home() == Path("/x")


def test_a_folder_that_cannot_be_written_to_is_told_with_the_way_out(tmp_path):
    make_folder(tmp_path / "a" / "b")
    make_folder(tmp_path / "a" / "b")
    assert list((tmp_path / "a" / "b").iterdir()) == []
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file" / "weights", Path("/proc/weights"), Path("/proc")):
        with pytest.raises(ValueError, match=f"{folder} can't be .* set .*TFVGAN_HOME to a folder"):
            make_folder(folder)
