"""What an answer holds: an article, and of which format, or a feed."""

import re
from pathlib import PurePosixPath

from app.errors import UnsupportedSourceError
from app.importers.formats import MEDIA_TYPES, SUFFIXES
from app.importers.pieces import Piece, Said
from app.importers.web.asking import Answer

FEEDS = {"application/rss+xml", "application/atom+xml", "application/rdf+xml"}
FEED_ROOTS = {b"rss", b"feed", b"rdf:rdf"}
UNSAID = {"", "application/octet-stream", "binary/octet-stream", "text/xml", "application/xml"}
"""Media types under which anything may come, so that the bytes themselves are looked at."""

BEGINNING = 4000
"""Bytes in which the first tag of a page or feed stands."""
FIRST_TAG = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s++|<\?.*?\?>|<!--.*?-->|<!doctype[^>]*+>)*+<([a-z:]++)", re.S | re.I
)
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)


def judge(media_type: str, name: str, known: set[str]) -> None:
    """Raise UnsupportedSourceError where nothing of that media type can be read."""
    if media_type not in MEDIA_TYPES and media_type not in UNSAID | known:
        raise _unsupported(name, media_type)


def piece_of(answer: Answer, name: str, around: Said = Said()) -> Piece:  # noqa: B008  # frozen
    """The article at an address. Raises UnsupportedSourceError."""
    charset = CHARSET.search(answer.headers.get("content-type", ""))
    return Piece(
        name,
        _format_of(answer, name),
        data=answer.data,
        around=Said(around.title, around.source, around.published_on, str(answer.address)),
        charset=charset[1].lower() if charset else None,
        validators=validators_of(answer),
    )


def validators_of(answer: Answer) -> tuple[tuple[str, str], ...]:
    """The etag and last_modified that it came with."""
    headers = {"etag": answer.headers.get("etag"), "last_modified": answer.headers.get("last-modified")}
    return tuple((key, value) for key, value in headers.items() if value)


def is_feed(answer: Answer) -> bool:
    """Whether it lists articles; feeds are often sent as web pages or plain text."""
    return answer.media_type in FEEDS or _first_tag(answer.data) in FEED_ROOTS


def _format_of(answer: Answer, name: str) -> str:
    if is_feed(answer):
        raise UnsupportedSourceError(name, "is a feed and no article; give the addresses of its articles")
    suffix = PurePosixPath(answer.address.path).suffix.lower()
    found = MEDIA_TYPES.get(answer.media_type) or SUFFIXES.get(suffix) or _sniffed(answer.data)
    if found is None:
        raise _unsupported(name, answer.media_type)
    return found


def _sniffed(data: bytes) -> str | None:
    if data.startswith(b"%PDF-"):
        return "pdf"
    beginning = data[:BEGINNING].lstrip().lower()
    return "html" if _first_tag(data) == b"html" or beginning.startswith(b"<!doctype html") else None


def _first_tag(data: bytes) -> bytes:
    found = FIRST_TAG.match(data[:BEGINNING])
    return found[1].lower() if found else b""


def _unsupported(name: str, media_type: str) -> UnsupportedSourceError:
    kind = media_type[:80] or "of no stated type"
    return UnsupportedSourceError(
        name, f"is {kind}, and only web pages, plain text, Markdown, PDF and Word are read"
    )
