"""What every answer tells browsers: to take it for what it says it is, and to run nothing in it."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    # Else some look into the bytes, find a page in a text and run it.
    "X-Content-Type-Options": "nosniff",
    # An answer that is opened by itself loads and runs nothing, and no other page frames it.
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
    # Where a link in an article leads to learns nothing of what was asked here.
    "Referrer-Policy": "no-referrer",
}


class ForBrowsers:
    """Gives each answer HEADERS, where it does not say something else itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def say(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, say)
