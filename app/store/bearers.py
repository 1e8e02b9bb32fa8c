"""The claims of a batch of articles, and those that are stored, with whom they are decided to mean."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

from app.store.claims import Cast, Claim
from app.store.placed import PlaceActors
from app.store.rows import Rows
from app.tables import ArticleClaim
from app.tables import Claim as ClaimRow
from app.vocabulary import ActorKind

Content = tuple[ActorKind, str, str]
"""By what a claim is the same as another: kind, name and what is said."""


class Bearer(NamedTuple):
    """A claim with the actor it means so far; None while it is new."""

    claim: Claim
    actor: int | None


@dataclass(slots=True)
class Bearers:
    """`stored` are the actors of claims of the batch that were there before, `new` its other claims, `gone`
    those that no article makes any more, by id; `former` tells whom the batch's articles named so before."""

    session: Session
    rows: Rows
    stored: dict[int, int] = field(default_factory=dict)
    new: dict[int, Bearer] = field(default_factory=dict)
    gone: dict[int, Bearer] = field(default_factory=dict)
    former: dict[tuple[ActorKind, str], list[int]] = field(default_factory=dict)

    def identify(self, casts: Mapping[int, Cast], former: Collection[int]) -> dict[int, list[int]]:
        """For each article the ids of its claims, below 0 those of the actors of places; `former` are the ids
        of claims that these or deleted articles made before."""
        claims = [
            each for cast in casts.values() for each in cast.claims if each.kind is not ActorKind.REGION
        ]
        known, actors = self._stored({each.key for each in claims})
        for each in claims:
            content = (each.kind, each.name, each.said)
            id = known.get(content)
            if id is None:
                id = known[content] = self.rows.number(ClaimRow)
                self.new[id] = Bearer(each, None)
            elif id in actors:
                self.stored[id] = actors[id]
        self._note_former(former)
        places = PlaceActors(self.session, self.rows)
        return {
            article: [
                -places.id_of(each.region, each.name)
                if each.kind is ActorKind.REGION
                else known[each.kind, each.name, each.said]
                for each in cast.claims
            ]
            for article, cast in casts.items()
        }

    def _stored(self, keys: Collection[str]) -> tuple[dict[Content, int], dict[int, int]]:
        """The stored claims of these names: their ids, and the actors by these. Most are not asked for again,
        so none is read further."""
        columns = (ClaimRow.id, ClaimRow.kind, ClaimRow.name, ClaimRow.said, ClaimRow.actor_id)
        wanted = select(*map(col, columns)).where(col(ClaimRow.key).in_(keys))
        rows = self.session.execute(wanted.order_by(col(ClaimRow.id).desc())).all() if keys else []
        return {(row[1], row[2], row[3]): row[0] for row in rows}, {row[0]: row[4] for row in rows}

    def _note_former(self, former: Collection[int]) -> None:
        if not former:
            return
        made = select(col(ArticleClaim.claim_id)).where(col(ArticleClaim.claim_id).in_(former)).distinct()
        kept = {*self.session.execute(made).scalars(), *self.stored}
        for id, bearer in sorted(self.load(col(ClaimRow.id).in_(former)).items()):
            own = self.former.setdefault((bearer.claim.kind, bearer.claim.key), [])
            own.append(bearer.actor or 0)
            if id not in kept:
                self.gone[id] = bearer

    def load(self, wanted: Any) -> dict[int, Bearer]:
        """Stored claims by id."""
        columns = (col(ClaimRow.id), col(ClaimRow.kind), col(ClaimRow.name), col(ClaimRow.said))
        rows = self.session.execute(select(*columns, col(ClaimRow.actor_id)).where(wanted))
        return {id: Bearer(Claim.read(kind, name, said), actor) for id, kind, name, said, actor in rows}

    def changed(self, kind: ActorKind) -> list[Claim]:
        """Those of a kind that are new or gone."""
        return [each.claim for each in (*self.new.values(), *self.gone.values()) if each.claim.kind is kind]

    def with_new(self, known: Mapping[int, Bearer], kind: ActorKind) -> dict[int, Bearer]:
        """Stored claims of a kind without those that are gone, and the new ones."""
        there = {id: each for id, each in known.items() if id not in self.gone}
        return there | {id: each for id, each in self.new.items() if each.claim.kind is kind}


def claims_of(bearers: Mapping[int, Bearer]) -> dict[int, Claim]:
    return {id: each.claim for id, each in bearers.items()}


def actors_of(bearers: Iterable[Bearer]) -> set[int]:
    """Whom they mean so far."""
    return {each.actor for each in bearers if each.actor is not None}
