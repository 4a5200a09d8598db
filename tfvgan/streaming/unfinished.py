"""The hidden folder of a file that is being made: what is whole of it outlasts a crash."""

import json
import shutil
from pathlib import Path

from tfvgan.whole import write_whole


def unfinished(out):
    """Returns the path of the hidden folder of a file or folder that is being made, if it is."""
    return Path(out).with_name(f".{Path(out).name}.unfinished")


class Unfinished:
    """Parts of what will be at `out`, in its hidden folder, each of which is whole.

    Args:
        out: path of what will be.
        settings: dict, what it depends on.
        resume: bool, whether it is to have been begun.

    Attributes:
        folder: Path, for what is being made.

    Raises:
        ValueError: when it was begun without `resume`, or with other settings; or was not, with it.
    """

    def __init__(self, out, settings, resume):
        self.folder = unfinished(out)
        self._begun = self.folder / "job.json"
        told = json.dumps(settings, sort_keys=True)
        if resume and not self._begun.is_file():
            raise ValueError(f"There is no unfinished `{out}` to resume: leave `resume` out.")
        if self._begun.is_file():
            if not resume:
                raise ValueError(
                    f"`{out}` was begun and not finished: go on with `resume` (--resume), or remove"
                    f" the folder `{self.folder}`."
                )
            if self._begun.read_text(encoding="utf-8") != told:
                raise ValueError(
                    f"`{out}` was begun from another video, or with other settings: use those, or "
                    f"remove the folder `{self.folder}`."
                )
            return
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        write_whole(self._begun, lambda file: file.write_text(told, encoding="utf-8"))

    def parts(self):
        """Returns the paths of the parts that are whole, in order."""
        return sorted(self.folder.glob("part-*.done"))

    def keep(self, path, number):
        """Makes the file at a path, in the folder, the part of that number."""
        path.replace(self.folder / f"part-{number:05d}.done")

    def remove(self):
        """Removes the folder: what is left of it when that is stopped is nothing begun any more."""
        self._begun.unlink()
        shutil.rmtree(self.folder)
