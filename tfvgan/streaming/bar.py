"""The progress of long work: frames a second, and the time that is left."""

import sys


class Bar:
    """A progress bar with frames a second and the time that is left; none if it is not shown."""

    def __init__(self, show: bool):
        self.show = show
        self._bar = None

    def __enter__(self):
        return self._progress

    def __exit__(self, *error):
        if self._bar is not None:
            self._bar.close()

    def _progress(self, done, count):
        from tqdm import tqdm

        if not self.show:
            return
        if self._bar is None:
            self._bar = tqdm(
                total=count, initial=done - 1, unit=" frames", file=sys.stderr, dynamic_ncols=True
            )
        self._bar.update(done - self._bar.n)
