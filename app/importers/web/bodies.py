"""The body of an answer, within a limit, also where it comes compressed although we asked it not to."""

import zlib
from collections.abc import Callable

import httpx

from app.errors import SourceError
from app.importers.options import amount

GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS  # told apart by zlib from how they begin
GZIP = b"\x1f\x8b"
"""How a member of gzip begins, of which there may be several."""

Unpack = Callable[[bytes, int], bytes]
"""From the next bytes that came to those they stand for, at most so many."""


async def body_of(response: httpx.Response, name: str, most: int) -> bytes:
    """All of it. Raises SourceError under `name` for more than `most` bytes, and httpx.HTTPError."""
    unpack, is_whole = _unpacking(response.headers.get("content-encoding", "identity").strip().lower(), name)
    data = bytearray()
    came = 0
    try:
        async for chunk in response.aiter_raw():
            came += len(chunk)
            data += unpack(chunk, most + 1 - len(data))
            if max(came, len(data)) > most:
                raise SourceError(name, f"is longer than {amount(most)}; give its text in a file instead")
    except zlib.error as error:
        raise SourceError(name, "came compressed in a way that cannot be undone; try again later") from error
    if not is_whole():
        raise SourceError(name, "broke off before its end; try again later")
    return bytes(data)


def _unpacking(encoding: str, name: str) -> tuple[Unpack, Callable[[], bool]]:
    """What unpacks, and what tells at the end whether all came."""
    if encoding in ("", "identity"):
        return (lambda chunk, most: chunk), (lambda: True)
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise SourceError(name, f"came compressed as {encoding} although asked not to; save it as a file")
    unpacking = Unpacking()
    return unpacking.next, lambda: unpacking.is_whole


class Unpacking:
    """One member of gzip after the other, or one of zlib; what else comes behind them is passed over."""

    def __init__(self) -> None:
        self._unpacker = zlib.decompressobj(GZIP_OR_ZLIB)
        self._behind = b""

    @property
    def is_whole(self) -> bool:
        return self._unpacker.eof

    def next(self, chunk: bytes, most: int) -> bytes:
        """What the next bytes stand for, at most so many. Raises zlib.error."""
        found = b""
        while len(found) < most:
            if self._unpacker.eof:
                # The two bytes by which another member is known may come apart.
                self._behind = (self._behind + chunk) if len(self._behind) < len(GZIP) else self._behind[:2]
                if not self._behind.startswith(GZIP):
                    break
                chunk, self._behind = self._behind, b""
                self._unpacker = zlib.decompressobj(GZIP_OR_ZLIB)
            found += self._unpacker.decompress(chunk, most - len(found))
            chunk = self._unpacker.unused_data
            if not self._unpacker.eof:
                break
        return found
