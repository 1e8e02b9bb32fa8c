"""HTTP as uvicorn speaks it, with an end to what a slow client can make it wait for and keep in memory."""

import json
from dataclasses import dataclass
from http import HTTPStatus
from math import ceil
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LOOKS = 4
"""How often a connection is looked at within the shorter of its limits.

Time is counted by looks: a server that was held up itself looks once, and finds what came meanwhile.
"""
HEADERS = 16_000
"""Bytes of a request's head beside its address."""
LEAST_TAKEN = 65_536
"""Bytes of an answer that a client must take in its seconds, if it has not taken all."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds for a client to send a head and to take a part of an answer, and bytes of an address."""

    head_seconds: float
    url_bytes: int
    part_seconds: float

    @property
    def head_bytes(self) -> int:
        """Of a head. More may come, but no more than is read at once."""
        return self.url_bytes + HEADERS


class TimedProtocol(HttpToolsProtocol):
    """Cuts connections that send or take too slowly; uvicorn itself waits for ever.

    The body of a request is left to the application for as long as it wants one.
    """

    def __init__(self, *args: Any, limits: Limits, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._limits = limits
        self.url = b""
        self._interval = min(limits.head_seconds, limits.part_seconds) / LOOKS
        # Looks since the client owes a head; None while it may take its time or a request is answered.
        self._owed: int | None = None
        self._reads_head = True
        # Bytes that came since the last of a body: heads, and what else may stand around bodies.
        self._head_bytes = 0
        # Bytes that are to be sent, and looks since there were that many, or almost.
        self._unsent, self._stuck = 0, 0
        self._is_refused = False

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._owed = 0
        self.loop.call_later(self._interval, self._look)

    def data_received(self, data: bytes) -> None:
        if self._is_refused:
            return
        if self._owed is None and self._is_answered:
            self._owed = 0
        self._head_bytes += len(data)
        super().data_received(data)
        if self._head_bytes > self._limits.head_bytes and not self.transport.is_closing():
            is_address = len(self.url) > self._limits.url_bytes
            self._refuse(414 if is_address else 431, f"send at most {self._limits.head_bytes} bytes")

    def on_message_begin(self) -> None:
        self._reads_head = True
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._owed, self._head_bytes, self._reads_head = None, 0, False
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._head_bytes = 0
        super().on_body(body)

    @property
    def _is_answered(self) -> bool:
        """Whether no request is to be answered."""
        return self.cycle is None or self.cycle.response_complete

    def _look(self) -> None:
        """Cut the connection if the client is too slow, else look again later."""
        if self.parser is None:
            return  # the connection is lost
        is_late = self._is_late()
        if self._takes_nothing() or (is_late and self._is_refused):
            self.transport.abort()
            return
        if is_late and self._head_bytes:
            self._refuse(408, f"send it within {self._limits.head_seconds:g} seconds")
        elif is_late:
            self.transport.close()  # it was opened ahead, as browsers do, and was not needed
        self.loop.call_later(self._interval, self._look)

    def _is_late(self) -> bool:
        """Whether a head is owed for too long. What is not read for now may have come in time."""
        if self._owed is None or self.flow.read_paused or self.transport.is_closing():
            return False
        self._owed += 1
        return self._owed > ceil(self._limits.head_seconds / self._interval)

    def _takes_nothing(self) -> bool:
        """Whether the client takes too little of what is to be sent."""
        unsent = self.transport.get_write_buffer_size()
        if unsent == 0 or unsent > self._unsent or unsent <= self._unsent - LEAST_TAKEN:
            self._unsent, self._stuck = unsent, 0
        self._stuck += 1
        return unsent > 0 and self._stuck > ceil(self._limits.part_seconds / self._interval)

    def _refuse(self, status: int, way_out: str) -> None:
        """Answer what is no request yet, and hear nothing more.

        The connection stays open for a while: closed at once, it would take the answer back.
        """
        self._is_refused, self._owed = True, 0
        if self._reads_head and self._is_answered:
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
