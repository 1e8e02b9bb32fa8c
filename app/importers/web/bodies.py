"""The body of an answer, within a limit, also where it comes compressed although we asked it not to."""

import zlib
from collections.abc import Callable

import httpx

from app.errors import SourceError
from app.importers.options import amount

GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS  # told apart by zlib from how they begin

Unpack = Callable[[bytes, int], bytes]
"""From the next bytes that came to those they stand for, at most so many."""


async def body_of(response: httpx.Response, name: str, most: int) -> bytes:
    """All of it. Raises SourceError under `name` for more than `most` bytes, and httpx.HTTPError."""
    unpack, is_whole = _unpacking(response.headers.get("content-encoding", "identity").strip().lower(), name)
    data = bytearray()
    try:
        async for chunk in response.aiter_raw():
            data += unpack(chunk, most + 1 - len(data))
            if len(data) > most:
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
    unpacker = zlib.decompressobj(GZIP_OR_ZLIB)
    return unpacker.decompress, lambda: unpacker.eof
