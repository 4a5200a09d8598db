"""Where things are kept."""

import sys
from pathlib import Path

import pytest

from tfvgan.weights.home import home


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
