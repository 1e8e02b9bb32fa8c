"""The same proposal by the same speaker in several articles, and articles of the same text: all point to the
earliest.

Two are one step apart where they are the same and one of them is among the first of enough bands of the
other, see `app.store.bands`; all that are any steps apart are a family. That depends on nothing but what is
stored. A family is only ever joined to others, unless a step in it may be gone: then it is freed and found
again.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import case, func, select, update
from sqlmodel import Session

from app.store import bands
from app.store.chunks import chunks
from app.store.reports import ARTICLES, PROPOSALS, Report, ReportKind, families
from app.tables import DataVersion


@dataclass(frozen=True, slots=True)
class Unlinked:
    """Proposals of which it is to be found anew whether they are the same as any: those whose bands are new,
    and `others`."""

    banded: frozenset[int] = frozenset()
    others: frozenset[int] = frozenset()

    def __or__(self, more: "Unlinked") -> "Unlinked":
        return Unlinked(self.banded | more.banded, self.others | more.others)


VERSION = "2"
"""To be raised when other bands are made of the same texts, or others are the same."""


def link(session: Session, proposals: Unlinked) -> None:
    """Point these proposals, and those that are the same, to the earliest."""
    _link(session, PROPOSALS, proposals.banded, proposals.others)


def link_articles(session: Session, articles: Collection[int], others: Collection[int] = ()) -> None:
    """Point these articles, whose bands are new, and others that were taken apart, to the earliest."""
    _link(session, ARTICLES, articles, others)


def leave(session: Session, proposals: Collection[int]) -> frozenset[int]:
    """Take proposals out of their families before their bands go; the others that are to be linked again."""
    return _leave(session, PROPOSALS, proposals)


def leave_articles(session: Session, articles: Collection[int]) -> frozenset[int]:
    """Take articles out of their families before their bands go; the others that are to be linked again."""
    return _leave(session, ARTICLES, articles)


def free_articles(session: Session, articles: Collection[int]) -> set[int]:
    """Take the families of articles apart, whose dates may be others now; all who are to be linked again."""
    return _free(session, ARTICLES, articles)


def are_linked(session: Session) -> bool:
    """Whether all bands, and who is the same, are of this VERSION."""
    made = session.get(DataVersion, "bands")
    return made is not None and made.version == VERSION


def link_all(session: Session) -> None:
    """Find anew who is the same, of all, and note that it is of this VERSION; the caller commits."""
    bands.make_all(session)
    for kind in (PROPOSALS, ARTICLES):
        session.execute(update(kind.table).values(dict.fromkeys(kind.pointers)))
        for some in chunks(session.execute(select(kind.id)).scalars().all()):
            _unite(session, kind, some, ())
    session.merge(DataVersion(part="bands", version=VERSION))


def _link(session: Session, kind: ReportKind, new: Collection[int], others: Collection[int]) -> None:
    former, compared = bands.displaced(session, kind, new)
    unknown = new
    for some in chunks(_free(session, kind, former).union(compared, new, others)):
        _unite(session, kind, some, unknown)
        unknown = ()


def _leave(session: Session, kind: ReportKind, ids: Collection[int]) -> frozenset[int]:
    return frozenset(bands.promoting(session, kind, ids) | _free(session, kind, ids)).difference(ids)


def _free(session: Session, kind: ReportKind, ids: Collection[int]) -> set[int]:
    """Let no more point anywhere what is of the families of these; all of them."""
    freed: set[int] = set(ids)
    earliest = select(func.coalesce(kind.family, kind.id))
    for some in chunks(ids):
        freed.update(session.execute(earliest.where(kind.id.in_(some))).scalars())
    for some in chunks(freed):
        freed.update(session.execute(select(kind.id).where(kind.is_of(some))).scalars())
        _point(session, kind, kind.is_of(some), None)
    return freed


def _unite(session: Session, kind: ReportKind, ids: Collection[int], unknown: Collection[int]) -> None:
    """Join the families of these and of those that they are the same as; to `unknown` ones nothing points."""
    like = bands.like_ones(session, kind, ids)
    known = kind.load(session, {*like, *(other for others in like.values() for other in others)})
    known |= kind.load(session, {each.family for each in known.values() if each.family} - known.keys())
    for family in families(kind, like, known):
        earliest = min(family, key=lambda report: report.age)
        stood_for = [
            each.id
            for each in family
            if each.family is None and each is not earliest and each.id not in unknown
        ]
        for some in chunks(stood_for):
            _point(session, kind, kind.is_of(some), earliest)
        others = [each.id for each in family if each is not earliest and each.family != earliest.id]
        for some in chunks(others):
            _point(session, kind, kind.id.in_(some), earliest)


def _point(session: Session, kind: ReportKind, which: Any, earliest: Report | None) -> None:
    """Let those rows point to the earliest of their family, or nowhere."""
    values: dict[str, Any] = dict.fromkeys(kind.pointers)
    if earliest is not None:
        is_beside = kind.article == earliest.article_id
        values[kind.pointer] = case((is_beside, None), else_=earliest.id)
        if kind.beside is not None:
            values[kind.beside] = case((is_beside, earliest.id), else_=None)
    session.connection().execute(update(kind.table).where(which).values(values))
