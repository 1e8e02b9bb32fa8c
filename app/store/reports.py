"""What may be the same as something else: proposals, and articles by their texts; and when two are."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Any

from sqlalchemy import and_, func, literal, or_, select
from sqlmodel import Session, SQLModel, col

from app.language.bands import letters
from app.store.chunks import chunks
from app.tables import Article, ArticleBand, Proposal, ProposalBand

ALIKE = 0.9
"""From which share of common character pairs two texts are the same: of all pairs of two proposals, of the
pairs of either of two articles, which have heads and credits of their own."""


def digest_of(text: str) -> str:
    """The hash by which a proposal is found again whatever its punctuation and character forms."""
    return hashlib.sha256(letters(text).encode()).hexdigest()


def similarity(one: str, other: str) -> float:
    """Common character pairs among all of two texts, punctuation left out: 0 for none, 1 for the same."""
    ours, theirs = _pairs(one), _pairs(other)
    return len(ours & theirs) / len(ours | theirs) if ours and theirs else 0.0


def _pairs(text: str) -> set[tuple[str, str]]:
    return set(pairwise(letters(text)))


@dataclass(frozen=True)  # without slots, for what is cached
class Report:
    """A proposal or an article; `family` is the id of the earliest of those that are the same, None for that
    one."""

    id: int
    article_id: int
    sha256: str
    ordinal: int
    day: date | None
    digest: str
    text: str
    family: int | None

    @cached_property
    def pairs(self) -> set[tuple[str, str]]:
        return _pairs(self.text)

    @property
    def age(self) -> tuple[bool, date, str, int]:
        """By date, the undated last; of one day's it is the same whichever came first to us."""
        return self.day is None, self.day or date.max, self.sha256, self.ordinal


@dataclass(frozen=True, slots=True)
class ReportKind:
    """What reports are rows of, and how they point to the earliest of their family.

    Those of its own article, of which only proposals may be several, do so by the column `beside` instead of
    by `pointer`. `least` is the share of common pairs among all from which two are the same, `shared` the
    number of bands that such two share at least.
    """

    table: type[SQLModel]
    bands: type[SQLModel]
    id_name: str
    article: Any
    pointer: str
    beside: str | None
    columns: Sequence[Any]
    least: float
    shared: int

    @property
    def id(self) -> Any:
        return getattr(self.table, "id")  # noqa: B009

    @property
    def family(self) -> Any:
        """The column that `Report.family` is."""
        pointer = getattr(self.table, self.pointer)
        return func.coalesce(pointer, getattr(self.table, self.beside)) if self.beside else pointer

    @property
    def pointers(self) -> Sequence[str]:
        return [self.pointer, self.beside] if self.beside else [self.pointer]

    def is_of(self, earliest: Collection[int]) -> Any:
        """The condition that a row is of the family of one of these, and is not that one."""
        points = getattr(self.table, self.pointer).in_(earliest)
        if self.beside is None:
            return points
        own = select(self.article).where(self.id.in_(earliest))
        return or_(points, and_(self.article.in_(own), getattr(self.table, self.beside).in_(earliest)))

    def load(self, session: Session, ids: Collection[int]) -> dict[int, Report]:
        """By their ids."""
        found: dict[int, Report] = {}
        reports = select(*self.columns, self.family)
        if self.table is not Article:
            reports = reports.join(Article, col(Article.id) == self.article)
        for some in chunks(ids):
            rows: Sequence[Any] = session.connection().execute(reports.where(self.id.in_(some))).all()
            found |= {row[0]: Report(*row) for row in rows}
        return found

    def are_same(self, one: Report, other: Report) -> bool:
        """Two of one article never are: whatever they have in common, they were meant as two."""
        if one.article_id == other.article_id:
            return False
        if one.digest == other.digest:
            return True
        common = len(one.pairs & other.pairs)
        return 0 < self.least * (len(one.pairs) + len(other.pairs) - common) <= common


PROPOSALS = ReportKind(
    Proposal,
    ProposalBand,
    "proposal_id",
    col(Proposal.article_id),
    "duplicate_of",
    "reported_with",
    (
        col(Proposal.id),
        col(Proposal.article_id),
        col(Article.sha256),
        col(Proposal.ordinal),
        col(Proposal.published_on),
        col(Proposal.digest),
        col(Proposal.text),
    ),
    ALIKE,
    1,
)
ARTICLES = ReportKind(
    Article,
    ArticleBand,
    "article_id",
    col(Article.id),
    "same_text_as",
    None,
    (
        col(Article.id),
        col(Article.id),
        col(Article.sha256),
        literal(0),
        col(Article.published_on),
        col(Article.sha256),
        col(Article.text),
    ),
    ALIKE / (2 - ALIKE),  # 90 % of the pairs of either, as a share of all
    2,
)


def families(
    kind: ReportKind, like: Mapping[int, Collection[int]], known: Mapping[int, Report]
) -> list[Sequence[Report]]:
    """Those that are the same, however many steps away, where they are several. `like` are the ids of those
    that each is compared with, by its id."""
    parents: dict[int, int] = {}

    def root(id: int) -> int:
        while id in parents:
            id = parents[id]
        return id

    def join(one: int, other: int) -> None:
        if root(one) != root(other):
            parents[root(one)] = root(other)

    for report in known.values():
        if report.family is not None:
            join(report.id, report.family)
    for id, others in like.items():
        for other in others:
            if root(id) != root(other) and kind.are_same(known[id], known[other]):
                join(id, other)
    found: dict[int, list[Report]] = {}
    for id, report in known.items():
        found.setdefault(root(id), []).append(report)
    return [family for family in found.values() if len(family) > 1]
