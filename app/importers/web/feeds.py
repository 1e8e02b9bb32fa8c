"""RSS and Atom: the addresses of articles, and what the feed says of each."""

import html
import re
from calendar import timegm
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from functools import partial
from io import BytesIO
from typing import Any
from xml.sax import SAXException

import feedparser  # type: ignore[import-untyped]
import httpx

from app.errors import SourceError
from app.importers.days import CHINA
from app.importers.names import name_of
from app.importers.options import amount
from app.importers.pieces import Said
from app.importers.web.asking import Answer

MOST_BYTES = 2_000_000
"""Of a feed, whose damaged parts are looked at again and again."""
BLANKS = re.compile(rb"[ \t\r\n]{100,}+")
"""Through which feedparser looks for the first tag in quadratic time."""
TAG = re.compile(r"</?[a-zA-Z][^>]*>")


@dataclass(frozen=True, slots=True)
class Entry:
    """An article that a feed names: its address, and what the feed says of it."""

    url: str
    around: Said


def entries_of(answer: Answer, name: str) -> Iterator[Entry | SourceError]:
    """Each article of a feed once, and under `name` what is wrong with the feed."""
    if len(answer.data) > MOST_BYTES:
        reason = f"is a feed of more than {amount(MOST_BYTES)}"
        yield SourceError(name, f"{reason}; give the addresses of its articles instead")
        return
    try:
        parsed = _parsed(answer)
    except Exception:  # whatever feedparser makes of damaged bytes: ValueError, KeyError and others
        yield SourceError(name, "is a feed that cannot be read, as it is damaged; tell its owner")
        return
    seen: set[str] = set()
    for number, entry in enumerate(parsed.entries, 1):
        url = _url(entry, answer.address)
        if url is None:
            reason = f"does not say where its article {number} is; it has no link that can be followed"
            yield SourceError(name, reason)
        elif url not in seen:
            seen.add(url)
            yield Entry(url, _said(entry, url))
    yield from _faults(parsed, name)


def _parsed(answer: Answer) -> Any:
    headers = {
        "content-type": answer.headers.get("content-type", ""),
        # By which relative links are made whole.
        "content-location": str(answer.address),
    }
    # As a stream: of bytes feedparser would first try whether they are the name of a file.
    return feedparser.parse(BytesIO(BLANKS.sub(b"\n", answer.data)), response_headers=headers)


def _faults(parsed: Any, name: str) -> Iterator[SourceError]:
    if isinstance(parsed.get("bozo_exception"), SAXException):
        yield SourceError(name, "is broken XML, so that some of its articles may be missing; tell its owner")
    elif not parsed.entries:
        yield SourceError(name, "is a feed without articles; give the addresses of the pages themselves")


def _url(entry: Any, base: httpx.URL) -> str | None:
    link = name_of(str(entry.get("link") or "").strip())
    try:
        return str(base.join(link)) if link else None
    except (httpx.InvalidURL, ValueError):
        return link


def _said(entry: Any, url: str) -> Said:
    source = entry.get("source") or {}
    return Said(_line(entry.get("title")), _line(source.get("title")), _day(entry), url)


def _line(value: object) -> str | None:
    """One line without the tags that some feeds put into it, and without what cannot be printed."""
    text = html.unescape(TAG.sub("", str(value or "")))
    return " ".join("".join(each if each.isprintable() else " " for each in text).split()) or None


def _day(entry: Any) -> date | None:
    # By dict's own `get`, as feedparser's warns of keys that stand in for each other.
    stated = partial(dict.get, entry)
    parsed = stated("published_parsed") or stated("updated_parsed") or ()
    written = str(stated("published") or stated("updated") or "").strip()
    readings: tuple[Callable[[], datetime], ...] = (
        lambda: datetime.fromisoformat(written),
        lambda: parsedate_to_datetime(written),
        lambda: datetime.fromtimestamp(timegm(parsed), UTC),
    )
    for reading in readings:
        try:
            moment = reading()
            return moment.astimezone(CHINA).date() if moment.tzinfo else moment.date()
        except (ValueError, OverflowError, TypeError, OSError):
            continue
    return None
