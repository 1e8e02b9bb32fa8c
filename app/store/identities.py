"""Who is the same across articles: each function gives the actor that a finding means.

Precision comes first: of two that may be one, two are made.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from app.extraction.findings import Institution
from app.store import postings
from app.store.actors import Actors, Known
from app.store.names import key_of
from app.store.places import Places
from app.tables import Position, Proposal, ProposalSpeaker
from app.vocabulary import ActorKind

CHUNK = 500
"""Articles listed anew at once; a statement takes some ten thousand values."""

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
class Identities:
    """Finds the actors of a batch of articles, or adds them."""

    session: Session
    actors: Actors
    places: Places

    def person(self, name: str, around: Surroundings) -> Known:
        """The person of that name with a shared institution or province, else a new one.

        With no institution to go by, the only person of that name, or the only one at home in the article's
        provinces. One who was met without a post so far may be anybody of the name, as long as alone.
        """
        known = self.actors.called(ActorKind.PERSON, name)
        find = self._by_posts if around.institutions else self._by_place
        found = find(known, around) or self.actors.add(ActorKind.PERSON, name, None)
        found.institutions |= around.institutions
        return found

    def institution(self, found: Institution) -> Known:
        """The institution of that name, or the one of which one name is an alias of the other.

        Those of different regions are never one (朝阳区政府).
        """
        actor = self._by_name(found) or self._by_alias(found) or self._by_own_alias(found)
        if actor is None:
            actor = self.actors.add(ActorKind.INSTITUTION, found.name, found.region)
        elif actor.region_code is None and found.region is not None:
            self._settle(actor, found.region)
        self.actors.note_names(actor, (found.name, *found.aliases))
        return actor

    def region(self, name: str, near: Collection[str]) -> Known:
        """The one actor for a place; of several places of the name, the one whose code is in `near`."""
        place = self.places.called(key_of(name), near)
        code, name = (place.code, place.name) if place else (None, name)
        return self.actors.place(code, name) or self.actors.add(ActorKind.REGION, name, code)

    def _by_posts(self, known: Sequence[Known], around: Surroundings) -> Known | None:
        provinces = self._provinces(around.institutions)
        for each in known:
            if self.actors.institutions_of(each) & around.institutions:
                return each
        for each in known:
            if self._home(each) & provinces:
                return each
        blank = [each for each in known if not self.actors.institutions_of(each)]
        # The posts of a merged person do not tell who is meant: they are those of two. That the article named
        # them before does.
        former = [each for each in known if each.id in around.former and (each.is_merged or each in blank)]
        return _only(former) or (_only(blank) if len(known) == 1 else None)

    def _by_place(self, known: Sequence[Known], around: Surroundings) -> Known | None:
        return (
            _only([each for each in known if each.id in around.former])
            or _only(known)
            or _only([each for each in known if self._home(each) & around.provinces])
        )

    def _home(self, person: Known) -> frozenset[str]:
        return self._provinces(self.actors.institutions_of(person))

    def _provinces(self, institutions: Collection[int]) -> frozenset[str]:
        return self.places.provinces_of(self.actors.regions_of(institutions))

    def _settle(self, actor: Known, region: str) -> None:
        """Say where an institution is, and list what others of its articles said there too."""
        articles = sorted(self._articles_of(actor)) if actor.is_stored else []
        chunks = [articles[start : start + CHUNK] for start in range(0, len(articles), CHUNK)]
        for chunk in chunks:
            postings.take_out(self.session, chunk)
        self.actors.settle(actor, region)
        for chunk in chunks:
            postings.put_in(self.session, chunk)

    def _articles_of(self, actor: Known) -> set[int]:
        """The stored articles whose proposals are listed by where the institution is."""
        spoke = select(Proposal.article_id).join(
            ProposalSpeaker, col(ProposalSpeaker.proposal_id) == Proposal.id
        )
        return {
            *self.session.exec(spoke.where(ProposalSpeaker.actor_id == actor.id)),
            *self.session.exec(select(Position.article_id).where(Position.institution_id == actor.id)),
        }

    def _by_name(self, found: Institution) -> Known | None:
        same = self._with_canonical_name(found.name)
        exact = next((actor for actor in same if actor.region_code == found.region), None)
        return exact or _fitting(same, found.region, is_relative=False)

    def _by_alias(self, found: Institution) -> Known | None:
        named = self.actors.called(ActorKind.INSTITUTION, found.name)
        return _fitting(named, found.region, RELATIVE.match(found.name) is not None)

    def _by_own_alias(self, found: Institution) -> Known | None:
        """The institution so far known only by what is now an alias; it takes the fuller name."""
        for alias in found.aliases:
            same = self._with_canonical_name(alias)
            actor = _fitting(same, found.region, RELATIVE.match(alias) is not None)
            if actor is not None:
                self.actors.rename(actor, found.name)
                return actor
        return None

    def _with_canonical_name(self, name: str) -> list[Known]:
        called = self.actors.called(ActorKind.INSTITUTION, name)
        return [actor for actor in called if key_of(actor.name) == key_of(name)]


def _only(known: Sequence[Known]) -> Known | None:
    return known[0] if len(known) == 1 else None


def _fitting(actors: Sequence[Known], region: str | None, is_relative: bool) -> Known | None:
    """Of several, or by a relative name, only the one of the same region; else the one that may be."""
    agreeing = [actor for actor in actors if region is not None and actor.region_code == region]
    if len(agreeing) == 1:
        return agreeing[0]
    if is_relative or len(actors) != 1:
        return None
    return actors[0] if region is None or actors[0].region_code is None else None
