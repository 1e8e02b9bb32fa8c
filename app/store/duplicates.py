"""The same proposal by the same speaker in several articles: all point to the earliest."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from sqlmodel import Session, col, or_, select

from app.store.names import key_of
from app.tables import Proposal, ProposalSpeaker

ALIKE = 0.9
"""From which share of common character pairs two texts are the same proposal."""


def digest_of(text: str) -> str:
    """The hash by which a proposal is found again whatever its punctuation and character forms."""
    return hashlib.sha256(_letters(text).encode()).hexdigest()


def similarity(one: str, other: str) -> float:
    """Common character pairs among all of two texts, punctuation left out: 0 for none, 1 for the same."""
    ours, theirs = _pairs(one), _pairs(other)
    return len(ours & theirs) / len(ours | theirs) if ours and theirs else 0.0


def link(session: Session, proposals: Iterable[Proposal]) -> None:
    """Point these proposals, which must be flushed, and those that are the same to the earliest of them."""
    for proposal in proposals:
        alike = [other for other in _by_same_speakers(session, proposal) if _is_same(proposal, other)]
        if alike:
            _point_to_earliest([proposal, *_families(session, alike)])


def _by_same_speakers(session: Session, proposal: Proposal) -> Sequence[Proposal]:
    """What its speakers proposed in other articles."""
    speakers = select(ProposalSpeaker.actor_id).where(ProposalSpeaker.proposal_id == proposal.id)
    theirs = select(ProposalSpeaker.proposal_id).where(col(ProposalSpeaker.actor_id).in_(speakers))
    others = select(Proposal).where(col(Proposal.id).in_(theirs), Proposal.article_id != proposal.article_id)
    return session.exec(others).all()


def _is_same(one: Proposal, other: Proposal) -> bool:
    return one.digest == other.digest or similarity(one.text, other.text) >= ALIKE


def _families(session: Session, proposals: Iterable[Proposal]) -> Sequence[Proposal]:
    """These, those they point to, and all that point there too."""
    roots = {proposal.duplicate_of or proposal.id for proposal in proposals}
    members = or_(col(Proposal.id).in_(roots), col(Proposal.duplicate_of).in_(roots))
    return session.exec(select(Proposal).where(members)).all()


def _point_to_earliest(same: Sequence[Proposal]) -> None:
    earliest = min(same, key=_age)
    for proposal in same:
        is_other = proposal.article_id != earliest.article_id
        proposal.duplicate_of = earliest.id if is_other else None


def _age(proposal: Proposal) -> tuple[bool, date, int, int]:
    """By date, the undated last; an article's id tells which came first to us."""
    day = proposal.published_on
    return day is None, day or date.max, proposal.article_id, proposal.ordinal


def _letters(text: str) -> str:
    return "".join(character for character in key_of(text) if character.isalnum()).casefold()


def _pairs(text: str) -> set[tuple[str, str]]:
    return set(pairwise(_letters(text)))
