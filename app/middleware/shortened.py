"""Answers that end where their body begins."""

import asyncio

from starlette.types import Message, Receive, Scope, Send


class Shortened:
    """Sends an answer on, without its body if it `is_cut`, and tells whoever streams it that nobody reads.

    The application is to be given its `scope`, `receive` and `send`.
    """

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # Of this version streams listen for the client's leaving; later ones wait for a failing `send`.
        self.scope = {**scope, "asgi": {**scope.get("asgi", {}), "spec_version": "2.3"}}
        self.is_cut = False
        self._receive, self._send = receive, send
        self._asked = False
        self._ended = asyncio.Event()

    async def receive(self) -> Message:
        if not self._asked:
            self._asked = True
            return await self._receive()
        await self._ended.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start" or not self.is_cut:
            await self._send(message)
        elif not self._ended.is_set():
            self._ended.set()
            await self._send({"type": "http.response.body", "body": b"", "more_body": False})
