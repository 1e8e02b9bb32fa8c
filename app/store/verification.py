"""What a database holds against its articles' texts, by the very check that is made when they are written.

Beside that check: an article's text is the one its digest was made of; a mention's name is a name of its actor;
an actor's own name is a person's at each mention, and a body's at one at least; every reference leads to a
row, and one between findings stays within its article. Names to look up by alone are no findings.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from sqlalchemy import Column, ForeignKeyConstraint, Table, and_, exists
from sqlalchemy import select as select_columns
from sqlmodel import Session, SQLModel, col, select

from app.errors import EvidenceError
from app.extraction.document import Span
from app.store.evidence import Evidence
from app.store.names import key_of
from app.tables import Actor, ActorAlias, ActorMention, Article, Metric, Position, Proposal, ProposalSpeaker
from app.vocabulary import ActorKind


@dataclass(frozen=True, slots=True)
class Flaw:
    """A row that its article does not bear out.

    `row` is its primary key, the columns of a compound one joined by slashes. `article_id` and `title` are
    None where the row leads to no article.
    """

    article_id: int | None
    title: str | None
    table: str
    row: str
    reason: str


@dataclass
class Verification:
    """Verifies all of a database; `checked` counts the rows of each table that were looked at."""

    session: Session
    checked: Counter[str] = field(default_factory=Counter)
    _borne_out: set[int] = field(default_factory=set)
    _named_in: dict[int, int] = field(default_factory=dict)

    def flaws(self) -> Iterator[Flaw]:
        """Every row that is not as it should be, by article; then actors, and references that lead nowhere."""
        for id in self.session.exec(select(Article.id).order_by(col(Article.id))).all():
            article = self.session.get_one(Article, id)
            yield from _Reading(self, article).flaws()
            self.session.expunge_all()
        yield from self._actors()
        for table in SQLModel.metadata.sorted_tables:
            for reference in table.foreign_key_constraints:
                yield from self._dangling(table, reference)

    def note(self, actor: Actor, article: Article, is_borne_out: bool) -> None:
        """An article names the actor, and can or cannot mean its own name by that."""
        assert actor.id is not None and article.id is not None, "they come from the database"
        self._named_in.setdefault(actor.id, article.id)
        if is_borne_out:
            self._borne_out.add(actor.id)

    def _actors(self) -> Iterator[Flaw]:
        for actor in self.session.exec(select(Actor).order_by(col(Actor.id))):
            self.checked["actor"] += 1
            if actor.id in self._named_in and actor.id not in self._borne_out:
                article = self.session.get(Article, self._named_in[actor.id])
                yield _flaw(article, actor, f"{actor.kind} {actor.name}: no article names it so")

    def _dangling(self, table: Table, reference: ForeignKeyConstraint) -> Iterator[Flaw]:
        """The rows whose reference leads to a row that is not there."""
        target = reference.referred_table.alias()
        pairs = [(each.parent, target.c[each.column.name]) for each in reference.elements]
        there = exists().where(and_(*(own == other for own, other in pairs)))
        lost = select_columns(table).where(*(own.is_not(None) for own, _ in pairs), ~there)
        for row in self.session.execute(lost).mappings():
            article = self.session.get(Article, row["article_id"]) if "article_id" in row else None
            names = ", ".join(f"{own.name} {row[own.name]}" for own, _ in pairs)
            reason = f"{names}: there is no such {reference.referred_table.name}"
            key = "/".join(str(row[column.name]) for column in table.primary_key)
            yield Flaw(row.get("article_id"), article and article.title, table.name, key, reason)


@dataclass
class _Reading:
    """One article's rows held against its text."""

    verification: Verification
    article: Article
    known: defaultdict[int, set[Span]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        self.session = self.verification.session
        self.evidence = Evidence(self.article.text)

    def flaws(self) -> Iterator[Flaw]:
        """Positions come first, as they tell where a body is named by a post only."""
        yield from self._checked([self.article], self._check_digest)
        yield from self._checked(self._rows(Position), self._check_position)
        yield from self._checked(self._rows(ActorMention), self._check_mention)
        proposals = self._rows(Proposal)
        yield from self._checked(proposals, self._check_proposal)
        speakers = select(ProposalSpeaker).where(
            col(ProposalSpeaker.proposal_id).in_([proposal.id for proposal in proposals])
        )
        yield from self._checked(self.session.exec(speakers).all(), self._check_speaker)
        yield from self._checked(self._rows(Metric), self._check_metric)

    def _rows[Row: SQLModel](self, table: type[Row]) -> Sequence[Row]:
        return self.session.exec(select(table).where(table.article_id == self.article.id)).all()

    def _checked[Row: SQLModel](
        self, rows: Sequence[Row], check: Callable[[Row], None]
    ) -> Iterator[Flaw]:
        for row in rows:
            self.verification.checked[str(row.__tablename__)] += 1
            try:
                check(row)
            except EvidenceError as error:
                yield _flaw(self.article, row, str(error))

