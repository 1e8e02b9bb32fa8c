"""What failed unforeseen: logged with its traceback, answered without it."""

import logging
import sys
from collections.abc import Awaitable, Callable

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_logger = logging.getLogger("jianyan.errors")

Answer = Callable[[Request, Exception], Awaitable[Response]]


class Failures:
    """Answers every exception that comes this far.

    Inside all others, and not left to the framework, whose place is outside of them: so the answer
    passes through them as any does, and the server does not log the same once more in many lines. That the
    application cannot start is told by the server, in one sentence where the exception is a `foreseen` one.
    """

    def __init__(self, app: ASGIApp, answer: Answer, foreseen: type[Exception]) -> None:
        self.app = app
        self.answer = answer
        self.foreseen = foreseen

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, _Starting(send, self.foreseen).send)
        else:
            await self._answer(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        has_begun = False

        async def note(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            await self.app(scope, receive, note)
        except ClientDisconnect:
            return  # nothing failed, and nobody is there to be answered
        except Exception as error:
            _logger.exception("%s: %s", type(error).__name__, error)
            if has_begun or scope["type"] != "http":
                raise  # so that the server cuts the connection, and no half answer passes for a whole one
            response = await self.answer(Request(scope), error)
            await response(scope, receive, send)


class _Starting:
    """Sends on how the start went, the sentence of a foreseen exception in place of its traceback."""

    def __init__(self, send: Send, foreseen: type[Exception]) -> None:
        self._send, self._foreseen = send, foreseen

    async def send(self, message: Message) -> None:
        error = sys.exc_info()[1]  # which is being handled where this is sent
        if message["type"] == "lifespan.startup.failed" and isinstance(error, self._foreseen):
            message = {**message, "message": str(error)}
        await self._send(message)
