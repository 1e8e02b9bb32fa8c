"""Articles with all their findings, written whole or not at all; the caller opens and commits the session."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol

from sqlmodel import Session, col, func, select

from app.errors import NotFoundError
from app.extraction.findings import Extraction
from app.store.evidence import check
from app.store.findings import relink, remove_findings, remove_unmentioned, write_findings
from app.tables import Actor, ActorMention, Article, Metric, Proposal
from app.tables.columns import searched
from app.vocabulary import ActorKind, Outcome


class Fallback(Protocol):
    """What is told of an article and is less sure than what its text says."""

    @property
    def title(self) -> str | None: ...
    @property
    def source(self) -> str | None: ...
    @property
    def published_on(self) -> date | None: ...


class Source(Protocol):
    """What is stored of an article as it was read; None and () where its source is silent."""

    @property
    def text(self) -> str: ...
    @property
    def title(self) -> str | None: ...
    @property
    def source(self) -> str | None: ...
    @property
    def published_on(self) -> date | None: ...
    @property
    def url(self) -> str | None: ...
    @property
    def bylines(self) -> tuple[str, ...]: ...
    @property
    def fallback(self) -> Fallback: ...


@dataclass(frozen=True, slots=True)
class Counts:
    """How much was found in an article."""

    proposals: int = 0
    people: int = 0
    institutions: int = 0
    metrics: int = 0


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of an article, and what is stored of it now."""

    outcome: Outcome
    article_id: int
    counts: Counts


@dataclass(frozen=True, slots=True)
class Description:
    """What is known of an article beside its text and its findings."""

    title: str | None
    source: str | None
    published_on: date | None
    url: str | None
    bylines: tuple[str, ...]


def described(raw: Source, extraction: Extraction) -> Description:
    """What the source itself says of the article wins over what was extracted, and that over its fallback."""
    day = date.fromisoformat(extraction.published_on) if extraction.published_on else None
    return Description(
        title=raw.title or extraction.title or raw.fallback.title,
        source=raw.source or extraction.source or raw.fallback.source,
        published_on=raw.published_on or day or raw.fallback.published_on,
        url=raw.url,
        bylines=raw.bylines or extraction.bylines,
    )


def save(session: Session, raw: Source, extraction: Extraction) -> Saved:
    """Store an article; the same text by the same extractor version is left as it is.

    By another version its findings are replaced, and the article keeps its id. What the source itself
    says of the article wins over what was extracted. Raises EvidenceError, and stores nothing, when a
    finding does not stand in the text.
    """
    current = find_current(session, raw.text, extraction.version)
    if current is not None:
        return current
    check(raw.text, extraction)
    article = _stored(session, raw.text)
    outcome = Outcome.NEW if article is None else Outcome.REPLACED
    article = article or _new_article(raw.text)
    former = remove_findings(session, article.id)
    _describe(article, raw, extraction)
    article_id = write_findings(session, article, extraction, former.actors)
    relink(session, former.duplicates)
    remove_unmentioned(session, former.actors)
    return Saved(outcome, article_id, _counts(session, article_id))


def find_current(session: Session, text: str, version: str) -> Saved | None:
    """The article of exactly this text if that extractor version made its findings."""
    article = _stored(session, text)
    if article is None or article.id is None or article.extractor_version != version:
        return None
    return Saved(Outcome.UNCHANGED, article.id, _counts(session, article.id))


def delete(session: Session, article_id: int) -> None:
    """Remove an article with its findings and the actors only it names. Raises NotFoundError."""
    article = session.get(Article, article_id)
    if article is None:
        raise NotFoundError("article", article_id)
    former = remove_findings(session, article_id)
    session.delete(article)
    session.flush()
    relink(session, former.duplicates)
    remove_unmentioned(session, former.actors)


def _stored(session: Session, text: str) -> Article | None:
    return session.exec(select(Article).where(Article.sha256 == _sha256(text))).first()


def _new_article(text: str) -> Article:
    return Article(
        sha256=_sha256(text),
        title=None,
        source=None,
        published_on=None,
        url=None,
        text=text,
        extractor_version="",
        imported_at=datetime.now(UTC),
    )


def _describe(article: Article, raw: Source, extraction: Extraction) -> None:
    known = described(raw, extraction)
    article.title, article.source, article.published_on = known.title, known.source, known.published_on
    article.url = known.url or article.url
    article.bylines = list(known.bylines)
    article.extractor_version = extraction.version
    article.search_text = searched(article.title, article.text)


def _counts(session: Session, article_id: int) -> Counts:
    return Counts(
        proposals=session.exec(select(func.count()).where(Proposal.article_id == article_id)).one(),
        people=_actors(session, article_id, ActorKind.PERSON),
        institutions=_actors(session, article_id, ActorKind.INSTITUTION),
        metrics=session.exec(select(func.count()).where(Metric.article_id == article_id)).one(),
    )


def _actors(session: Session, article_id: int, kind: ActorKind) -> int:
    mentioned = (
        select(func.count(func.distinct(ActorMention.actor_id)))
        .join(Actor, col(Actor.id) == ActorMention.actor_id)
        .where(ActorMention.article_id == article_id, Actor.kind == kind)
    )
    return session.exec(mentioned).one()


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
