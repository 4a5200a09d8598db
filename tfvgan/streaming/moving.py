"""Moves numbered images into their final folder, which may hold other files."""

import json
import os
import re
import shutil

from tfvgan.data.errors import say_once
from tfvgan.whole import put, write_whole

NUMBERED = re.compile(r"[0-9]{6,}\.png")  # How images are named.
RECORD = ".images.json"  # In the folder: how many of its images were put there, from 1 on.


def move_images(folder, out, count):
    """Moves the images of an `ImageFolder` to where they stay, maybe on another disk.

    Those of a longer video that were moved there before are removed. A record in the folder says
    how many they are; no others are touched, but a warning tells of them.

    Args:
        folder: Path of the images, or of what a move that was stopped has left of them.
        out: Path of the folder where they stay; made if it is missing.
        count: int, how many they were.
    """
    out.mkdir(parents=True, exist_ok=True)
    before = _moved(out)
    _note(out, max(before, count))
    for image in sorted(folder.glob("*.png")):
        shutil.move(image, out / f".{image.name}.part")
    others = []
    for name in sorted(os.listdir(out)):
        image = name.removeprefix(".").removesuffix(".part")
        if not NUMBERED.fullmatch(image):
            continue
        number, moving = int(image.removesuffix(".png")), name != image
        if moving and number <= count:
            put(out / name, out / image)
        elif count < number <= before:
            (out / name).unlink()
        elif number > count and not moving:
            others.append(image)
    _note(out, count)
    if others:
        say_once(
            f"`{out}` holds {len(others)} numbered images that are not of this video, such as "
            f"{others[0]}: they were left there."
        )


def _moved(out):
    """Returns the number of images that a folder's record counts."""
    try:
        moved = json.loads((out / RECORD).read_text(encoding="utf-8"))["images"]
        return moved if isinstance(moved, int) else 0
    except (OSError, ValueError, TypeError, KeyError):
        return 0


def _note(out, count):
    """Writes the record of a folder."""
    text = json.dumps({"images": count}) + "\n"
    write_whole(out / RECORD, lambda file: file.write_text(text, encoding="utf-8"))
