"""What one request may cost a server, and all of them together."""

import contextlib
import os
from collections.abc import Iterator
from typing import NamedTuple

from tfvgan.serving.server.refusal import RESOURCE_EXHAUSTED, Refusal

MB = 2**20


class Limits(NamedTuple):
    """How much is taken on.

    Attributes:
        body: MB of one request's body, after it was unpacked.
        answer: MB of one answer.
        held: MB of all bodies and answers that are held at once.
        queue: requests that may wait for one model.
        connections: connections that are open at once.
        seconds: how long a request may compute; it may wait four times as long.
        slow: seconds that a connection may take to say what it asks for, or stand still.
        memory: MB that the process of a model, or of a clip on the page, may take for data.
        at_once: models that compute at the same time.
        upload: MB of a clip on the page.
        job_seconds: how long a clip on the page may take.
        jobs: clips on the page that may wait; one is done at a time.
        kept: seconds that a clip on the page is kept after it is done.
    """

    body: float = 64.0
    answer: float = 256.0
    held: float = 1024.0
    queue: int = 256
    connections: int = 400
    seconds: float = 30.0
    slow: float = 20.0
    memory: float = 4096.0
    at_once: int = os.cpu_count() or 1
    upload: float = 512.0
    job_seconds: float = 900.0
    jobs: int = 8
    kept: float = 1800.0

    def check(self) -> "Limits":
        """Returns the limits.

        Raises:
            ValueError: when one of them is not above 0.
        """
        for name, value in self._asdict().items():
            if not value > 0:
                raise ValueError(f"The limit `{name}` must be above 0, but is {value!r}.")
        return self


class Held:
    """The bytes of all requests and answers that are held at once.

    Args:
        most: MB that may be.
    """

    def __init__(self, most: float):
        self.most, self.now = most, 0

    @contextlib.contextmanager
    def share(self) -> Iterator["Share"]:
        """Yields a `Share`, which is given back at the end."""
        share = Share(self)
        try:
            yield share
        finally:
            share.give_back()


class Share:
    """What one request holds.

    Args:
        held: what all hold.
    """

    def __init__(self, held: Held):
        self._held, self.size = held, 0

    def take(self, count: int) -> None:
        """Takes more bytes.

        Raises:
            Refusal: when all would hold too many.
        """
        if self._held.now + count > self._held.most * MB:
            raise Refusal(
                RESOURCE_EXHAUSTED,
                f"Requests and answers of {self._held.most:g} MB are held already: ask again when "
                "others are done.",
                503,
            )
        self._held.now += count
        self.size += count

    def give_back(self) -> None:
        """Gives all of it back."""
        self._held.now -= self.size
        self.size = 0
