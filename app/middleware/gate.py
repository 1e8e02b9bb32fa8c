"""What is refused before anything is done for it."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from app.middleware.failures import Answer

Check = Callable[[Scope], None]
"""Raises for a request that is to be refused."""


class Gate:
    """Lets through what passes the check; `answer` makes the answer to what the check raises."""

    def __init__(self, app: ASGIApp, check: Check, answer: Answer) -> None:
        self.app = app
        self.check = check
        self.answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            try:
                self.check(scope)
            except Exception as error:
                response = await self.answer(Request(scope), error)
                await response(scope, receive, send)
                return
        await self.app(scope, receive, send)
