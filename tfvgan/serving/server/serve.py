"""A server of a folder of models, with the interfaces of TensorFlow Serving."""

import asyncio
import contextlib
import importlib.util
import os
import signal
import socket
from collections.abc import Callable

from tfvgan.serving.server.folders import Labels, model_folders
from tfvgan.serving.server.limits import Held, Limits
from tfvgan.serving.server.metrics import Counts
from tfvgan.serving.server.models import Models
from tfvgan.serving.server.room import check_room
from tfvgan.serving.server.tidy import take_few_arenas

HOST, PORT, GRPC_PORT = "127.0.0.1", 8501, 8500
NEEDED, NEEDED_FOR_GRPC = ("starlette", "uvicorn"), ("grpc", "tensorflow_serving")


class Listening:
    """A server that listens.

    Args:
        host: name or number.
        port: of HTTP.
        grpc_port: of gRPC, or None.
        stop: function that ends the server soon, and may be called from any thread.
    """

    def __init__(self, host: str, port: int, grpc_port: int | None, stop: Callable[[], None]):
        self.host, self.port, self.grpc_port, self.stop = host, port, grpc_port, stop

    @property
    def url(self) -> str:
        """Returns the address of HTTP."""
        return f"http://{_bracketed(self.host)}:{self.port}"


def serve_folder(
    folder: str | os.PathLike,
    host: str = HOST,
    port: int = PORT,
    grpc_port: int | None = GRPC_PORT,
    names: list[str] | None = None,
    labels: Labels | None = None,
    lazy: bool = False,
    limits: Limits | None = None,
    ready: Callable[[Listening], None] = lambda listening: None,
    told: Callable[[str], None] = print,
) -> None:
    """Serves the models of a folder until it is asked to end, by Ctrl-C or SIGTERM.

    Each model has a process of its own. New versions are loaded when they appear, and old ones go
    when the new answer.

    Args:
        folder: of models; see `folders.model_folders`.
        host: where to listen; by default on this machine alone.
        port: of HTTP; 0 for any.
        grpc_port: of gRPC; 0 for any, None for none.
        names: of the models that are served; None for all.
        labels: versions by model and label.
        lazy: whether a model is loaded when it is first asked for.
        limits: of what is taken on; None for the usual ones.
        ready: function that is called with a `Listening`, once the server listens.
        told: function that is called with what becomes of models, a line each.

    Raises:
        ValueError: when there is no such folder or model, a port is taken, or there is not enough
            memory.
    """
    limits = (limits or Limits()).check()
    if lacking := _lacking(NEEDED):
        raise ValueError(f"A server needs {lacking}: run `pip install tfvgan[serving]`.")
    if grpc_port is not None and (lacking := _lacking(NEEDED_FOR_GRPC)):
        raise ValueError(
            f"gRPC needs {lacking}, which is there for TensorFlow 2.17 alone: install it by `pip "
            "install tfvgan[serving]`, or serve without gRPC (--grpc-port none)."
        )
    found = model_folders(folder)
    unknown = [name for name in names or () if name not in found]
    if unknown or not found:
        known = ", ".join(found) or "none"
        what = f"no model {unknown[0]!r}" if unknown else "no model"
        raise ValueError(
            f"There is {what} in `{folder}`, which has {known}: a model is a folder with numbered "
            "versions, as `tfvgan export` writes them."
        )
    if not lazy:
        check_room(len(names or found))
    take_few_arenas()
    models = (folder, limits, names, labels, lazy)
    with _bound(host, port) as listening:
        asyncio.run(_serve(models, listening, host, grpc_port, ready, told))


async def _serve(given, listening, host, grpc_port, ready, told):
    from tfvgan.serving.server.app import make_app
    from tfvgan.serving.server.connections import make_server
    from tfvgan.serving.server.jobs import Jobs
    from tfvgan.serving.server.page import page_routes

    models, counts = Models(*given), Counts()
    held = Held(models.limits.held)
    jobs = Jobs(models)
    routes = [*page_routes(), *jobs.routes]
    server = make_server(make_app(models, held, counts, routes), models.limits)
    loop = asyncio.get_running_loop()

    def end():
        if not server.should_exit:
            told("It ends once all who asked have their answers.")
        server.stop()

    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(ValueError, RuntimeError):  # In a thread nobody can listen.
            loop.add_signal_handler(number, end)
    async with contextlib.AsyncExitStack() as stack:
        if grpc_port is not None:
            grpc_port = await _begin_grpc(stack, models, held, counts, host, grpc_port)
        stack.push_async_callback(models.close)
        await stack.enter_async_context(jobs)
        await models.look()
        for work in (models.watch(), _tell(models, told)):
            stack.push_async_callback(_end, asyncio.create_task(work))

        def stop():
            loop.call_soon_threadsafe(end)

        ready(Listening(host, listening.getsockname()[1], grpc_port, stop))
        await server.serve(sockets=[listening])


async def _begin_grpc(stack, models, held, counts, host, port):
    """Returns the port at which gRPC is answered until the stack ends."""
    from tfvgan.serving.server.grpc_api import GrpcApi, start_grpc

    api = GrpcApi(models, held, counts)
    server, port = await start_grpc(api, f"{_bracketed(host)}:{port}")
    stack.push_async_callback(server.stop, 1.0)
    return port


async def _end(task):
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def _tell(models, told):
    """Tells what becomes of the models, as it happens."""
    states = {}
    while True:
        for version in models.versions:
            now = version.state, version.error
            if states.get((version.model, version.number)) != now:
                states[version.model, version.number] = now
                why = f": {version.error}" if version.error else ""
                told(f"{version.model} {version.number} {version.state}{why}")
        await asyncio.sleep(0.2)


@contextlib.contextmanager
def _bound(host, port):
    """Yields a socket that is bound to an address."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as error:
        raise ValueError(f"`{host}` is no address of this machine ({error}).") from None
    with socket.socket(family, kind) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind(address)
        except OSError as error:
            raise ValueError(
                f"Port {port} of {host} can't be listened on ({error.strerror}): name another "
                "(--port), or end what listens there."
            ) from None
        yield listening


def speaks_grpc() -> bool:
    """Returns whether the packages that gRPC needs are there."""
    return not _lacking(NEEDED_FOR_GRPC)


def _bracketed(host):
    return f"[{host}]" if ":" in host else host


def _lacking(names):
    """Returns which of these packages are not there, for a sentence."""
    return " and ".join(name for name in names if importlib.util.find_spec(name) is None)
