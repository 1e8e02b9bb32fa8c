"""What failed unforeseen: logged with its traceback, answered without it."""

import logging
from collections.abc import Awaitable, Callable

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_logger = logging.getLogger("jianyan.errors")

Answer = Callable[[Request, Exception], Awaitable[Response]]


class Failures:
    """Answers every exception that comes this far.

    Inside all others, and not left to the framework, whose place is outside of them: so the answer
    passes through them as any does, and the server does not log the same once more in many lines.
    """

    def __init__(self, app: ASGIApp, answer: Answer) -> None:
        self.app = app
        self.answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
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
