"""The formats that articles come in, and from a piece to its article."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from pathlib import Path, PurePath

from app.errors import SourceError
from app.importers import docx, html, markdown, pdf, records, text
from app.importers.article import RawArticle
from app.importers.days import day_of_name
from app.importers.encodings import CONTROL, SURROGATE
from app.importers.names import is_address, name_of
from app.importers.pieces import Piece

MOST_BYTES = 50_000_000
"""Of one article's file; `app.importers.encodings.MOST_CHARACTERS` is the limit of its text."""

LONGEST = {"title": 500, "source": 200, "url": 2_000, "bylines": 100}
"""Characters, of bylines in each; the indexes of databases take little more."""

FORMATS: dict[str, Callable[[bytes, str, str | None], RawArticle]] = {
    "text": text.read,
    "markdown": markdown.read,
    "html": html.read,
    "pdf": lambda data, name, _: pdf.read(data, name),
    "docx": lambda data, name, _: docx.read(data, name),
    "record": lambda data, name, _: records.read(data, name),
}
"""Each takes an article's bytes, its name and the encoding that a server states, and raises SourceError."""

SUFFIXES = {
    **dict.fromkeys((".txt", ".text"), "text"),
    **dict.fromkeys((".md", ".markdown"), "markdown"),
    **dict.fromkeys((".html", ".htm", ".shtml", ".xhtml"), "html"),
    ".pdf": "pdf",
    ".docx": "docx",
}
"""Of files, in lower case."""

MEDIA_TYPES = {
    "text/plain": "text",
    **dict.fromkeys(("text/markdown", "text/x-markdown"), "markdown"),
    **dict.fromkeys(("text/html", "application/xhtml+xml"), "html"),
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}
"""Of answers over HTTP, in lower case and without parameters."""

SIGNS = (
    (b"%PDF-", "pdf", "a PDF", ".pdf"),
    (b"PK\x03\x04", "docx", "a Word file or another ZIP archive", ".docx or .zip"),
    (b"<!doctype html", "html", "a web page", ".html"),
    (b"<html", "html", "a web page", ".html"),
)
"""(First bytes in lower case but for PDF and ZIP, format, what that is, how it should be named.)"""
UNREAD = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old Word file, or one with a password; save it as .docx"),
    (b"{\\rtf", "is an RTF file, which is not read; save it as .docx or .txt"),
    (b"\x89PNG", "is a picture; import the text that it shows"),
    (b"\xff\xd8\xff", "is a picture; import the text that it shows"),
    (b"GIF8", "is a picture; import the text that it shows"),
)
"""First bytes of files that often go by a wrong name, and what to do with them."""


def read(piece: Piece) -> RawArticle:
    """The article of a piece; what its bytes are silent about says what is around it, then its name.

    The day in a file's name or an address is only the fallback. Raises SourceError for what is no article of
    the piece's format, longer than MOST_BYTES, or no longer there.
    """
    data = bytes_of(piece.path, piece.name) if piece.data is None and piece.path else piece.data or b""
    _refuse_foreign(data, piece)
    article, around = FORMATS[piece.format](data, piece.name, piece.charset), piece.around
    return storable(
        replace(
            article,
            title=article.title or around.title,
            source=article.source or around.source,
            published_on=article.published_on or around.published_on,
            url=article.url or around.url,
            fallback=replace(article.fallback, published_on=_named_day(piece, article)),
        )
    )


def read_file(path: Path) -> RawArticle:
    """The article in a file of a known suffix. Raises SourceError."""
    name = name_of(path)
    format = SUFFIXES.get(path.suffix.lower())
    if format is None:
        raise SourceError(name, f"is of no known format; known are {', '.join(SUFFIXES)}")
    return read(Piece(name, format, path))


def bytes_of(path: Path, name: str) -> bytes:
    """A file's bytes, one more than MOST_BYTES at most. Raises SourceError for what cannot be read."""
    try:
        if path.exists() and not path.is_file():
            raise SourceError(name, "is no file, or a folder that may not be looked into; name a text file")
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise SourceError(name, "is no longer there; it was moved or deleted") from error
    except PermissionError as error:
        raise SourceError(name, "may not be read; check who owns it") from error
    except OSError as error:
        raise SourceError(name, f"cannot be read: {error.strerror}") from error
    return data


def _refuse_foreign(data: bytes, piece: Piece) -> None:
    """Raise SourceError for bytes that are not what they are called."""
    if len(data) > MOST_BYTES:
        raise SourceError(piece.name, f"is larger than {MOST_BYTES // 1_000_000} MB, which no article is")
    if not data.strip():
        raise SourceError(piece.name, "is empty; an article needs words")
    start = data[:64].lstrip()
    for sign, reason in UNREAD:
        if start.startswith(sign):
            raise SourceError(piece.name, reason)
    for sign, format, kind, suffix in SIGNS:
        if (start if sign.isupper() else start.lower()).startswith(sign) and format != piece.format:
            named = PurePath(piece.name).suffix.lower()
            told = f"is named {named}" if SUFFIXES.get(named) == piece.format else f"came as {piece.format}"
            raise SourceError(piece.name, f"is {kind} though it {told}; rename it to {suffix}")


def _named_day(piece: Piece, article: RawArticle) -> date | None:
    """The day in the addresses or the name, but not in that of a file with many articles."""
    names = (article.url, piece.around.url, None if piece.format == "record" else piece.name)
    return next((day for name in names if name and (day := day_of_name(name))), None)


def storable(article: RawArticle) -> RawArticle:
    """The article, if what is said of it can be stored and handed out again. Raises SourceError.

    No part may hold what a database refuses, and its address is to be one: whoever reads follows it.
    """
    if article.url and not is_address(article.url):
        told = f"url is no address of a web page, but {article.url[:40]!r}"
        raise SourceError(article.name, f"{told}; write it as https://host/path, or leave it out")
    for field in fields(RawArticle):
        value = getattr(article, field.name)
        for words in value if isinstance(value, tuple) else (value,):
            if (
                isinstance(words, str)
                and field.name != "text"
                and (CONTROL.search(words) or SURROGATE.search(words))
            ):
                raise SourceError(article.name, f"{field.name} holds control characters or halves of such")
            if isinstance(words, str) and len(words) > (most := LONGEST.get(field.name, len(words))):
                reason = f"{field.name} is longer than {most:,} characters"
                raise SourceError(article.name, f"{reason}; check that nothing else was put there")
    return article
