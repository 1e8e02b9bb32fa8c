"""Who is the same across articles: decided anew for all of a name whenever something new is said of them.

So it does not matter what came first. Whom somebody merged by hand stays so: of their name only what is new
is decided.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping

from sqlalchemy import bindparam, delete, or_, select, update
from sqlmodel import Session, col

from app.store import postings
from app.store.actors import Actors, leading, merged_by_hand
from app.store.bearers import Bearer, Bearers, actors_of, claims_of
from app.store.casts import recast
from app.store.chunks import chunks
from app.store.claims import Cast, Claim, Held
from app.store.deciding import Group, Told, decide_bodies, decide_people
from app.store.duplicates import Unlinked
from app.store.names import key_of
from app.store.places import Places
from app.store.removal import remove_unmentioned
from app.store.rows import Rows
from app.tables import Actor, ActorAlias, ArticleClaim, Position
from app.tables import Claim as ClaimRow
from app.vocabulary import ActorKind

CHUNK = 200
"""Articles listed anew at once; a statement takes some ten thousand values."""

BODY, PERSON = ActorKind.INSTITUTION, ActorKind.PERSON


class Identities:
    """Decides who is who when articles come or go; `who` are the actors by the ids of claims."""

    def __init__(self, session: Session, rows: Rows, places: Places) -> None:
        self.who: dict[int, int] = {}
        self._session = session
        self._rows = rows
        self._places = places
        self._bearers = Bearers(session, rows)
        self._actors = Actors(session, rows, self._bearers)

    def settle(self, casts: Mapping[int, Cast], former: Collection[int]) -> dict[int, list[int]]:
        """Decide whom articles name, and what else that touches; their rows must not be there yet.

        `former` are the ids of claims that articles made which were taken out. For each article the ids of
        its claims, see `Bearers.identify`.
        """
        ids = self._bearers.identify(casts, former)
        self._actors.lost |= actors_of(self._bearers.gone.values())
        self._decide_bodies()
        self._decide_people()
        own = self._bearers.stored | self._actors.of
        for id, (claim, _) in self._bearers.new.items():
            values = {"kind": claim.kind, "key": claim.key, "name": claim.name, "said": claim.said}
            self._rows.add(ClaimRow, id=id, actor_id=own[id], **values)
        led = leading(self._session, own.values())
        self.who = {id: led.get(actor, actor) for id, actor in own.items()}
        return ids

    def apply(self, written: Collection[int] = ()) -> Unlinked:
        """Bring what is stored in line with what was decided, once the rows of the articles are `written`;
        the proposals elsewhere that are to be linked anew."""
        moved = self._actors.moved
        if moved:
            statement = update(ClaimRow).where(col(ClaimRow.id) == bindparam("at"))
            values = [{"at": id, "to": actor} for id, actor in moved.items()]
            self._session.connection().execute(statement.values(actor_id=bindparam("to")), values)
        if gone := self._bearers.gone:
            self._session.execute(delete(ClaimRow).where(col(ClaimRow.id).in_(gone)))
        anew = self._articles_with(col(ClaimRow.id).in_(moved)) - set(written) if moved else set()
        unlinked = recast(self._session, anew)
        if settled := self._actors.settled:
            listed = self._articles_with(col(ClaimRow.actor_id).in_(settled)) - set(written) - anew
            self._list_anew(listed)
        remove_unmentioned(self._session, self._actors.lost)
        return unlinked

    def _list_anew(self, articles: Collection[int]) -> None:
        """List what is said there by where a body is of which that was not known."""
        for some in chunks(articles, CHUNK):
            postings.take_out(self._session, some)
            postings.put_in(self._session, some)

    def _articles_with(self, claimed: object) -> set[int]:
        made = select(col(ArticleClaim.article_id)).join(ClaimRow, col(ClaimRow.id) == ArticleClaim.claim_id)
        return set(self._session.execute(made.where(claimed).distinct()).scalars())  # type: ignore[arg-type]

    # --- bodies

    def _decide_bodies(self) -> None:
        names = self._names_of_bodies()
        if not names:
            return
        near = self._going_by(names)
        keys = names | {each.claim.key for each in near.values()}
        known = near | self._going_by(keys - names)
        fixed: defaultdict[int, list[int]] = defaultdict(list)
        for id, each in known.items():
            # Of these it is not known who else goes by their names, nor does it matter.
            if each.claim.key not in keys and each.actor is not None:
                fixed[each.actor].append(id)
        bearers = self._bearers.with_new(known, BODY)
        self._actors.assign(decide_bodies(claims_of(bearers), list(fixed.values())), bearers)

    def _names_of_bodies(self) -> set[str]:
        """Those of which something new is said, or no longer; other forms only if anyone bears them."""
        changed = self._bearers.changed(BODY)
        names = {each.key for each in changed}
        others = {key_of(alias) for each in changed for alias in each.aliases} - names
        if others:
            borne = select(col(ClaimRow.key)).where(col(ClaimRow.key).in_(others), col(ClaimRow.kind) == BODY)
            names.update(self._session.execute(borne.distinct()).scalars())
        return names

    def _going_by(self, names: Collection[str]) -> dict[int, Bearer]:
        """All that is said of the bodies that go by one of these names."""
        if not names:
            return {}
        found = (
            select(col(ActorAlias.actor_id))
            .join(Actor, col(Actor.id) == ActorAlias.actor_id)
            .where(col(ActorAlias.alias).in_(names), col(Actor.kind) == BODY)
        )
        return self._bearers.load(col(ClaimRow.actor_id).in_(found))

    # --- people

    def _decide_people(self) -> None:
        names = {each.key for each in self._bearers.changed(PERSON)} | self._names_of_staff()
        if not names:
            return
        known = self._bearers.load((col(ClaimRow.kind) == PERSON) & col(ClaimRow.key).in_(names))
        bearers = self._bearers.with_new(known, PERSON)
        told = self._told(claims_of(bearers))
        merged = merged_by_hand(self._session, actors_of(bearers.values()))
        own: defaultdict[str, dict[int, Bearer]] = defaultdict(dict)
        for id, each in bearers.items():
            own[each.claim.key][id] = each
        groups = [group for each in own.values() for group in _decided(each, told, merged)]
        self._actors.assign(groups, bearers)

    def _names_of_staff(self) -> set[str]:
        """The names of those with a post at a body of which it is decided otherwise what or where it is."""
        bodies = self._actors.lost | self._actors.settled
        if not bodies:
            return set()
        people = select(col(Position.person_id)).where(col(Position.institution_id).in_(bodies))
        merged = select(col(Actor.id)).where(col(Actor.merged_into).in_(people))
        is_theirs = or_(col(ClaimRow.actor_id).in_(people), col(ClaimRow.actor_id).in_(merged))
        names = select(col(ClaimRow.key)).where(col(ClaimRow.kind) == PERSON, is_theirs).distinct()
        return set(self._session.execute(names).scalars())

    def _told(self, claims: Mapping[int, Claim]) -> dict[int, Told]:
        held = {post for each in claims.values() for post in each.posts}
        bodies = self._bodies_at(held)
        at: dict[Held, Hashable] = {post: bodies.get(post, post) for post in held}
        regions = self._regions_of(set(bodies.values()))
        homes: dict[Held, frozenset[str]] = {}
        for post in held:
            code = regions[bodies[post]] if post in bodies else post[1]
            homes[post] = self._places.provinces_of([code] if code else [])
        return {
            id: Told(
                frozenset(at[post] for post in each.posts),
                frozenset[str]().union(*(homes[post] for post in each.posts)),
                each.around,
            )
            for id, each in claims.items()
        }

    def _bodies_at(self, held: Iterable[Held]) -> dict[Held, int]:
        """The bodies of these names and regions, as it is decided now."""
        keys = {key for key, _ in held if key}
        wanted = (col(ClaimRow.kind) == BODY) & col(ClaimRow.key).in_(keys)
        found: dict[Held, int] = {}
        for id, (claim, actor) in (self._bearers.load(wanted) if keys else {}).items():
            found[claim.key, claim.region] = self._actors.moved.get(id, actor or 0)
        for id, (claim, _) in self._bearers.new.items():
            if claim.kind is BODY:
                found[claim.key, claim.region] = self._actors.of[id]
        return {post: found[post] for post in held if post in found}

    def _regions_of(self, bodies: Collection[int]) -> dict[int, str | None]:
        unknown = set(bodies) - self._actors.regions.keys()
        if unknown:
            rows = select(col(Actor.id), col(Actor.region_code)).where(col(Actor.id).in_(unknown))
            self._actors.regions |= {row.id: row.region_code for row in self._session.execute(rows)}
        return {id: self._actors.regions[id] for id in bodies}


def _decided(
    bearers: Mapping[int, Bearer], told: Mapping[int, Told], merged: Mapping[int, int]
) -> Collection[Group]:
    """Those of one name who are one; where somebody merged any of them, all who are stored as they are."""
    same: defaultdict[int, list[int]] = defaultdict(list)
    for id, each in bearers.items():
        if each.actor is not None and each.actor in merged:
            same[merged[each.actor]].append(id)
    decided = decide_people({id: told[id] for id in bearers}, list(same.values()))
    if not same:
        return decided
    kept: defaultdict[Hashable, set[int]] = defaultdict(set)
    for group in decided:
        there = sorted(actors_of(bearers[id] for id in group))
        for id in group:
            actor = bearers[id].actor
            kept[actor if actor is not None else there[0] if there else group].add(id)
    return [frozenset(group) for group in kept.values()]
