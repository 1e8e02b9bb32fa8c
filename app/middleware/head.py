"""HEAD wherever there is GET: the same headers, no body."""

from starlette.types import ASGIApp, Receive, Scope, Send

from app.middleware.shortened import Shortened


class HeadAsGet:
    """Asks the application for what GET would answer, and sends its headers only."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return
        answer = Shortened({**scope, "method": "GET"}, receive, send)
        answer.is_cut = True
        await self.app(answer.scope, answer.receive, answer.send)
