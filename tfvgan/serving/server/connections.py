"""Connections that end when they say nothing: uvicorn itself waits for the first words for ever."""

import asyncio
import contextlib
import functools
from collections.abc import Iterator
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from tfvgan.serving.server.limits import Limits

ENDING = 10  # Seconds that answers may take when the server ends.
HEAD = 2**15  # Bytes of a request before its body.


class PatientConnection(H11Protocol):
    """A connection of HTTP 1.1 that is ended when it stands still.

    That is when it does not say what it asks for, or does not take its answer, for so long. While a
    request is computed nothing is asked of it, and its body has limits of its own.

    Args:
        patience: seconds.
        *given: of uvicorn.
        **named: of uvicorn.
    """

    def __init__(self, patience: float, *given: object, **named: object):
        super().__init__(*given, **named)
        self._patience, self._since, self._left = patience, 0.0, 0
        self._look: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:
        """Begins to look at the clock."""
        super().connection_made(transport)
        self._since = self.loop.time()
        self._look_later()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stops to."""
        if self._look is not None:
            self._look.cancel()
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        """Begins anew: the next request is expected."""
        self._since = self.loop.time()
        super().on_response_complete()

    def _look_later(self):
        self._look = self.loop.call_later(self._patience / 4, self._look_now)

    def _look_now(self):
        if self._stands_still():
            self.transport.abort()
        else:
            self._look_later()

    def _stands_still(self):
        """Returns whether nothing has moved for too long."""
        left, now = self.transport.get_write_buffer_size(), self.loop.time()
        asked = self.cycle is not None and not self.cycle.response_complete
        moved, self._left = left != self._left, left
        if moved or (asked and not left):
            self._since = now
        return now - self._since > self._patience


class Server(uvicorn.Server):
    """A server of uvicorn that leaves signals to whoever runs it."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Captures none."""
        yield

    def stop(self) -> None:
        """Ends the server when all have their answers; asked again, at once."""
        self.force_exit = self.should_exit
        self.should_exit = True


def make_server(app: Any, limits: Limits) -> Server:
    """Returns a server of an ASGI application.

    Args:
        app: the application.
        limits: of connections.
    """

    class Connection(PatientConnection):
        __init__ = functools.partialmethod(PatientConnection.__init__, limits.slow)

    return Server(
        uvicorn.Config(
            app,
            http=Connection,
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="critical",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            limit_concurrency=limits.connections,
            timeout_keep_alive=max(1, int(limits.slow)),
            timeout_graceful_shutdown=ENDING,
            h11_max_incomplete_event_size=HEAD,
            backlog=512,
        )
    )
