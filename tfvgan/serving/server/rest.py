"""TensorFlow Serving's REST API: predictions, metadata and status, as ASGI."""

import json
import time
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from tfvgan.serving.json_format import write_error
from tfvgan.serving.server.bodies import whole_body
from tfvgan.serving.server.limits import Held, Share
from tfvgan.serving.server.metrics import Counts
from tfvgan.serving.server.models import Models
from tfvgan.serving.server.paths import Call, read_path
from tfvgan.serving.server.refusal import INTERNAL, OK, Refusal
from tfvgan.serving.server.signatures import signatures_told
from tfvgan.serving.server.version import END, Version

REST = "REST"
JSON = "application/json"
SOON = {"retry-after": "1"}


class RestApi:
    """An ASGI application that answers what is below /v1.

    Args:
        models: that it has.
        held: what all requests hold.
        counts: of them.
    """

    def __init__(self, models: Models, held: Held, counts: Counts):
        self.models, self._held, self._counts = models, held, counts

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answers a request."""
        request, began = Request(scope, receive), time.monotonic()
        with self._held.share() as share:
            model, code = "", OK
            try:
                asked = read_path(request.method, path_of(scope))
                model = asked.model if asked.model in self.models.folders else ""
                response = Response(await self._answer(asked, request, share), media_type=JSON)
            except Refusal as error:
                code, response = error.code, refusal_response(error)
            except Exception:
                self._counts.add(model, REST, INTERNAL, time.monotonic() - began)
                raise
            self._counts.add(model, REST, code, time.monotonic() - began)
            await response(scope, receive, send)

    async def _answer(self, asked: Call, request: Request, share: Share) -> bytes:
        which = asked.model, asked.number, asked.label
        if asked.what == "status":
            told = [status_told(version) for version in self.models.status(*which)]
            return json.dumps({"model_version_status": told}).encode()
        version = self.models.at(*which)
        if asked.what == "metadata":
            return json.dumps(await self._metadata(version)).encode()
        body = await whole_body(request, self.models.limits, share)

        async def there():
            return not await request.is_disconnected()

        answer = await version.ask("json", body, there)
        share.take(len(answer))
        return answer

    async def _metadata(self, version):
        signatures = signatures_told(await self.models.signatures(version))
        spec = {"name": version.model, "signature_name": "", "version": str(version.number)}
        return {
            "model_spec": spec,
            "metadata": {"signature_def": {"signature_def": signatures}},
        }


def status_told(version: Version) -> dict[str, Any]:
    """Returns the status of a version as JSON has it.

    Args:
        version: of a model.
    """
    failed = version.state == END and version.error
    return {
        "version": str(version.number),
        "state": version.state,
        "status": {
            "error_code": "UNKNOWN" if failed else OK,
            "error_message": version.error if failed else "",
        },
    }


def refusal_response(error: Refusal) -> Response:
    """Returns the response that tells a refusal.

    Args:
        error: the refusal.
    """
    headers = SOON if error.status in (429, 503) else None
    body = write_error(error.message)
    return Response(body, status_code=error.status, media_type=JSON, headers=headers)


def path_of(scope: Any) -> str:
    """Returns the path of a request as it was sent, without what comes after a question mark.

    Args:
        scope: of ASGI.
    """
    return (scope.get("raw_path") or scope["path"].encode()).decode("ascii", "replace")
