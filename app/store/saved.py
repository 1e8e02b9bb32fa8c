"""What is stored of articles, and what became of one that was to be."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlmodel import Session, col

from app.store.drafts import sha256_of
from app.tables import Actor, ActorMention, Article, Metric, Proposal
from app.vocabulary import ActorKind, Outcome


@dataclass(frozen=True, slots=True)
class Counts:
    """How much was found in an article."""

    proposals: int = 0
    people: int = 0
    institutions: int = 0
    metrics: int = 0


@dataclass(frozen=True, slots=True)
class Changes:
    """Of the proposals and metrics of an article that was extracted anew, how many kept their ids, how many
    came and how many went."""

    kept: int
    added: int
    removed: int


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of an article, and what is stored of it now; `changes` where its findings were replaced."""

    outcome: Outcome
    article_id: int
    counts: Counts
    changes: Changes | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """An article that is there: its id and the version of the extractor that made its findings."""

    id: int
    version: str


def find_current(session: Session, texts: Collection[str], version: str) -> dict[str, Saved]:
    """Of these texts those that are stored with findings by that extractor version, as they are."""
    by_hash = {sha256_of(text): text for text in texts}
    stored = find_stored(session, by_hash)
    current = {sha256: known.id for sha256, known in stored.items() if known.version == version}
    counts = counts_of(session, current.values())
    return {by_hash[each]: Saved(Outcome.UNCHANGED, id, counts[id]) for each, id in current.items()}


def find_there(session: Session, articles: Collection[int]) -> set[int]:
    """Those of these ids that articles have."""
    if not articles:
        return set()
    return set(session.execute(select(col(Article.id)).where(col(Article.id).in_(articles))).scalars())


def find_stored(session: Session, hashes: Collection[str]) -> dict[str, Stored]:
    """The articles whose texts have these hashes, by them."""
    columns = (col(Article.sha256), col(Article.id), col(Article.extractor_version))
    rows = session.execute(select(*columns).where(col(Article.sha256).in_(hashes)))
    return {sha256: Stored(id, version) for sha256, id, version in rows}


def counts_of(session: Session, articles: Collection[int]) -> dict[int, Counts]:
    """What is stored of articles, by their ids."""
    if not articles:
        return {}
    counted: dict[str, Counter[int]] = {}
    for name, table in (("proposals", Proposal), ("metrics", Metric)):
        own = select(col(table.article_id), func.count()).where(col(table.article_id).in_(articles))
        rows = session.execute(own.group_by(col(table.article_id)))
        counted[name] = Counter(dict(map(tuple, rows)))
    for name, kind in (("people", ActorKind.PERSON), ("institutions", ActorKind.INSTITUTION)):
        named = (
            select(col(ActorMention.article_id), func.count(func.distinct(ActorMention.actor_id)))
            .join(Actor, col(Actor.id) == ActorMention.actor_id)
            .where(col(ActorMention.article_id).in_(articles), col(Actor.kind) == kind)
        )
        rows = session.execute(named.group_by(col(ActorMention.article_id)))
        counted[name] = Counter(dict(map(tuple, rows)))
    return {id: Counts(**{name: numbers[id] for name, numbers in counted.items()}) for id in articles}
