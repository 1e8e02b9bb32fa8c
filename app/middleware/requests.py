"""The id of each request, and its line in the access log."""

import logging
import re
from dataclasses import dataclass
from time import perf_counter
from uuid import uuid4

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.logs import request_id

_logger = logging.getLogger("jianyan.access")

HEADER = "X-Request-ID"
MOST_LOGGED = 4_000
"""Characters of an address, and of its query, that the log tells: enough to ask again what anybody asks."""
# Fit to stand in a header, a log and a shell command: UUIDs, trace ids and their like.
_SANE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/+=-]{0,127}")


class RequestLog:
    """Takes a sane X-Request-ID or makes one, answers it, and logs each request when it is answered."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        before = request_id.set(_id_of(scope))
        answer = _Answer(send, str(request_id.get()))
        started = perf_counter()
        try:
            await self.app(scope, receive, answer.send)
        finally:
            _log(scope, answer, perf_counter() - started)
            request_id.reset(before)


@dataclass
class _Answer:
    """Notes what is sent; `status` is None until then, and `complete` tells whether all of it was."""

    onward: Send
    id: str
    status: int | None = None
    bytes: int = 0
    complete: bool = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            MutableHeaders(scope=message)[HEADER] = self.id
        elif message["type"] == "http.response.body":
            self.bytes += len(message.get("body", b""))
            self.complete = not message.get("more_body", False)
        await self.onward(message)


def _id_of(scope: Scope) -> str:
    given = Headers(scope=scope).get(HEADER, "")
    return given if _SANE.fullmatch(given) else uuid4().hex


def _log(scope: Scope, answer: _Answer, seconds: float) -> None:
    client = scope.get("client")
    fields = {
        "method": scope["method"],
        "path": scope["path"][:MOST_LOGGED],
        "query": scope["query_string"][:MOST_LOGGED].decode("latin-1"),
        "status": answer.status,
        "bytes": answer.bytes,
        "complete": answer.complete,
        "seconds": round(seconds, 6),
        "client": client[0] if client else None,
    }
    path, status = fields["path"], answer.status
    _logger.info("%s %s %s", scope["method"], path, status, extra={"fields": fields})
