"""ETag and If-None-Match: an answer that cannot have changed is not made again."""

import re
from collections.abc import Awaitable, Callable
from hashlib import sha256

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.middleware.shortened import Shortened

Version = Callable[[Scope], Awaitable[str | None]]
"""From a request to the version of all that its answer is made of; None where there is none."""

_TAG = re.compile(r'(?:W/)?("[^"]*")')


class ConditionalGets:
    """Gives each 200 to a GET below `prefix` an ETag, and answers 304 to whoever has that one.

    The tag is weak: it says that the data is the same, while the bytes may be compressed or not. The
    version is read before the data, so an answer may be newer than its tag and never older: what was
    written in between costs one answer too many, not a stale one.
    """

    def __init__(self, app: ASGIApp, prefix: str, version: Version) -> None:
        self.app = app
        self.prefix = prefix
        self.version = version

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self._is_meant(scope):
            await self.app(scope, receive, send)
            return
        version = await self.version(scope)
        if version is None:
            await self.app(scope, receive, send)
            return
        tag = _tag(version, scope)
        known = Headers(scope=scope).getlist("if-none-match")
        if any(tag.endswith(each) for header in known for each in _TAG.findall(header)):
            await _not_modified(tag)(scope, receive, send)
        elif any(header.strip() == "*" for header in known):
            answer = Shortened(scope, receive, send)
            await self.app(answer.scope, answer.receive, _OnlyNews(answer, tag).send)
        else:
            await self.app(scope, receive, _Tagged(send, tag).send)

    def _is_meant(self, scope: Scope) -> bool:
        return bool(
            scope["type"] == "http" and scope["method"] == "GET" and scope["path"].startswith(self.prefix)
        )


class _Tagged:
    """Sends an answer on, with its tag if it is a 200."""

    def __init__(self, send: Send, tag: str) -> None:
        self._send, self._tag = send, tag

    async def send(self, message: Message) -> None:
        if _is_found(message):
            _describe(MutableHeaders(scope=message), self._tag)
        await self._send(message)


class _OnlyNews:
    """Sends 304 in place of a 200 to a client that has any answer (`*`), which only now is known to exist."""

    def __init__(self, answer: Shortened, tag: str) -> None:
        self._answer, self._tag = answer, tag

    async def send(self, message: Message) -> None:
        if _is_found(message):
            # The rest must not come as empty parts: what compresses them would make something of them.
            self._answer.is_cut = True
            message = {**message, "status": 304, "headers": _not_modified(self._tag).raw_headers}
        await self._answer.send(message)


def _is_found(message: Message) -> bool:
    return bool(message["type"] == "http.response.start" and message["status"] == 200)


def _tag(version: str, scope: Scope) -> str:
    """Of the data, the address with its query, and what the client accepts."""
    accepted = ",".join(Headers(scope=scope).getlist("accept"))
    parts = (version, scope["path"], scope["query_string"].decode("latin-1"), accepted)
    return f'W/"{sha256(repr(parts).encode()).hexdigest()[:32]}"'


def _not_modified(tag: str) -> Response:
    response = Response(status_code=304)
    _describe(response.headers, tag)
    response.headers.add_vary_header("Accept-Encoding")  # as the compressed answer would have it
    return response


def _describe(headers: MutableHeaders, tag: str) -> None:
    headers["ETag"] = tag
    # To be kept, and asked for again each time: new articles show at once.
    headers["Cache-Control"] = "no-cache"
    headers.add_vary_header("Accept")
