"""The rows that say whom an article names, made of its cast once it is decided who is who."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select
from sqlmodel import Session, col

from app.store import postings
from app.store.actors import leading
from app.store.bands import band_anew
from app.store.chunks import chunks
from app.store.duplicates import Unlinked, leave
from app.store.rows import Rows
from app.tables import (
    ActorMention,
    ArticleCast,
    ArticleClaim,
    Claim,
    Position,
    Proposal,
    ProposalSpeaker,
)

CHUNK = 200
"""Articles whose casts are held in memory at once."""

Place = Sequence[int]
"""[start, end) in the text."""


@dataclass(frozen=True, slots=True)
class Named:
    """A cast as `app.store.claims.Cast.as_row` gives it, with the actors by the ids of claims."""

    said: Mapping[str, Any]
    who: Mapping[int, int]

    def write(self, rows: Rows, article_id: int, positions: Iterable[int] = ()) -> None:
        """Add mentions, one row for every actor and form of the name, and positions, the first of which take
        these ids."""
        ids = iter(positions)
        spans: defaultdict[tuple[int, str], set[tuple[int, ...]]] = defaultdict(set)
        rules: dict[tuple[int, str], str] = {}
        for of, name, place, rule in self.said["mentions"]:
            spans[self._actor(of), name].add(tuple(place))
            rules.setdefault((self._actor(of), name), rule)
        for (actor, name), places in spans.items():
            rows.add(
                ActorMention,
                article_id=article_id,
                actor_id=actor,
                name=name,
                spans=sorted(places),
                rule=rules[actor, name],
            )
        for of, at, institution, title, places, rule in self.said["posts"]:
            rows.add(
                Position,
                id=next(ids, None) or rows.number(Position),
                article_id=article_id,
                person_id=self._actor(of),
                institution_id=None if at is None else self._actor(at),
                institution_name=institution,
                title=title,
                spans=places,
                rule=rule,
            )

    def speakers(self) -> dict[int, dict[int, list[Place]]]:
        """By the ordinal of each proposal the actors that speak, in their order, with their places."""
        found: defaultdict[int, defaultdict[int, list[Place]]] = defaultdict(lambda: defaultdict(list))
        for ordinal, of, places in self.said["voices"]:
            found[ordinal][self._actor(of)] += places
        return {ordinal: dict(own) for ordinal, own in found.items()}

    def mentioned(self) -> frozenset[int]:
        """The actors that are named by any form."""
        return frozenset(self._actor(mention[0]) for mention in self.said["mentions"])

    def _actor(self, of: int) -> int:
        return -of if of < 0 else self.who[of]


def add_speakers(rows: Rows, proposal_id: int, speakers: Mapping[int, Sequence[Place]]) -> None:
    """Say who stands behind a proposal, in their order."""
    for place, (actor, spans) in enumerate(speakers.items()):
        rows.add(ProposalSpeaker, proposal_id=proposal_id, actor_id=actor, ordinal=place, spans=spans)


def recast(session: Session, articles: Collection[int]) -> Unlinked:
    """Make what stored articles say of actors anew, as it is decided now who is who; the proposals that are
    to be linked anew."""
    unlinked = Unlinked()
    for some in chunks(articles, CHUNK):
        unlinked |= _recast_some(session, some)
    if articles:
        session.expire_all()  # the rows changed behind the session's back
    return unlinked


def _recast_some(session: Session, articles: Sequence[int]) -> Unlinked:
    postings.take_out(session, articles)
    own = select(col(Proposal.id), col(Proposal.article_id), col(Proposal.ordinal))
    proposals = session.execute(own.where(col(Proposal.article_id).in_(articles))).all()
    positions = _positions(session, articles)
    for table in (ActorMention, Position):
        session.execute(delete(table).where(col(table.article_id).in_(articles)))
    ids = [id for id, *_ in proposals]
    session.execute(delete(ProposalSpeaker).where(col(ProposalSpeaker.proposal_id).in_(ids)))
    rows = Rows(session)
    casts = _casts(session, articles)
    for article, cast in casts.items():
        cast.write(rows, article, positions[article])
    speaking = {article: cast.speakers() for article, cast in casts.items()}
    for id, article, ordinal in proposals:
        add_speakers(rows, id, speaking[article].get(ordinal, {}))
    rows.write()
    others = leave(session, ids)
    band_anew(session, ids)
    postings.put_in(session, articles)
    return Unlinked(frozenset(ids), others)


def _positions(session: Session, articles: Sequence[int]) -> defaultdict[int, list[int]]:
    """The ids of the positions of articles, in order."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    own = select(col(Position.article_id), col(Position.id)).where(col(Position.article_id).in_(articles))
    for article, id in session.execute(own.order_by(col(Position.id))):
        found[article].append(id)
    return found


def _casts(session: Session, articles: Sequence[int]) -> dict[int, Named]:
    claimed = (
        select(col(Claim.id), col(Claim.actor_id))
        .join(ArticleClaim, col(ArticleClaim.claim_id) == Claim.id)
        .where(col(ArticleClaim.article_id).in_(articles))
        .distinct()
    )
    claims = {row.id: row.actor_id for row in session.execute(claimed)}
    merged = leading(session, claims.values())
    who = {id: merged.get(actor, actor) for id, actor in claims.items()}
    casts = select(col(ArticleCast.article_id), col(ArticleCast.said))
    found = session.execute(casts.where(col(ArticleCast.article_id).in_(articles)))
    return {article: Named(said, who) for article, said in found}
