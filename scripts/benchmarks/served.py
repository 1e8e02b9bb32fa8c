"""What the benchmark serves: the application as ever, and beside it an answer that costs nothing to make.

uvicorn --factory scripts.benchmarks.served:create. Whoever PUTs bytes to REFERENCE gets them from there, and
from the other addresses below.
"""

from fastapi import APIRouter, FastAPI, Request, Response
from starlette.types import ASGIApp, Receive, Scope, Send

REFERENCE = "/reference"
"""Passes all middleware, as every route does."""

TAGGED = "/api/v1/reference"
"""Gets an ETag too, as all that is below this path: one look at the data's version."""

BARE = "/bare"
"""Passes no middleware."""


def create() -> ASGIApp:
    from app.asgi import app  # here: its log and its database are the environment's, as a server has them

    stored, bare = Stored(), FastAPI(openapi_url=None)
    app.include_router(_answering(stored, REFERENCE, TAGGED), include_in_schema=False)
    bare.include_router(_answering(stored, BARE))
    return Beside(app, bare)


class Stored:
    """The answer of all the addresses."""

    body = b""


class Beside:
    """Hands requests to BARE to another application."""

    def __init__(self, app: ASGIApp, bare: ASGIApp) -> None:
        self.app, self.bare = app, bare

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_bare = scope["type"] == "http" and scope["path"] == BARE
        await (self.bare if is_bare else self.app)(scope, receive, send)


def _answering(stored: Stored, *paths: str) -> APIRouter:
    router = APIRouter()

    async def answer() -> Response:
        return Response(stored.body, media_type="application/json")

    async def store(request: Request) -> None:
        stored.body = await request.body()

    for path in paths:
        router.add_api_route(path, answer, methods=["GET"])
        router.add_api_route(path, store, methods=["PUT"])
    return router
