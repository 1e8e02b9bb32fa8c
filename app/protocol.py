"""HTTP as uvicorn speaks it, with an end to what a slow client can make it wait for and keep in memory."""

import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LOOKS = 4
"""How often a connection is looked at within the shortest of its limits."""
LEAST_TAKEN = 65_536
"""Bytes of an answer that a client must take within its seconds, if it has not taken all."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds for a client to send a head and to take a part of an answer, and bytes of a head.

    A head is cut when a whole packet more than `head_bytes` came and it has not ended.
    """

    head_seconds: float
    head_bytes: int
    part_seconds: float


class TimedProtocol(HttpToolsProtocol):
    """Cuts connections that send or take too slowly; uvicorn itself waits for ever.

    The body of a request is left to the application for as long as it wants one.
    """

    def __init__(self, *args: Any, limits: Limits, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._limits = limits
        self._interval = min(limits.head_seconds, limits.part_seconds) / LOOKS
        # Since when the client owes a head; None while it may take its time or a request is answered.
        self._head_since: float | None = None
        self._reads_head = True
        # Bytes that came since the last of a body: heads, and what else may stand around bodies.
        self._head_bytes = 0
        # What is to be sent and since when so much of it, or almost.
        self._unsent, self._unsent_since = 0, 0.0
        self._is_refused = False

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._head_since = self.loop.time()
        self.loop.call_later(self._interval, self._look)

    def data_received(self, data: bytes) -> None:
        if self._is_refused:
            return
        if self._head_since is None and (self.cycle is None or self.cycle.response_complete):
            self._head_since = self.loop.time()
        self._head_bytes += len(data)
        super().data_received(data)
        if self._head_bytes > self._limits.head_bytes and not self.transport.is_closing():
            self._refuse(431 if self.headers else 414, f"send at most {self._limits.head_bytes} bytes")

    def on_message_begin(self) -> None:
        self._reads_head = True
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._head_since, self._head_bytes, self._reads_head = None, 0, False
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._head_bytes = 0
        super().on_body(body)

    def _look(self) -> None:
        """Cut the connection if the client is too slow, else look again later."""
        if self.parser is None:
            return  # the connection is lost
        now = self.loop.time()
        if self._takes_nothing(now) or (self._is_refused and self._is_late(now)):
            self.transport.abort()
            return
        if self._is_late(now) and not self.transport.is_closing():
            if self._head_bytes:
                self._refuse(408, f"send it within {self._limits.head_seconds:g} seconds")
            else:
                self.transport.close()  # it was opened ahead, as browsers do, and was not needed
        self.loop.call_later(self._interval, self._look)

    def _is_late(self, now: float) -> bool:
        """Whether a head is owed for too long. What is not read for now may have come in time."""
        since = self._head_since
        return since is not None and not self.flow.read_paused and now - since > self._limits.head_seconds

    def _takes_nothing(self, now: float) -> bool:
        """Whether the client takes too little of what is to be sent."""
        unsent = self.transport.get_write_buffer_size()
        if unsent == 0 or unsent > self._unsent or unsent <= self._unsent - LEAST_TAKEN:
            self._unsent, self._unsent_since = unsent, now
        return unsent > 0 and now - self._unsent_since > self._limits.part_seconds

    def _refuse(self, status: int, way_out: str) -> None:
        """Answer what is no request yet, and hear nothing more.

        The connection stays open for a while: closed at once, it would take the answer back.
        """
        self._is_refused, self._head_since = True, self.loop.time()
        if self._reads_head and (self.cycle is None or self.cycle.response_complete):
            self.transport.write(_answer(status, way_out))
            self.transport.write_eof()
        else:
            self.transport.abort()


def _answer(status: int, way_out: str) -> bytes:
    """A problem document as the application makes them, which is not asked here."""
    phrase = HTTPStatus(status).phrase
    problem = {
        "type": "urn:jianyan:problem:http",
        "title": phrase,
        "status": status,
        "detail": f"the head of the request is too long or too slow; {way_out}",
        "instance": "",
        "errors": [],
    }
    body = json.dumps(problem).encode()
    head = (
        f"HTTP/1.1 {status} {phrase}\r\nContent-Type: application/problem+json\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + body
