"""What a script has measured so far: one that was stopped goes on with the next video."""

import hashlib
import json
from pathlib import Path

from benchmarks.report import RESULTS
from tfvgan.whole import write_whole


class Begun:
    """Rows by video, in `results/NAME.begun` until the report is written.

    Args:
        name: of the results.
        **settings: what the rows depend on; rows of other settings are not taken up. Paths stand
            for what the files hold.
    """

    def __init__(self, name, **settings):
        self._path = RESULTS / f"{name}.begun"
        said = json.dumps(settings, sort_keys=True, default=_digest)
        self._key = hashlib.sha256(said.encode()).hexdigest()
        self._rows = {}
        if self._path.exists():
            kept = json.loads(self._path.read_text(encoding="utf-8"))
            self._rows = kept["rows"] if kept["key"] == self._key else {}

    def __contains__(self, name):
        """Whether a video of that name was measured."""
        return name in self._rows

    def of(self, videos, measure):
        """Yields the rows of each video, a list of dicts: those that there are, else measured.

        Args:
            videos: paths.
            measure: function of a path, which returns the rows.
        """
        for path in map(Path, videos):
            if path.name not in self._rows:
                self._rows[path.name] = measure(path)
                write_whole(self._path, self._write)
            yield from self._rows[path.name]

    def _write(self, path):
        text = json.dumps({"key": self._key, "rows": self._rows})
        path.write_text(text, encoding="utf-8")

    def end(self):
        """Forgets what was measured: it is in the report."""
        self._path.unlink(missing_ok=True)


def _digest(path):
    """Returns the checksum of a file, or of all files in a folder."""
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    digest = hashlib.sha256()
    for file in files:
        if file.is_file():
            digest.update(file.read_bytes())
    return digest.hexdigest()
