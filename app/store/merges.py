"""Two people said to be one, and that taken back; the caller opens and commits the session.

What one article says of a person moves as a whole, so that it can be given back whole, even if the article
was extracted anew meanwhile.
"""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import CursorResult, update
from sqlmodel import Session, col, delete, or_, select

from app.errors import ConflictError, NotFoundError
from app.store import postings
from app.store.duplicates import band_anew, link
from app.store.names import key_of
from app.store.removal import remove_unmentioned
from app.tables import (
    Actor,
    ActorAlias,
    ActorMention,
    MergedArticle,
    PersonMerge,
    Position,
    Proposal,
    ProposalSpeaker,
)
from app.vocabulary import ActorKind


def merge(session: Session, person_id: int, into_id: int) -> None:
    """Give everything of a person to another; the old id stays and leads there.

    Raises NotFoundError, and ConflictError for somebody who was merged already and for two whom one article
    names: there they stand side by side, so they are two.
    """
    for id in (person_id, into_id):
        _require_unmerged(_person(session, id))
    if person_id == into_id:
        raise ConflictError(f"person {person_id} cannot be merged into themselves; name another")
    articles = _articles_naming(session, person_id)
    shared = articles & _articles_naming(session, into_id)
    if shared:
        raise ConflictError(f"article {min(shared)} names both {person_id} and {into_id}, so they are two")
    _keep_record(session, person_id, into_id, articles)
    _move(session, person_id, into_id, of=person_id)
    _move_names(session, person_id, into_id)
    _person(session, person_id).merged_into = into_id
    session.flush()
    _link_anew(session, person_id)


def split(session: Session, person_id: int) -> None:
    """Undo the merge of a person: give back what was theirs and is still stored.

    What was imported since stays with the other. Raises NotFoundError, and ConflictError for somebody who is
    not merged, whose other one was merged too, or of whom nothing is stored any more.
    """
    person = _person(session, person_id)
    if person.merged_into is None:
        raise ConflictError(f"person {person_id} is not merged into anybody")
    other = session.get_one(Actor, person.merged_into)
    _require_unmerged(other)
    if not _move(session, other.id or 0, person_id, of=person_id):
        raise ConflictError(f"no article that named person {person_id} is stored any more")
    person.merged_into = None
    _give_back_names(session, person_id, other.id or 0)
    _link_anew(session, person_id)
    session.exec(delete(PersonMerge).where(col(PersonMerge.person_id) == person_id))
    remove_unmentioned(session, [other.id or 0])


def _person(session: Session, id: int) -> Actor:
    actor = session.get(Actor, id)
    if actor is None or actor.kind is not ActorKind.PERSON:
        raise NotFoundError("person", id)
    return actor


def _require_unmerged(person: Actor) -> None:
    if person.merged_into is not None:
        raise ConflictError(
            f"person {person.id} was merged into {person.merged_into}; use that one, or split it first"
        )


def _articles_naming(session: Session, person_id: int) -> set[int]:
    spoke = select(Proposal.article_id).join(ProposalSpeaker, col(ProposalSpeaker.proposal_id) == Proposal.id)
    naming = (
        select(ActorMention.article_id).where(ActorMention.actor_id == person_id),
        select(Position.article_id).where(Position.person_id == person_id),
        spoke.where(ProposalSpeaker.actor_id == person_id),
    )
    return {article for each in naming for article in session.exec(each)}


def _keep_record(session: Session, person_id: int, into_id: int, articles: Collection[int]) -> None:
    names, others = _names(session, person_id), _names(session, into_id)
    record = PersonMerge(
        person_id=person_id,
        aliases=sorted(names),
        brought=sorted(names - others),
        merged_at=datetime.now(UTC),
    )
    session.add(record)
    session.flush()
    session.add_all(MergedArticle(person_id=person_id, article_id=article) for article in articles)
    session.flush()


def _move(session: Session, source: int, target: int, of: int) -> int:
    """Give what the articles of somebody's merge say of one person to another; the number of rows moved."""
    articles = session.exec(select(MergedArticle.article_id).where(MergedArticle.person_id == of)).all()
    postings.take_out(session, articles)
    own = select(Proposal.id).where(col(Proposal.article_id).in_(articles))
    mentions = update(ActorMention).where(col(ActorMention.article_id).in_(articles))
    positions = update(Position).where(col(Position.article_id).in_(articles))
    speakers = update(ProposalSpeaker).where(col(ProposalSpeaker.proposal_id).in_(own))
    moves = (
        mentions.where(col(ActorMention.actor_id) == source).values(actor_id=target),
        positions.where(col(Position.person_id) == source).values(person_id=target),
        speakers.where(col(ProposalSpeaker.actor_id) == source).values(actor_id=target),
    )
    moved = sum(cast(CursorResult[Any], session.exec(each)).rowcount for each in moves)
    postings.put_in(session, articles)
    session.expire_all()  # the rows changed behind the session's back
    return moved


def _move_names(session: Session, person_id: int, into_id: int) -> None:
    """One who was merged goes by no name, or they would be found beside the other."""
    brought = session.get_one(PersonMerge, person_id).brought
    session.exec(delete(ActorAlias).where(col(ActorAlias.actor_id) == person_id))
    session.add_all(ActorAlias(actor_id=into_id, alias=alias) for alias in brought)


def _give_back_names(session: Session, person_id: int, other_id: int) -> None:
    """The other one keeps a name that both had, or by which an article still calls them."""
    record = session.get_one(PersonMerge, person_id)
    own, others = _called(session, person_id), _called(session, other_id)
    shared = set(record.aliases) - set(record.brought)
    gone = {*record.brought, *own} - shared - others
    session.exec(
        delete(ActorAlias).where(col(ActorAlias.actor_id) == other_id, col(ActorAlias.alias).in_(gone))
    )
    names = {*record.aliases, *own} - _names(session, person_id)
    session.add_all(ActorAlias(actor_id=person_id, alias=alias) for alias in sorted(names))
    session.flush()


def _called(session: Session, person_id: int) -> set[str]:
    """What articles call a person, as stated and as `key_of` writes it."""
    stated = session.exec(select(ActorMention.name).where(ActorMention.actor_id == person_id)).all()
    return {form for name in stated for form in (name, key_of(name))}


def _names(session: Session, person_id: int) -> set[str]:
    return set(session.exec(select(ActorAlias.alias).where(ActorAlias.actor_id == person_id)))


def _link_anew(session: Session, person_id: int) -> None:
    """Find the duplicates anew for what changed its speaker, and for what pointed there."""
    articles = select(MergedArticle.article_id).where(MergedArticle.person_id == person_id)
    own = select(Proposal.id).where(col(Proposal.article_id).in_(articles))
    band_anew(session, [id or 0 for id in session.exec(own)])
    concerned = session.exec(
        select(Proposal).where(or_(col(Proposal.id).in_(own), col(Proposal.duplicate_of).in_(own)))
    ).all()
    for proposal in concerned:
        proposal.duplicate_of = None
    session.flush()
    link(session, [proposal.id or 0 for proposal in concerned])
    session.expire_all()  # the rows changed behind the session's back
