"""The findings of an article taken out, before it is replaced or deleted."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from sqlmodel import Session, col, delete, or_, select

from app.store import postings
from app.store.duplicates import leave
from app.tables import (
    Actor,
    ActorMention,
    ArticleCast,
    ArticleClaim,
    Claim,
    Metric,
    Position,
    Proposal,
    ProposalSpeaker,
)

Key = tuple[object, ...]
"""By what a finding is known as the same one when its article is extracted anew."""


@dataclass(frozen=True, slots=True)
class Former:
    """What an article had before its findings were removed.

    `actors` are the ids of all it named, `claims` those of all it said of them, `unlinked` those of
    proposals elsewhere that are to be linked anew; `proposals` and `metrics` the ids of its own, see
    `key_of_proposal` and `key_of_metric`.
    """

    actors: frozenset[int] = frozenset()
    claims: frozenset[int] = frozenset()
    unlinked: frozenset[int] = frozenset()
    proposals: dict[Key, int] = field(default_factory=dict)
    metrics: dict[Key, int] = field(default_factory=dict)


def remove_findings(session: Session, article_id: int) -> Former:
    """Take all findings of an article out."""
    own = select(Proposal.id).where(Proposal.article_id == article_id)
    postings.take_out(session, [article_id])
    former = Former(
        _actors_of(session, article_id),
        _claims_of(session, article_id),
        leave(session, [id for id in session.exec(own) if id is not None]),
        _proposals_of(session, article_id),
        _metrics_of(session, article_id),
    )
    for table in (Metric, Proposal, Position, ActorMention, ArticleClaim, ArticleCast):
        session.exec(delete(table).where(col(table.article_id) == article_id))
    session.expire_all()  # the database itself has cleared what pointed to the removed rows
    return former


def remove_unmentioned(session: Session, actors: Collection[int]) -> None:
    """Remove those of the actors that no article names any more, unless somebody merged them into others."""
    if not actors:
        return
    alone = select(Actor).where(col(Actor.id).in_(actors), col(Actor.merged_into).is_(None))
    for actor in session.exec(alone).all():
        if actor.id is not None and not _is_named(session, actor.id):
            session.delete(actor)
    session.flush()


def key_of_proposal(spans: Iterable[Sequence[int]], speakers: Iterable[int]) -> Key:
    """A proposal is the same one where its words and its speakers are."""
    return tuple(map(tuple, spans)), tuple(sorted(speakers))


def key_of_metric(span: Sequence[int], value: float, unit: str) -> Key:
    return tuple(span), value, unit


def _proposals_of(session: Session, article_id: int) -> dict[Key, int]:
    speakers: defaultdict[int, list[int]] = defaultdict(list)
    own = select(Proposal).where(Proposal.article_id == article_id)
    spoke = select(ProposalSpeaker.proposal_id, ProposalSpeaker.actor_id).join(
        Proposal, col(Proposal.id) == ProposalSpeaker.proposal_id
    )
    for proposal, actor in session.exec(spoke.where(Proposal.article_id == article_id)):
        speakers[proposal].append(actor)
    return {key_of_proposal(row.spans, speakers[row.id or 0]): row.id or 0 for row in session.exec(own)}


def _metrics_of(session: Session, article_id: int) -> dict[Key, int]:
    rows = session.exec(select(Metric).where(Metric.article_id == article_id))
    return {key_of_metric((row.span_start, row.span_end), row.value, row.unit): row.id or 0 for row in rows}


def _actors_of(session: Session, article_id: int) -> frozenset[int]:
    """All whom an article names, holds as a post's institution or lets speak."""
    spoke = select(ProposalSpeaker.actor_id).join(Proposal, col(Proposal.id) == ProposalSpeaker.proposal_id)
    named = (
        select(ActorMention.actor_id).where(ActorMention.article_id == article_id),
        select(Position.person_id).where(Position.article_id == article_id),
        select(Position.institution_id).where(Position.article_id == article_id),
        spoke.where(Proposal.article_id == article_id),
    )
    return frozenset(id for ids in named for id in session.exec(ids) if id is not None)


def _claims_of(session: Session, article_id: int) -> frozenset[int]:
    return frozenset(session.exec(select(ArticleClaim.claim_id).where(ArticleClaim.article_id == article_id)))


def _is_named(session: Session, actor: int) -> bool:
    places = (
        select(ActorMention.actor_id).where(ActorMention.actor_id == actor),
        select(Position.id).where(or_(Position.person_id == actor, Position.institution_id == actor)),
        select(ProposalSpeaker.actor_id).where(ProposalSpeaker.actor_id == actor),
        select(Claim.id).where(Claim.actor_id == actor),
    )
    return any(session.exec(each.limit(1)).first() is not None for each in places)
