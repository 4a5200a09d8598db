"""A function in a process of its own: thread pools of two frameworks in one process get in each
other's way, up to seven times slower."""

import importlib
import multiprocessing


class Apart:
    """Calls `module.make(*arguments)` in a new process; then each call runs what that returned.

    Args:
        module: name of the module, imported in the new process only.
        make: name of its function, which returns a function and some facts.
        *arguments: of `make`; plain values.

    Attributes:
        facts: what `make` returned beside the function.
    """

    def __init__(self, module, make, *arguments):
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(
            target=_serve, args=(theirs, module, make, arguments), daemon=True
        )
        self._process.start()
        theirs.close()
        self.facts = self._pipe.recv()

    def __call__(self, *arguments):
        """Runs the function once, of plain values if there are some; returns when it is done."""
        self._pipe.send(arguments)
        self._pipe.recv()

    def close(self):
        """Ends the process."""
        self._pipe.send(None)
        self._process.join()


def _serve(pipe, module, make, arguments):
    function, facts = getattr(importlib.import_module(module), make)(*arguments)
    pipe.send(facts)
    while (arguments := pipe.recv()) is not None:
        function(*arguments)
        pipe.send(True)
