"""Articles in a stream of bytes: one that is all of it, or one a line; as they are, or compressed.

A stream is never held whole: what is too long is passed over piece by piece.
"""

from collections.abc import Iterator
from gzip import GzipFile
from io import BufferedIOBase
from typing import Protocol

from app.errors import SourceError
from app.importers.options import Options, amount
from app.importers.pieces import Found, Piece
from app.importers.sources.faults import BROKEN, broken
from app.importers.sources.kinds import Kind

CHUNK = 65536
MARK = b"\xef\xbb\xbf"

Known = tuple[tuple[str, str], ...]
"""Validators as a Piece has them."""


class Stream(Protocol):
    """What can be read piece by piece; b"" at the end."""

    def read1(self, size: int, /) -> bytes: ...


class TooMuchError(Exception):
    """Something unpacks to more than it may."""


UNLIMITED = 2**63
"""Bytes for what is not compressed, which is as long as it is."""


class Budget:
    """How many bytes may still be unpacked."""

    def __init__(self, size: int) -> None:
        self.size = self.left = size


class Metered:
    """A stream that raises TooMuchError once it has given more than a budget."""

    def __init__(self, stream: Stream, budget: Budget) -> None:
        self._stream, self._budget = stream, budget

    def read1(self, size: int, /) -> bytes:
        data = self._stream.read1(size)
        self._budget.left -= len(data)
        if self._budget.left < 0:
            raise TooMuchError
        return data


def in_stream(
    stream: BufferedIOBase, name: str, kind: Kind, validators: Known, options: Options, budget: Budget
) -> Iterator[Found]:
    """The articles in a stream of that kind. Raises TooMuchError for what unpacks to more than the budget."""
    metered = Metered(GzipFile(fileobj=stream) if kind.packed else stream, budget)
    if kind.holds == "lines":
        yield from in_lines(metered, name, kind.format, validators, options)
    else:
        yield whole(metered, name, kind.format, validators, options)


def whole(stream: Stream, name: str, format: str, validators: Known, options: Options) -> Found:
    """The article that is all of a stream. Raises TooMuchError."""
    data = bytearray()
    try:
        while chunk := stream.read1(CHUNK):
            data += chunk
            if len(data) > options.most_bytes:
                return SourceError(name, too_long(options))
    except BROKEN as error:
        return SourceError(name, broken(error))
    if not data:
        return SourceError(name, "is empty; an article needs words")
    return Piece(name, format, data=bytes(data), validators=validators)


def in_lines(stream: Stream, name: str, format: str, validators: Known, options: Options) -> Iterator[Found]:
    """The article in each line, blank ones apart; an error in place of a line that is too long.

    What comes before a broken place is kept. Raises TooMuchError.
    """
    number = 0
    is_empty = True
    try:
        for number, line in lines_of(stream, options.most_bytes):
            each = f"{name}:{number}"
            is_empty = False
            if line is None:
                yield SourceError(each, too_long(options))
            elif not (validators and options.is_known(each, dict(validators))):
                yield Piece(each, format, data=line, validators=validators)
    except BROKEN as error:
        yield SourceError(name, f"{broken(error)}; it was read up to line {number}")
        return
    if is_empty:
        yield SourceError(name, "holds no article; it needs one JSON object in each line")


def lines_of(stream: Stream, most: int) -> Iterator[tuple[int, bytes | None]]:
    """Each line that is not blank, with its number; None in place of one of more than `most` bytes."""
    number, held, too_long = 1, bytearray(), False
    while chunk := stream.read1(CHUNK):
        parts = chunk.split(b"\n")
        for index, part in enumerate(parts):
            if index > 0:
                yield from _line(number, held, too_long)
                number, too_long = number + 1, False
                held.clear()
            too_long = too_long or len(held) + len(part) > most
            if too_long:
                held.clear()
            else:
                held += part
    yield from _line(number, held, too_long)


def _line(number: int, held: bytearray, too_long: bool) -> Iterator[tuple[int, bytes | None]]:
    line = bytes(held).removeprefix(MARK if number == 1 else b"").strip()
    if too_long or line:
        yield number, None if too_long else line


def too_long(options: Options) -> str:
    return f"is longer than {amount(options.most_bytes)}, too long for one article; split it"
