"""A whole database held against its articles' texts, by the very check that is made when they are written.

Beside that check: an article's text is the one its digest was made of; an actor goes by the name it is
mentioned by, and its own name is borne out by one article at least; every reference leads to a row, and
one between findings stays within the article. Names that only serve to look actors up are no findings.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import ForeignKeyConstraint, RowMapping, Table, and_, exists
from sqlalchemy import select as select_columns
from sqlmodel import Session, SQLModel, col, select

from app.errors import EvidenceError
from app.extraction.document import Span
from app.store.evidence import Evidence
from app.store.names import key_of
from app.store.stated_names import can_mean_place
from app.tables import (
    Actor,
    ActorAlias,
    ActorMention,
    Article,
    Metric,
    Position,
    Proposal,
    ProposalSpeaker,
    Region,
)
from app.vocabulary import ActorKind

Row = TypeVar("Row", bound=SQLModel)


@dataclass(frozen=True, slots=True)
class Flaw:
    """A row that is not as its article's text says.

    `row` is its primary key, the columns of a compound one joined by slashes; `article_id` and `title` are
    None where the row leads to no article.
    """

    article_id: int | None
    title: str | None
    table: str
    row: str
    reason: str


@dataclass
class Verification:
    """Verifies all that a session reads; `checked` counts the rows looked at, by table."""

    session: Session
    checked: Counter[str] = field(default_factory=Counter)
    _borne_out: set[int] = field(default_factory=set)
    _first_article: dict[int, int] = field(default_factory=dict)

    def flaws(self) -> Iterator[Flaw]:
        """Every row that is not as it should be: by article, then actors, then references to nothing."""
        for id in self.session.exec(select(Article.id).order_by(col(Article.id))).all():
            article = self.session.get_one(Article, id)
            yield from _Reading(self, article).flaws()
            self.session.expunge_all()  # one article at a time is in memory
        yield from self._check_actors()
        for table in SQLModel.metadata.sorted_tables:
            for reference in table.foreign_key_constraints:
                yield from self._dangling(table, reference)

    def note(self, actor: int, article: int, is_borne_out: bool) -> None:
        """An article names an actor, and bears its own name out or not."""
        self._first_article.setdefault(actor, article)
        if is_borne_out:
            self._borne_out.add(actor)

    def _check_actors(self) -> Iterator[Flaw]:
        for actor in self.session.exec(select(Actor).order_by(col(Actor.id))):
            self.checked["actor"] += 1
            assert actor.id is not None, "it comes from the database"
            code = actor.region_code if actor.kind is ActorKind.REGION else None
            place = self.session.get(Region, code) if code else None
            is_sound = actor.name == place.name if place else actor.id in self._borne_out
            if actor.id in self._first_article and not is_sound:
                article = self.session.get_one(Article, self._first_article[actor.id])
                yield Flaw(
                    article.id, article.title, "actor", str(actor.id), f"{actor.name} is named nowhere"
                )

    def _dangling(self, table: Table, reference: ForeignKeyConstraint) -> Iterator[Flaw]:
        target = reference.referred_table.alias()
        pairs = [(each.parent, target.c[each.column.name]) for each in reference.elements]
        there = exists().where(and_(*(own == other for own, other in pairs)))
        lost = select_columns(table).where(*(own.is_not(None) for own, _ in pairs), ~there)
        for row in self.session.execute(lost).mappings().all():
            value = ", ".join(f"{own.name} {row[own.name]}" for own, _ in pairs)
            yield self._dangling_row(table, row, f"{value}: there is no such {reference.referred_table.name}")

    def _dangling_row(self, table: Table, row: RowMapping, reason: str) -> Flaw:
        id = row.get("article_id")
        article = self.session.get(Article, id) if id is not None else None
        key = "/".join(str(row[column.name]) for column in table.primary_key)
        return Flaw(id, article.title if article else None, table.name, key, reason)


@dataclass
class _Reading:
    """One article's rows held against its text; `known` grows by the sound places of each actor."""

    whole: Verification
    article: Article

    def __post_init__(self) -> None:
        self.evidence = Evidence(self.article.text)
        self.positions = self._rows_of(Position)
        self.mentions = self._rows_of(ActorMention)
        self.proposals = self._rows_of(Proposal)
        self.metrics = self._rows_of(Metric)
        self.speakers = self._speakers()
        self.actors = self._actors()
        self.names = self._names()
        self.known: defaultdict[int, set[Span]] = defaultdict(set)

    def flaws(self) -> Iterator[Flaw]:
        """Positions before mentions, as some bodies are named by a post only."""
        yield from self._refused([self.article], self._check_article)
        yield from self._refused(self.positions, self._check_position)
        yield from self._refused(self.mentions, self._check_mention)
        yield from self._refused(self.proposals, self._check_proposal)
        yield from self._refused(self.speakers, self._check_speaker)
        yield from self._refused(self.metrics, self._check_metric)

    def _refused(self, rows: Sequence[Row], check: Callable[[Row], None]) -> Iterator[Flaw]:
        for row in rows:
            table = row.__table__  # type: ignore[attr-defined]  # SQLAlchemy adds it to every table's class
            self.whole.checked[table.name] += 1
            try:
                check(row)
            except EvidenceError as error:
                key = "/".join(str(getattr(row, column.name)) for column in table.primary_key)
                yield Flaw(self.article.id, self.article.title, table.name, key, str(error))

    def _check_article(self, article: Article) -> None:
        if hashlib.sha256(article.text.encode()).hexdigest() != article.sha256:
            raise EvidenceError("its text is not the one that was stored")

    def _check_position(self, row: Position) -> None:
        places = _spans(row.spans)
        self.evidence.check_position(row.title, row.institution_name, places)
        body = self.actors.get(row.institution_id or 0)
        if body and not self._goes_by(body, row.institution_name):
            raise EvidenceError(f"{row.institution_name} is no name of actor {body.id}, {body.name}")
        if row.person_id not in {mention.actor_id for mention in self.mentions}:
            raise EvidenceError(f"its person, actor {row.person_id}, is not mentioned in the article")
        self.known[row.person_id].update(places)

    def _check_mention(self, row: ActorMention) -> None:
        actor = self.actors.get(row.actor_id)
        if actor is None:
            return  # a reference to nothing, told as such
        places = _spans(row.spans)
        if actor.kind is ActorKind.PERSON:
            self.evidence.check_person(row.name, places)
        else:
            self.evidence.check_body(row.name, (), places)
        if not self._goes_by(actor, row.name):
            raise EvidenceError(f"{row.name} is no name of actor {actor.id}, {actor.name}")
        self.known[row.actor_id].update(places)
        self._note(actor, self._bears_out(actor, row.name, places))

    def _bears_out(self, actor: Actor, name: str, places: Sequence[Span]) -> bool:
        """Whether one who is mentioned by that name can be called as the actor is."""
        if actor.kind is ActorKind.PERSON:
            return key_of(name) == key_of(actor.name)
        with suppress(EvidenceError):
            self.evidence.check_body(actor.name, (name,), places)
            return True
        return False

    def _check_proposal(self, row: Proposal) -> None:
        self.evidence.check_proposal(row.text, _spans(row.spans))

    def _check_speaker(self, row: ProposalSpeaker) -> None:
        actor = self.actors.get(row.actor_id)
        if actor is None:
            return
        known = self.known[row.actor_id]
        self.evidence.check_speaker(actor.name, actor.kind, _spans(row.spans), known)
        if not known:
            self._note(actor, key_of(actor.name) in self.evidence.key)

    def _check_metric(self, row: Metric) -> None:
        span = Span(row.span_start, row.span_end)
        self.evidence.check_metric(row.text, span, row.value, row.value_max, row.unit)
        own = {proposal.id for proposal in self.proposals}
        if row.proposal_id is not None and row.proposal_id not in own:
            raise EvidenceError(f"metric {row.text}: proposal {row.proposal_id} is none of the article")

    def _goes_by(self, actor: Actor, name: str) -> bool:
        if actor.kind is ActorKind.REGION and can_mean_place(key_of(actor.name), key_of(name)):
            return True
        return key_of(name) in self.names[actor.id or 0]

    def _note(self, actor: Actor, is_borne_out: bool) -> None:
        assert actor.id is not None, "it comes from the database"
        assert self.article.id is not None, "it comes from the database"
        self.whole.note(actor.id, self.article.id, is_borne_out)

    def _rows_of(self, table: type[Row]) -> Sequence[Row]:
        columns: Any = table
        return self.whole.session.exec(select(table).where(columns.article_id == self.article.id)).all()

    def _speakers(self) -> Sequence[ProposalSpeaker]:
        own = select(Proposal.id).where(Proposal.article_id == self.article.id)
        speakers = select(ProposalSpeaker).where(col(ProposalSpeaker.proposal_id).in_(own))
        return self.whole.session.exec(speakers).all()

    def _actors(self) -> dict[int, Actor]:
        """All whom the article's rows point to, by id; those that are not there are left out."""
        ids = {row.actor_id for row in self.mentions} | {row.actor_id for row in self.speakers}
        ids |= {id for row in self.positions for id in (row.person_id, row.institution_id) if id is not None}
        found = self.whole.session.exec(select(Actor).where(col(Actor.id).in_(ids)))
        return {actor.id: actor for actor in found if actor.id is not None}

    def _names(self) -> defaultdict[int, set[str]]:
        """What each actor goes by, as `key_of` writes it."""
        names: defaultdict[int, set[str]] = defaultdict(set)
        stored = select(ActorAlias).where(col(ActorAlias.actor_id).in_(self.actors))
        for alias in self.whole.session.exec(stored):
            names[alias.actor_id].add(key_of(alias.alias))
        return names


def _spans(stored: Any) -> list[Span]:
    """The places of a row. Raises EvidenceError where its column holds something else."""
    try:
        places = [Span(*place) for place in stored]
    except TypeError:
        places = []
    if not all(isinstance(offset, int) for place in places for offset in place):
        places = []
    if not places:
        raise EvidenceError(f"its spans are no list of [start, end): {stored!r}")
    return places
