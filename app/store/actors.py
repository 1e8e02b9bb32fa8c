"""The actors that a batch of articles may mean: read at once, kept up to date, and written with the batch."""

from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from sqlalchemy import func, select, update
from sqlmodel import Session, col

from app.store.names import key_of
from app.store.rows import Rows
from app.tables import Actor, ActorAlias, Position
from app.vocabulary import ActorKind

ID = attrgetter("id")


@dataclass(slots=True)
class Known:
    """An actor with what all articles so far tell of it.

    `institutions` are the ids of those where a person holds a post. `is_merged` tells that somebody said of
    two that they are this one, `is_stored` that the row was there before the batch.
    """

    id: int
    kind: ActorKind
    name: str
    region_code: str | None
    is_stored: bool
    aliases: set[str] = field(default_factory=set)
    institutions: set[int] = field(default_factory=set)
    is_merged: bool = False


class Actors:
    """Looks actors up by their names, and adds new ones and new names."""

    def __init__(self, session: Session, rows: Rows) -> None:
        self._session = session
        self._rows = rows
        self._known: dict[int, Known] = {}
        self._by_alias: dict[str, list[Known]] = {}
        self._places: dict[tuple[str | None, str], Known | None] = {}
        self._replaced: defaultdict[int, Counter[int]] = defaultdict(Counter)

    def load(self, names: Iterable[str]) -> None:
        """Read all people and institutions of these names, so that none is asked for alone."""
        keys = {key_of(name) for name in names}.difference(self._by_alias)
        if not keys:
            return
        self._by_alias |= {key: [] for key in keys}
        named = (
            select(col(ActorAlias.alias), Actor)
            .join(Actor, col(ActorAlias.actor_id) == Actor.id)
            .where(col(ActorAlias.alias).in_(keys), col(Actor.kind) != ActorKind.REGION)
        )
        new: dict[int, Known] = {}
        for alias, row in self._session.execute(named):
            id = row.id or 0
            if id not in self._known:
                new[id] = self._known[id] = Known(id, row.kind, row.name, row.region_code, is_stored=True)
            insort(self._by_alias[alias], self._known[id], key=ID)
        if new:
            self._complete(new)

    def called(self, kind: ActorKind, name: str) -> list[Known]:
        """The actors of a kind with that name or alias, the oldest first."""
        self.load([name])
        return [actor for actor in self._by_alias[key_of(name)] if actor.kind is kind]

    def place(self, code: str | None, name: str) -> Known | None:
        """The actor that stands for the place of that code or, where it has none, of that name."""
        key = (code, "" if code else name)
        if key not in self._places:
            is_it = (
                col(Actor.region_code) == code
                if code
                else (col(Actor.name) == name) & col(Actor.region_code).is_(None)
            )
            same = select(Actor).where(col(Actor.kind) == ActorKind.REGION, is_it)
            row = self._session.execute(same).scalars().first()
            self._places[key] = self._kept(row) if row else None
        return self._places[key]

    def add(self, kind: ActorKind, name: str, region: str | None) -> Known:
        """A new actor of that canonical name."""
        actor = Known(self._rows.number(Actor), kind, name, region, is_stored=False)
        self._known[actor.id] = actor
        if kind is ActorKind.REGION:
            self._places[region, "" if region else name] = actor
        self.note_names(actor, [name])
        return actor

    def note_names(self, actor: Known, names: Iterable[str]) -> None:
        """Make an actor findable by these names, as stated and as `key_of` writes them."""
        wanted = {form for name in names for form in (name, key_of(name))}
        for alias in sorted(wanted - actor.aliases):
            actor.aliases.add(alias)
            self._rows.add(ActorAlias, actor_id=actor.id, alias=alias)
            if actor.kind is not ActorKind.REGION and key_of(alias) == alias:
                self.load([alias])
                insort(self._by_alias[alias], actor, key=ID)

    def forget(self, ids: Collection[int]) -> None:
        """Let actors no longer be found that are deleted."""
        if not ids:
            return
        self._known = {id: actor for id, actor in self._known.items() if id not in ids}
        for own in self._by_alias.values():
            own[:] = [actor for actor in own if actor.id not in ids]
        self._places = {
            key: actor for key, actor in self._places.items() if actor is None or actor.id not in ids
        }

    def keep_posts(self, posts: Iterable[tuple[int, int]]) -> None:
        """Let these still tell who is who: persons and institutions of an article that is to be replaced."""
        for person, institution in posts:
            self._replaced[person][institution] += 1

    def forget_posts(self, posts: Iterable[tuple[int, int]]) -> None:
        """Let these no longer tell: the article is being written anew."""
        for person, institution in posts:
            self._replaced[person][institution] -= 1

    def institutions_of(self, person: Known) -> set[int]:
        """Where a person holds a post, by all articles but the one that is being written."""
        return person.institutions | set(+self._replaced[person.id])

    def by_id(self, id: int) -> Known:
        """An actor that was met; KeyError for any other."""
        return self._known[id]

    def regions_of(self, ids: Collection[int]) -> set[str]:
        """The codes of the regions of these actors, as far as they are known."""
        if unknown := [id for id in ids if id not in self._known]:
            rows = self._session.execute(select(Actor).where(col(Actor.id).in_(unknown)))
            for row in rows.scalars():
                self._kept(row)
        return {code for id in ids if (code := self._known[id].region_code)}

    def rename(self, actor: Known, name: str) -> None:
        """Give an actor another canonical name."""
        actor.name = name
        self._change(actor, name=name)

    def settle(self, actor: Known, region: str) -> None:
        """Say where an institution is, of which so far no article told it."""
        actor.region_code = region
        self._change(actor, region_code=region)

    def add_rows(self) -> None:
        """Add the rows of all new actors to those of the batch."""
        for actor in self._known.values():
            if not actor.is_stored:
                self._rows.add(
                    Actor, id=actor.id, kind=actor.kind, name=actor.name, region_code=actor.region_code
                )

    def _change(self, actor: Known, **changed: str) -> None:
        if actor.is_stored:
            self._session.execute(update(Actor).where(col(Actor.id) == actor.id).values(**changed))

    def _kept(self, row: Actor) -> Known:
        id = row.id or 0
        if id not in self._known:
            self._known[id] = Known(id, row.kind, row.name, row.region_code, is_stored=True)
            self._complete({id: self._known[id]})
        return self._known[id]

    def _complete(self, actors: dict[int, Known]) -> None:
        names = select(col(ActorAlias.actor_id), col(ActorAlias.alias))
        for id, alias in self._session.execute(names.where(col(ActorAlias.actor_id).in_(actors))):
            actors[id].aliases.add(alias)
        people = [id for id, actor in actors.items() if actor.kind is ActorKind.PERSON]
        if not people:
            return
        for person, institution in _posts(self._session, people):
            actors[person].institutions.add(institution)
        merged = select(col(Actor.merged_into)).where(col(Actor.merged_into).in_(people))
        for id in self._session.execute(merged).scalars():
            actors[id].is_merged = True


def _posts(session: Session, people: Collection[int]) -> Iterable[tuple[int, int]]:
    """Each person with each institution where they hold a post, found without reading all their posts.

    From one institution to the next higher one in the index: of some people, thousands of articles tell.
    """
    first = _next_institution(col(Actor.id), 0)
    start = select(col(Actor.id).label("person"), first.label("institution")).where(col(Actor.id).in_(people))
    held = start.cte("held", recursive=True)
    following = _next_institution(held.c.person, held.c.institution)
    held = held.union_all(select(held.c.person, following).where(held.c.institution.is_not(None)))
    statement = select(held.c.person, held.c.institution).where(held.c.institution.is_not(None))
    return [(row.person, row.institution) for row in session.execute(statement)]


def _next_institution(person: Any, above: Any) -> Any:
    lowest = select(func.min(col(Position.institution_id))).where(
        col(Position.person_id) == person, col(Position.institution_id) > above
    )
    return lowest.correlate_except(Position).scalar_subquery()
