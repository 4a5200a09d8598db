"""What frames say of HDR is read as x265 is told it."""

import struct
from types import SimpleNamespace

import pytest

from tfvgan.data.hdr import others, static

PLACES = ((34000, 16000), (13250, 34500), (7500, 3000), (15635, 16450))  # Red, green, blue, white.
DISPLAY = "G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,50)"


class Part(bytes):
    """Side data of a frame, as PyAV has it."""

    def named(self, name):
        self.type = SimpleNamespace(name=name)
        return self


def display(known=(1, 1), places=PLACES):
    numbers = [n for place in places for part in place for n in (part, 50000)]
    numbers += [50, 10000, 10000000, 10000]
    return Part(struct.pack("22i", *numbers, *known)).named("MASTERING_DISPLAY_METADATA")


def frame(*parts):
    return SimpleNamespace(side_data=parts)


def test_it_is_read_as_x265_is_told_it():
    light = Part(struct.pack("2I", 1000, 400)).named("CONTENT_LIGHT_LEVEL")
    told = (("master-display", DISPLAY), ("max-cll", "1000,400"))
    assert static(frame(display(), light)) == told


@pytest.mark.parametrize(
    "part",
    [
        display((1, 0)),
        display(places=((-1, 16000), *PLACES[1:])),
        display(places=((60000, 16000), *PLACES[1:])),
        Part(b"1").named("CONTENT_LIGHT_LEVEL"),
    ],
)
def test_what_is_not_whole_or_can_not_be_is_nothing(part):
    assert static(frame(part)) == static(frame()) == ()


def test_what_changes_from_scene_to_scene_is_named_alone():
    parts = [display(), Part(b"").named("DOVI_METADATA"), Part(b"").named("SEI_UNREGISTERED")]
    assert others(frame(*parts)) == ["DOVI_METADATA"]
