"""The page: files of the package, read once; no name from a request is ever opened."""

from importlib import resources

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

KINDS = {".html": "text/html", ".js": "text/javascript", ".css": "text/css"}
PATHS = {"/": "index.html", "/page/app.js": "app.js", "/page/style.css": "style.css"}
# The page takes nothing from elsewhere, and is shown nowhere else.
SAFE = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; media-src 'self'; connect-src 'self'; form-action 'none'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-cache",
}


def page_routes() -> list[Route]:
    """Returns the routes of the page's files."""
    folder = resources.files("tfvgan.serving.server") / "page"
    return [_route(path, name, (folder / name).read_bytes()) for path, name in PATHS.items()]


def _route(path, name, content):
    kind = KINDS[name[name.rindex(".") :]]

    async def answer(request: Request) -> Response:
        return Response(content, media_type=f"{kind}; charset=utf-8", headers=SAFE)

    return Route(path, answer)
