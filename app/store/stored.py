"""Stored articles as they were read, to be extracted anew."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Engine, select, true
from sqlmodel import Session, col

from app.database import explained
from app.errors import SourceError
from app.tables import Article

CHUNK = 100
"""Articles held in memory at once."""

ALL_THERE_IS: Mapping[str, Any] = {"said": ["title", "source", "published_on", "bylines"], "fallback": {}}
"""What counts as given where nobody knows, as it would be lost otherwise."""


@dataclass(frozen=True, slots=True)
class LessSure:
    """What stands in where the text of an article is silent; see `app.store.drafts.Fallback`."""

    title: str | None = None
    source: str | None = None
    published_on: date | None = None


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article of the database with what its source said of it; see `app.store.drafts.Source`.

    `name` is how people are told of it: article 3 “重庆日报…”.
    """

    id: int
    name: str
    text: str
    title: str | None
    source: str | None
    published_on: date | None
    url: str | None
    bylines: tuple[str, ...]
    page_sha256: str | None
    fallback: LessSure


def find_old(engine: Engine, version: str) -> Iterator[StoredArticle]:
    """The articles whose findings are of another extractor version. Raises DatabaseError."""
    return _found(engine, col(Article.extractor_version) != version)


def find_all(engine: Engine) -> Iterator[StoredArticle]:
    """Every article. Raises DatabaseError."""
    return _found(engine, true())


def find_named(engine: Engine, ids: Iterable[int]) -> Iterator[StoredArticle | SourceError]:
    """The articles of these ids, and why there is none for an id. Raises DatabaseError."""
    for id in sorted(set(ids)):
        found = next(_found(engine, col(Article.id) == id), None)
        yield found or SourceError(f"article {id}", "is not stored; look its id up in the API")


def _found(engine: Engine, condition: ColumnElement[bool]) -> Iterator[StoredArticle]:
    """In the order of their ids; none is read in the transaction of another chunk, nor met twice."""
    last = 0
    while True:
        some = select(Article).where(condition, col(Article.id) > last).order_by(col(Article.id)).limit(CHUNK)
        with explained(engine.url), Session(engine) as session:
            found = [_as_read(row) for row in session.execute(some).scalars()]
        if not found:
            return
        yield from found
        last = found[-1].id


def _as_read(row: Article) -> StoredArticle:
    assert row.id is not None, "it comes from the database"
    given = ALL_THERE_IS if row.given is None else row.given
    said = given["said"]
    return StoredArticle(
        row.id,
        f"article {row.id} “{row.title}”" if row.title else f"article {row.id}",
        row.text,
        title=row.title if "title" in said else None,
        source=row.source if "source" in said else None,
        published_on=row.published_on if "published_on" in said else None,
        url=row.url,
        bylines=tuple(row.bylines) if "bylines" in said else (),
        page_sha256=row.page_sha256,
        fallback=_fallback(given["fallback"]),
    )


def _fallback(given: Mapping[str, str]) -> LessSure:
    day = given.get("published_on")
    return LessSure(given.get("title"), given.get("source"), date.fromisoformat(day) if day else None)
