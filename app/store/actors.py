"""The actors that groups of claims mean: the oldest that any of them meant, described by all that is said."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import delete, select, update
from sqlmodel import Session, col

from app.store.bearers import Bearer, Bearers, actors_of
from app.store.claims import Claim, names_of
from app.store.deciding import Group, name_of_body, name_of_person, region_of_body
from app.store.rows import Rows
from app.tables import Actor, ActorAlias
from app.vocabulary import ActorKind


@dataclass(slots=True)
class Actors:
    """Whom claims mean, by their ids (`of`), and what that changes.

    `moved` are stored claims that mean another than before, `lost` the actors that fewer claims mean than
    before, `settled` the bodies that are elsewhere than before, `regions` those of bodies met.
    """

    session: Session
    rows: Rows
    bearers: Bearers
    of: dict[int, int] = field(default_factory=dict)
    moved: dict[int, int] = field(default_factory=dict)
    lost: set[int] = field(default_factory=set)
    settled: set[int] = field(default_factory=set)
    regions: dict[int, str | None] = field(default_factory=dict)
    _new: set[int] = field(default_factory=set)
    _named: defaultdict[int, set[str]] = field(default_factory=lambda: defaultdict(set))

    def assign(self, groups: Iterable[Group], bearers: Mapping[int, Bearer]) -> None:
        """Give each group an actor: the oldest one that any of its claims meant, each to one group only."""
        ordered = sorted(groups, key=min)
        actors = self._kept(ordered, bearers)
        taken = actors_of(bearers.values())
        for group in ordered:
            if group not in actors:
                actors[group] = self._former(group, bearers, taken) or self._add(group, bearers)
                taken.add(actors[group])
        for group, actor in actors.items():
            self._note(group, actor, bearers)
        changed = {
            actor: [bearers[id].claim for id in group]
            for group, actor in actors.items()
            if actor not in self._new
            and (actor in self.lost or any(bearers[id].actor != actor for id in group))
        }
        if changed:
            self._describe(changed)

    def _kept(self, groups: Sequence[Group], bearers: Mapping[int, Bearer]) -> dict[Group, int]:
        group_of = {id: group for group in groups for id in group}
        kept: dict[Group, int] = {}
        taken: set[int] = set()
        for actor, id in sorted((each.actor, id) for id, each in bearers.items() if each.actor is not None):
            if group_of[id] not in kept and actor not in taken:
                kept[group_of[id]] = actor
                taken.add(actor)
        return kept

    def _former(self, group: Group, bearers: Mapping[int, Bearer], taken: Collection[int]) -> int | None:
        """Whom an article named so when it was extracted before, and nobody else does."""
        names = sorted({(bearers[id].claim.kind, bearers[id].claim.key) for id in group})
        known = (actor for each in names for actor in self.bearers.former.get(each, ()))
        return next((actor for actor in known if actor not in taken), None)

    def _add(self, group: Group, bearers: Mapping[int, Bearer]) -> int:
        id = self.rows.number(Actor)
        claims = [bearers[each].claim for each in sorted(group)]
        name, region = _described(claims)
        self.rows.add(Actor, id=id, kind=claims[0].kind, name=name, region_code=region)
        for alias in names_of(claims):
            self.rows.add(ActorAlias, actor_id=id, alias=alias)
        self.regions[id] = region
        self._new.add(id)
        return id

    def _note(self, group: Group, actor: int, bearers: Mapping[int, Bearer]) -> None:
        for id in group:
            before = bearers[id].actor
            self.of[id] = actor
            if before is not None and before != actor:
                self.moved[id] = actor
                self.lost.add(before)

    def _describe(self, changed: Mapping[int, Sequence[Claim]]) -> None:
        """Let stored actors go by what all that is said of them makes of their name, region and aliases."""
        rows = self.session.execute(
            select(col(Actor.id), col(Actor.kind), col(Actor.name), col(Actor.region_code)).where(
                col(Actor.id).in_(changed)
            )
        ).all()
        merged = merged_by_hand(self.session, changed)
        for id, kind, name, region in rows:
            described = _described(changed[id])
            if kind is ActorKind.INSTITUTION:
                self.regions[id] = described[1]
                if described[1] != region:
                    self.settled.add(id)
            if described != (name, region):
                values = dict(zip(("name", "region_code"), described, strict=True))
                self.session.execute(update(Actor).where(col(Actor.id) == id).values(**values))
        names = {id: set(names_of(claims)) for id, claims in changed.items()}
        self._rename(names, merged)

    def _rename(self, names: Mapping[int, set[str]], merged: Mapping[int, int]) -> None:
        """Let actors be found by these names, and by no others unless they are those of several."""
        bearing = {merged.get(id, id) for id in names}
        stored: defaultdict[int, set[str]] = defaultdict(set)
        known = select(col(ActorAlias.actor_id), col(ActorAlias.alias))
        for id, alias in self.session.execute(known.where(col(ActorAlias.actor_id).in_(bearing))):
            stored[id].add(alias)
        for id, own in names.items():
            to = merged.get(id, id)
            for alias in sorted(own - stored[to] - self._named[to]):
                self._named[to].add(alias)
                self.rows.add(ActorAlias, actor_id=to, alias=alias)
            if id not in merged and (gone := stored[id] - own):
                theirs = delete(ActorAlias).where(col(ActorAlias.actor_id) == id)
                self.session.execute(theirs.where(col(ActorAlias.alias).in_(gone)))


def _described(claims: Sequence[Claim]) -> tuple[str, str | None]:
    """The canonical name and the region of whom claims mean."""
    if claims[0].kind is ActorKind.PERSON:
        return name_of_person(claims), None
    return name_of_body(claims), region_of_body(claims)


def leading(session: Session, actors: Iterable[int]) -> dict[int, int]:
    """Of those of these who were merged by hand, by id who they are now."""
    led: dict[int, int] = {}
    asked = set(actors)
    while asked:
        merged = select(col(Actor.id), col(Actor.merged_into)).where(
            col(Actor.id).in_(asked), col(Actor.merged_into).is_not(None)
        )
        found = {id: into for id, into in session.execute(merged) if into is not None}
        led = {id: found.get(into, into) for id, into in led.items()} | found
        asked = set(found.values())
    return led


def merged_by_hand(session: Session, actors: Iterable[int]) -> dict[int, int]:
    """By id who they are now, of all of these who were merged or whom others were merged into."""
    ids = set(actors)
    if not ids:
        return {}
    into = select(col(Actor.merged_into)).where(col(Actor.merged_into).in_(ids)).distinct()
    found = {id: id for id in session.execute(into).scalars() if id is not None}
    return found | leading(session, ids)
