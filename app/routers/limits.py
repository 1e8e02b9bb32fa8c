"""How long a request's body may be."""

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 4_000_000
"""The longest article there may be, each character written as \\uXXXX."""


class BodyLimit:
    """Refuses a longer body with 413, before it is read where its length is said.

    FastAPI's own limit does so too, but answers with plain text, whatever the handlers of errors would say.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # Nobody keeps the body of a read; to refuse it while a file is sent already would cut the file.
        if scope["type"] != "http" or scope["method"] == "GET":
            await self.app(scope, receive, send)
            return
        # Servers refuse what is no number.
        said = int(Headers(scope=scope).get("content-length", "0"))
        read = 0

        async def receive_some() -> Message:
            nonlocal read
            _refuse_beyond_limit(said)
            message = await receive()
            read += len(message.get("body", b""))
            _refuse_beyond_limit(read)
            return message

        await self.app(scope, receive_some, send)


def _refuse_beyond_limit(size: int) -> None:
    if size > MOST_BYTES:
        raise HTTPException(413, f"the body is longer than {MOST_BYTES} bytes; send a shorter text")
