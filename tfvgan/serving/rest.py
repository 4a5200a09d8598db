"""A way to a server by REST, with Python's own library."""

import gzip
import http.client
import json
import threading
from urllib.parse import quote, urlsplit

import numpy as np
from tensorflow import dtypes

from tfvgan.serving.asking import PREDICTS, ToldSignature, Unanswered, is_near
from tfvgan.serving.json_format import read_response, write_request

AGAIN = (408, 429, 502, 503, 504)  # Statuses after which another try may be answered.
NO_HTTP = "what comes from there is no HTTP, as at a port of gRPC"
SMALL = 1 << 10  # Bytes that are not worth compressing.


class RestTransport:
    """Asks a server by HTTP; a connection stays open. It is a `Transport`.

    Args:
        url: such as "http://localhost:8501"; what follows the host is put before /v1.
        timeout: seconds until a request counts as unanswered.
        compress: whether bodies go and come by gzip. Pictures in files hardly become smaller.

    Raises:
        ValueError: when that is no such address.
    """

    arrays = False

    def __init__(self, url: str, timeout: float, compress: bool = False):
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(
                f"A server's address must be like http://localhost:8501, but is {url!r}."
            )
        self.place, self.timeout, self.compress = url, timeout, compress
        self._host, self._secure = parts.netloc.rpartition("@")[2], parts.scheme == "https"
        self.near = is_near(parts.hostname) and not compress
        self._base = parts.path.rstrip("/")
        self._connection: http.client.HTTPConnection | None = None
        self._turn = threading.Lock()

    def signatures(self, model: str) -> tuple[int, dict[str, ToldSignature]]:
        """Returns the version of a model that answers, and its signatures by name.

        Raises:
            Unanswered: when another try may be answered.
            ValueError: when there is no such model.
        """
        content = json.loads(self._ask("GET", f"{_path(model)}/metadata"))
        try:
            version = int(content["model_spec"]["version"])
            told = content["metadata"]["signature_def"]["signature_def"]
            told = {k: each for k, each in told.items() if each["method_name"] == PREDICTS}
            return version, {name: _signature(each) for name, each in told.items()}
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(
                f"{self.place} should tell the signatures of {model}, as TensorFlow Serving does, "
                f"but does not ({error!r}): look what runs there."
            ) from error

    def predict(
        self, model: str, signature: str, inputs: dict[str, np.ndarray], told: ToldSignature
    ) -> dict[str, np.ndarray]:
        """Returns the outputs of a signature by name.

        Raises:
            Unanswered: when another try may be answered.
            ValueError: when the server refuses, or its answer is none of this signature.
        """
        body = write_request(inputs, signature)
        return read_response(self._ask("POST", f"{_path(model)}:predict", body), told.outputs)

    def close(self) -> None:
        """Lets go of the connection."""
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def _ask(self, method, path, body=None):
        """Returns the body of an answer."""
        headers = {"Content-Type": "application/json"} if body else {}
        if self.compress:
            headers["Accept-Encoding"] = "gzip"
            if body and len(body) > SMALL:
                headers["Content-Encoding"], body = "gzip", gzip.compress(body, 1)
        with self._turn:
            try:
                response = self._respond(method, self._base + path, body, headers)
                content = response.read()
            except (OSError, http.client.HTTPException) as error:
                self.close()
                why = NO_HTTP if type(error) is http.client.BadStatusLine else str(error)
                raise Unanswered(why or type(error).__name__) from error
        if response.headers.get("Content-Encoding") == "gzip":
            content = gzip.decompress(content)
        if response.status in AGAIN:
            wait = response.headers.get("Retry-After", "")
            raise Unanswered(_reason(content), float(wait) if wait.isdecimal() else None)
        if response.status != 200:
            raise ValueError(f"The server at {self.place} refuses: {_reason(content)}")
        return content

    def _respond(self, method, path, body, headers):
        """Returns a response; a connection that the server has closed meanwhile is opened anew."""
        kept = self._connection is not None
        if not kept:
            kind = http.client.HTTPSConnection if self._secure else http.client.HTTPConnection
            self._connection = kind(self._host, timeout=self.timeout)
        try:
            self._connection.request(method, path, body, headers)
            return self._connection.getresponse()
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            self.close()
            if not kept:
                raise
            return self._respond(method, path, body, headers)


def _path(model):
    return f"/v1/models/{quote(model, safe='')}"


def _signature(content):
    return ToldSignature(*(_dtypes(content[key]) for key in ("inputs", "outputs")))


def _dtypes(tensors):
    kinds = {name: each["dtype"].removeprefix("DT_").lower() for name, each in tensors.items()}
    return {name: np.dtype(dtypes.as_dtype(kind).as_numpy_dtype) for name, kind in kinds.items()}


def _reason(content):
    """Returns what an answer that is none says of it."""
    try:
        return str(json.loads(content)["error"])
    except (ValueError, KeyError, TypeError):
        return content[:200].decode("utf-8", "replace").strip() or "it does not say why"
