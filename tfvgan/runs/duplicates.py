"""Videos of a library that are copies of one another, as a list and as a page."""

import json
import os
from pathlib import Path

from tfvgan.library import Duplicates, Library, find_duplicates
from tfvgan.library.page import page_of
from tfvgan.streaming.bar import Bar
from tfvgan.whole import write_whole

PAGE, LISTED = "duplicates.html", "duplicates.json"


def duplicates(
    library: str | os.PathLike, out: str | os.PathLike | None = None, *, show: bool = False
) -> Duplicates:
    """Returns the `Duplicates` in a library, and writes duplicates.html and duplicates.json.

    Videos are read for their pictures, and never deleted.

    Args:
        library: the folder of `tfvgan.index`.
        out: the folder to write to; None for the library's own.
        show: bool, whether to show a progress bar on stderr.

    Raises:
        ValueError: when the library is damaged, or empty.
    """
    known = Library(library)
    entries = known.entries()
    keys = {path: place.key for path, place in known.places.items()}
    with Bar(show, " videos") as progress:
        found = find_duplicates(entries, keys, progress)
    folder = Path(library if out is None else out)
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(found.as_json(), indent=1) + "\n"
    for name, content in ((LISTED, text), (PAGE, page_of(found))):
        data = content.encode("utf-8", "replace")
        write_whole(folder / name, lambda file, data=data: file.write_bytes(data))
    return found
