"""Pages of any origin may read (CORS), and none may write."""

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

READS = ("GET", "HEAD", "OPTIONS")


class OpenReads(CORSMiddleware):
    """Starlette's, for reads alone."""

    def __init__(self, app: ASGIApp) -> None:
        super().__init__(
            app,
            allow_origins=["*"],
            allow_methods=READS,
            allow_headers=["If-None-Match", "X-Request-ID"],
            expose_headers=["ETag", "Link", "Content-Disposition", "Retry-After", "X-Request-ID"],
            max_age=86400,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in READS:
            await self.app(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)

    def preflight_response(self, request_headers: Headers) -> Response:
        """What is open: the browser refuses the rest, which Starlette would answer with a plain text."""
        return Response(status_code=204, headers=self.preflight_headers)
