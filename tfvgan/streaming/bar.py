"""The progress of long work: frames a second, and the time that is left."""

import sys

BYTES = "B"


class Bar:
    """A progress bar with frames a second and the time that is left; none if it is not shown.

    Args:
        show: bool, whether it is.
        unit: str, what is counted. Of bytes there are kilobytes and more.
    """

    def __init__(self, show: bool, unit: str = " frames"):
        self.show, self.unit = show, unit
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
            how = {"unit": self.unit, "unit_scale": self.unit == BYTES}
            first = max(done - 1, 0)
            self._bar = tqdm(total=count, initial=first, file=sys.stderr, dynamic_ncols=True, **how)
        self._bar.update(done - self._bar.n)
