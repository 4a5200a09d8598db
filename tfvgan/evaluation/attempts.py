"""Attempts at metrics: one that fails doesn't stop the others."""

import time


class Attempts:
    """Calls functions of metrics. A metric that fails is left out from then on, with its reason.

    Attributes:
        missing: dict of the metrics that failed, with what the error said.
        seconds: dict of the time that each has taken; what several share counts for each.
    """

    def __init__(self, names):
        self.missing = {}
        self.seconds = dict.fromkeys(names, 0.0)

    def __call__(self, names, function, *arguments):
        """Returns the function's result; None when it fails, or the metrics failed before.

        Only a ValueError is a failure that a user can mend: missing weights or packages, videos
        that are too small or too short. Anything else is raised.

        Args:
            names: the metric that is measured, or a list of those that are measured together.
            function: measures.
            *arguments: of the function.
        """
        names = [names] if isinstance(names, str) else list(names)
        if any(name in self.missing for name in names):
            return None
        began = time.perf_counter()
        try:
            return function(*arguments)
        except ValueError as error:
            self.missing.update(dict.fromkeys(names, str(error)))
            return None
        finally:
            took = time.perf_counter() - began
            for name in names:
                self.seconds[name] += took

    def left(self):
        """Returns the names of the metrics that have not failed."""
        return [name for name in self.seconds if name not in self.missing]
