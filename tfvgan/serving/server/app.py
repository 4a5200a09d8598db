"""All that a server answers by HTTP: the REST API, and metrics."""

import sys
import traceback
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from tfvgan.serving.json_format import write_error
from tfvgan.serving.server.limits import Held
from tfvgan.serving.server.metrics import Counts, family
from tfvgan.serving.server.models import Models
from tfvgan.serving.server.process import resident
from tfvgan.serving.server.refusal import PERMISSION_DENIED, Refusal
from tfvgan.serving.server.rest import JSON, RestApi, path_of, refusal_response
from tfvgan.serving.server.version import AVAILABLE

PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"


def make_app(
    models: Models, held: Held, counts: Counts, routes: Sequence[BaseRoute] = ()
) -> "Guarded":
    """Returns the ASGI application of a server.

    Args:
        models: that it has.
        held: what all requests hold.
        counts: of them.
        routes: further ones of starlette.
    """

    async def metrics(request: Request) -> Response:
        lines = [*counts.lines(), *_measured(models, held)]
        return PlainTextResponse("\n".join(lines) + "\n", media_type=PROMETHEUS)

    own = [
        Route("/metrics", metrics),
        Route("/monitoring/prometheus/metrics", metrics),  # As TensorFlow Serving has it.
        *routes,
    ]
    inner = Starlette(routes=own, exception_handlers={404: _not_found, 405: _not_found})
    return Guarded(RestApi(models, held, counts), inner)


class Guarded:
    """An ASGI application that answers nothing that another site's page sends, and never fails.

    Args:
        api: what answers below /v1.
        others: what answers elsewhere.
    """

    def __init__(self, api: Any, others: Any):
        self._api, self._others = api, others

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answers a request."""
        begun = False

        async def sending(message):
            nonlocal begun
            begun = True
            await send(message)

        try:
            answer = self._refused(Request(scope)) or self._part(scope)
            await answer(scope, receive, sending)
        except Exception:
            traceback.print_exc(file=sys.stderr)
            if begun:
                raise
            failed = Response(write_error("The server failed."), 500, media_type=JSON)
            await failed(scope, receive, send)

    def _part(self, scope):
        path = path_of(scope).lower()
        return self._api if path == "/v1" or path.startswith("/v1/") else self._others

    def _refused(self, request):
        """Returns the answer to a page of another site, which browsers let send what it likes.

        Most browsers say themselves whether it is, whatever name a proxy has for this server.
        """
        origin, site = (request.headers.get(name) for name in ("origin", "sec-fetch-site"))
        own = origin is None or urlsplit(origin).netloc == request.headers.get("host")
        if site is not None:
            own = site in ("same-origin", "none")
        if own or request.method in ("GET", "HEAD"):
            return None
        return refusal_response(
            Refusal(
                PERMISSION_DENIED,
                "A page of another site asks, which is not answered: open the server's own, and "
                "have a proxy hand on the header Host.",
            )
        )


async def _not_found(request: Request, error: Any) -> Response:
    body = write_error(f"There is nothing at {request.url.path[:200]} for {request.method}.")
    return Response(body, status_code=error.status_code, media_type=JSON)


def _measured(models, held):
    """Yields the lines of what is measured at the moment."""
    of_versions = (
        (
            "available",
            "gauge",
            "Whether a version answers.",
            lambda one: int(one.state == AVAILABLE),
        ),
        ("waiting", "gauge", "Requests that came and have no answer.", lambda one: one.waiting),
        (
            "resident_bytes",
            "gauge",
            "Memory that the process of a version holds.",
            lambda one: one.memory,
        ),
        (
            "restarts_total",
            "counter",
            "How often the process of a version was started anew.",
            lambda one: one.restarts,
        ),
        (
            "renewals_total",
            "counter",
            "How often the process of a version, nearly full, gave way to a new one.",
            lambda one: one.renewals,
        ),
    )
    for name, kind, meaning, value in of_versions:
        samples = [
            ({"model": one.model, "version": str(one.number)}, value(one))
            for one in models.versions
        ]
        yield from family(f"tfvgan_model_{name}", kind, meaning, samples)
    of_all = (
        ("held_bytes", "Bodies of requests and answers that are held.", held.now),
        ("server_resident_bytes", "Memory that the server itself holds.", resident()),
    )
    for name, meaning, value in of_all:
        yield from family(f"tfvgan_{name}", "gauge", meaning, [({}, value)])
