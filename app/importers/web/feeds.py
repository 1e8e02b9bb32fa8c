"""RSS and Atom: the addresses of articles, and what the feed says of each."""

import html
import re
from calendar import timegm
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from functools import partial
from io import BytesIO
from typing import Any
from xml.sax import SAXException

import feedparser  # type: ignore[import-untyped]
import httpx

from app.errors import SourceError
from app.importers.pieces import Said
from app.importers.web.asking import Answer

BEIJING = timezone(timedelta(hours=8))
"""The day on which an article was published is told by the clock of all of China."""


TAG = re.compile(r"</?[a-zA-Z][^>]*>")


@dataclass(frozen=True, slots=True)
class Entry:
    """An article that a feed names: its address, and what the feed says of it."""

    url: str
    around: Said


def entries_of(answer: Answer, name: str) -> Iterator[Entry | SourceError]:
    """Each article of a feed once, and under `name` what is wrong with the feed."""
    # As a stream: of bytes feedparser would first try whether they are the name of a file.
    parsed = feedparser.parse(BytesIO(answer.data), response_headers=_headers(answer))
    seen: set[str] = set()
    for number, entry in enumerate(parsed.entries, 1):
        url = _url(entry, answer.address)
        if url is None:
            yield SourceError(
                name, f"does not say where its article {number} is; it has no link that can be followed"
            )
        elif url not in seen:
            seen.add(url)
            yield Entry(url, _said(entry, url))
    yield from _faults(parsed, name)


def _headers(answer: Answer) -> dict[str, str]:
    # By its address relative links are made whole; a media type that is no feed's would be complained of.
    return {**dict(answer.headers), "content-location": str(answer.address)}


def _faults(parsed: Any, name: str) -> Iterator[SourceError]:
    fault = parsed.get("bozo_exception")
    if isinstance(fault, SAXException):
        yield SourceError(name, "is broken XML, so that some of its articles may be missing; tell its owner")
    elif not parsed.entries:
        yield SourceError(name, "is a feed without articles; give the addresses of the pages themselves")


def _url(entry: Any, base: httpx.URL) -> str | None:
    link = str(entry.get("link") or "").strip()
    try:
        return str(base.join(link)) if link else None
    except (httpx.InvalidURL, ValueError):
        return link


def _said(entry: Any, url: str) -> Said:
    source = entry.get("source") or {}
    return Said(_line(entry.get("title")), _line(source.get("title")), _day(entry), url)


def _line(value: str | None) -> str | None:
    """One line without the tags that some feeds put into it."""
    if value:
        value = html.unescape(TAG.sub("", value))
    return " ".join(value.split()) or None if value else None


def _day(entry: Any) -> date | None:
    # By dict's own `get`, as feedparser's warns of keys that stand in for each other.
    stated = partial(dict.get, entry)
    written = str(stated("published") or stated("updated") or "").strip()
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = parse(written)
        except (ValueError, OverflowError):
            continue
        return moment.astimezone(BEIJING).date() if moment.tzinfo else moment.date()
    parsed = stated("published_parsed") or stated("updated_parsed")
    return datetime.fromtimestamp(timegm(parsed), BEIJING).date() if parsed else None
