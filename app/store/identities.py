"""Who is the same across articles: each function gives the id of the actor a finding means.

Precision comes first: of two that may be one, two are made.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

# Loaded here, as whoever writes names loads this, and not with the first of them: that one holds the lock.
import pypinyin  # noqa: F401
from sqlmodel import Session, col, select

from app.extraction.findings import Institution
from app.store import postings
from app.store.names import key_of
from app.store.places import provinces_of, region_called
from app.store.rows import insert_row
from app.tables import Actor, ActorAlias, Position, Proposal, ProposalSpeaker
from app.vocabulary import ActorKind

RELATIVE = re.compile("[省市区县州该我]")
"""How names begin that mean a body only within their article: 市政协, 省委, 该中心."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an article tells of a person beside the name.

    `institutions` are the ids of those of the person's posts; `provinces` are those of the article,
    `former` the actors it named when it was extracted before.
    """

    institutions: frozenset[int]
    provinces: frozenset[str]
    former: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Known:
    """A person of the name, with what all articles so far tell of the posts.

    `is_merged` tells that somebody said of two that they are this one.
    """

    id: int
    institutions: frozenset[int]
    provinces: frozenset[str]
    is_merged: bool


def get_or_add_person(session: Session, name: str, around: Surroundings) -> int:
    """The person of that name with a shared institution or province, else a new one.

    With no institution to go by, the only person of that name, or the only one at home in the article's
    provinces. One who was met without a post so far may be anybody of the name, as long as alone.
    """
    known = _people_called(session, name)
    find = _by_posts if around.institutions else _by_place
    found = find(session, known, around)
    return found if found is not None else _add(session, ActorKind.PERSON, name, None)


def _by_posts(session: Session, known: Sequence[_Known], around: Surroundings) -> int | None:
    provinces = _provinces_of_institutions(session, around.institutions)
    for each in known:
        if each.institutions & around.institutions:
            return each.id
    for each in known:
        if each.provinces & provinces:
            return each.id
    blank = [each for each in known if not each.institutions]
    # The posts of a merged person do not tell who is meant: they are those of two. That the article named
    # them before does.
    former = [each for each in known if each.id in around.former and (each.is_merged or each in blank)]
    return _only(former) or (_only(blank) if len(known) == 1 else None)


def _by_place(_: Session, known: Sequence[_Known], around: Surroundings) -> int | None:
    return (
        _only([each for each in known if each.id in around.former])
        or _only(known)
        or _only([each for each in known if each.provinces & around.provinces])
    )


def _only(known: Sequence[_Known]) -> int | None:
    return known[0].id if len(known) == 1 else None


def _people_called(session: Session, name: str) -> list[_Known]:
    ids = [_id(actor) for actor in _called(session, ActorKind.PERSON, name)]
    posts: dict[int, set[int]] = defaultdict(set)
    held = select(Position.person_id, Position.institution_id).where(
        col(Position.person_id).in_(ids), col(Position.institution_id).is_not(None)
    )
    for person, institution in session.exec(held):
        posts[person].add(institution or 0)
    merged = set(session.exec(select(Actor.merged_into).where(col(Actor.merged_into).in_(ids))))
    return [
        _Known(id, frozenset(posts[id]), _provinces_of_institutions(session, posts[id]), id in merged)
        for id in ids
    ]


def _provinces_of_institutions(session: Session, ids: Collection[int]) -> frozenset[str]:
    regions = select(Actor.region_code).where(col(Actor.id).in_(ids), col(Actor.region_code).is_not(None))
    return provinces_of(session, {code for code in session.exec(regions) if code})


def get_or_add_institution(session: Session, found: Institution) -> int:
    """The institution of that name, or the one of which one name is an alias of the other.

    Those of different regions are never one (朝阳区政府).
    """
    actor = _by_name(session, found) or _by_alias(session, found) or _by_own_alias(session, found)
    if actor is None:
        id = _add(session, ActorKind.INSTITUTION, found.name, found.region)
    else:
        id = _id(actor)
        if actor.region_code is None and found.region is not None:
            _place(session, actor, found.region)
    note_names(session, id, (found.name, *found.aliases))
    return id


def _place(session: Session, actor: Actor, region: str) -> None:
    """Say where an institution is, of which so far no article told it."""
    spoke = select(Proposal.article_id).join(ProposalSpeaker, col(ProposalSpeaker.proposal_id) == Proposal.id)
    articles = {
        *session.exec(spoke.where(ProposalSpeaker.actor_id == actor.id)),
        *session.exec(select(Position.article_id).where(Position.institution_id == actor.id)),
    }
    postings.take_out(session, articles)
    actor.region_code = region
    postings.put_in(session, articles)


def _by_name(session: Session, found: Institution) -> Actor | None:
    same = _with_canonical_name(session, found.name)
    exact = next((actor for actor in same if actor.region_code == found.region), None)
    return exact or _fitting(same, found.region, is_relative=False)


def _by_alias(session: Session, found: Institution) -> Actor | None:
    named = _called(session, ActorKind.INSTITUTION, found.name)
    return _fitting(named, found.region, RELATIVE.match(found.name) is not None)


def _by_own_alias(session: Session, found: Institution) -> Actor | None:
    """The institution so far known only by what is now an alias; it takes the fuller name."""
    for alias in found.aliases:
        same = _with_canonical_name(session, alias)
        actor = _fitting(same, found.region, RELATIVE.match(alias) is not None)
        if actor is not None:
            actor.name = found.name
            return actor
    return None


def _with_canonical_name(session: Session, name: str) -> list[Actor]:
    called = _called(session, ActorKind.INSTITUTION, name)
    return [actor for actor in called if key_of(actor.name) == key_of(name)]


def _fitting(actors: Sequence[Actor], region: str | None, is_relative: bool) -> Actor | None:
    """Of several, or by a relative name, only the one of the same region; else the one that may be."""
    agreeing = [actor for actor in actors if region is not None and actor.region_code == region]
    if len(agreeing) == 1:
        return agreeing[0]
    if is_relative or len(actors) != 1:
        return None
    return actors[0] if region is None or actors[0].region_code is None else None


def get_or_add_region(session: Session, name: str, near: Collection[str]) -> int:
    """The one actor that stands for a place; of several places of the name, one whose code is in `near`."""
    place = region_called(session, key_of(name), near)
    same = select(Actor).where(Actor.kind == ActorKind.REGION)
    if place is None:
        same = same.where(Actor.name == name, col(Actor.region_code).is_(None))
    else:
        same = same.where(Actor.region_code == place.code)
    actor = session.exec(same).first()
    if actor is not None:
        return _id(actor)
    return _add(session, ActorKind.REGION, place.name if place else name, place.code if place else None)


def note_names(session: Session, actor_id: int, names: Iterable[str]) -> None:
    """Make an actor findable by these names, as stated and as `key_of` writes them."""
    wanted = {form for name in names for form in (name, key_of(name))}
    stored = session.exec(select(ActorAlias.alias).where(ActorAlias.actor_id == actor_id))
    for alias in sorted(wanted.difference(stored)):
        session.add(ActorAlias(actor_id=actor_id, alias=alias))


def _called(session: Session, kind: ActorKind, name: str) -> Sequence[Actor]:
    """The actors of a kind with that name or alias, the oldest first."""
    named = (
        select(Actor)
        .join(ActorAlias, col(ActorAlias.actor_id) == Actor.id)
        .where(Actor.kind == kind, ActorAlias.alias == key_of(name))
        .order_by(col(Actor.id))
    )
    return session.exec(named).all()


def _add(session: Session, kind: ActorKind, name: str, region: str | None) -> int:
    id = insert_row(session, Actor(kind=kind, name=name, region_code=region))
    note_names(session, id, [name])
    return id


def _id(actor: Actor) -> int:
    assert actor.id is not None, "it comes from the database"
    return actor.id
