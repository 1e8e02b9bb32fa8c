"""How long an address and a body may be, how long a body may take, and how often a client may ask."""

from time import monotonic

from anyio import fail_after
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import TooManyError
from app.routers.clients import Buckets, client_of

UNCOUNTED = ("/healthz", "/readyz")
"""Whoever watches the server asks these as often as need be."""


class RequestLimits:
    """Says whether a request is heard at all; `requests_a_minute` of each client, 0 for any number."""

    def __init__(self, url_bytes: int, requests_a_minute: int) -> None:
        self._url_bytes = url_bytes
        self._buckets = Buckets(requests_a_minute) if requests_a_minute else None

    def check(self, scope: Scope) -> None:
        """Raises HTTPException 414 and TooManyError."""
        if (
            self._buckets
            and scope["path"] not in UNCOUNTED
            and (wait := self._buckets.take(client_of(scope)))
        ):
            raise TooManyError("too many requests came from your address", wait)
        query = scope["query_string"]
        if len(scope.get("raw_path") or b"") + len(query) + bool(query) > self._url_bytes:
            raise HTTPException(
                414, f"the address is longer than {self._url_bytes} bytes; filter by fewer or shorter values"
            )


class BodyLimit:
    """Refuses a longer body with 413, before it is read where its length is said, and a slower one with 408.

    FastAPI's own limit does so too, but answers with plain text, whatever the handlers of errors would say.
    """

    def __init__(self, app: ASGIApp, most_bytes: int, seconds: float) -> None:
        self.app = app
        self.most_bytes = most_bytes
        self.seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # Nobody keeps the body of a read; to refuse it while a file is sent already would cut the file.
        if scope["type"] != "http" or scope["method"] == "GET":
            await self.app(scope, receive, send)
        else:
            # Servers refuse a length that is no number.
            said = int(Headers(scope=scope).get("content-length", "0"))
            await self.app(scope, _Body(self, receive, said).receive, send)


class _Body:
    """Reads a body within the limits; its time begins when it is asked for."""

    def __init__(self, limit: BodyLimit, receive: Receive, said: int) -> None:
        self._limit, self._receive, self._said = limit, receive, said
        self._read = 0
        self._deadline: float | None = None
        self._is_whole = False

    async def receive(self) -> Message:
        if self._is_whole:
            return await self._receive()  # which waits for the client to leave
        self._refuse_beyond_limit(self._said)
        message = await self._next()
        self._read += len(message.get("body", b""))
        self._refuse_beyond_limit(self._read)
        self._is_whole = not message.get("more_body", False)
        return message

    async def _next(self) -> Message:
        self._deadline = self._deadline or monotonic() + self._limit.seconds
        try:
            with fail_after(self._deadline - monotonic()):
                return await self._receive()
        except TimeoutError:
            reason = f"the body did not come within {self._limit.seconds:g} seconds; send it faster, or less"
            # The rest of it may still come, and would stand where the next request begins.
            raise HTTPException(408, reason, {"Connection": "close"}) from None

    def _refuse_beyond_limit(self, size: int) -> None:
        if size > self._limit.most_bytes:
            reason = f"the body is longer than {self._limit.most_bytes} bytes; send a shorter text"
            raise HTTPException(413, reason)
