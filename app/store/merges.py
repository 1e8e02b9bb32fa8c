"""Two people said to be one, and that taken back; the caller opens and commits the session.

What articles say of a person stays claimed for the one who was merged, and only leads to the other: so it can
be given back, even if an article was extracted anew meanwhile.
"""

from collections.abc import Collection
from datetime import UTC, datetime

from sqlmodel import Session, col, delete, select

from app.errors import ConflictError, NotFoundError
from app.store.casts import recast
from app.store.claims import Claim as Said
from app.store.claims import names_of
from app.store.duplicates import link
from app.store.removal import remove_unmentioned
from app.tables import (
    Actor,
    ActorAlias,
    ActorMention,
    ArticleClaim,
    Claim,
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
    _person(session, person_id).merged_into = into_id
    session.flush()
    _name_anew(session, person_id, into_id)
    link(session, recast(session, articles))


def split(session: Session, person_id: int) -> None:
    """Undo the merge of a person: give back all that says of them what was said of them before.

    What was imported since goes by its evidence. Raises NotFoundError, and ConflictError for somebody
    who is not merged, whose other one was merged too, or of whom nothing is stored any more.
    """
    person = _person(session, person_id)
    if person.merged_into is None:
        raise ConflictError(f"person {person_id} is not merged into anybody")
    other = session.get_one(Actor, person.merged_into)
    _require_unmerged(other)
    articles = _articles_claiming(session, _all_merged(session, person_id))
    if not articles:
        raise ConflictError(f"no article that named person {person_id} is stored any more")
    person.merged_into = None
    session.flush()
    _name_anew(session, person_id, other.id or 0)
    link(session, recast(session, articles))
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


def _all_merged(session: Session, person_id: int) -> set[int]:
    """A person and all who were merged into them, however many steps away."""
    found, asked = {person_id}, {person_id}
    while asked:
        into = select(Actor.id).where(col(Actor.merged_into).in_(asked))
        asked = {id for id in session.exec(into) if id is not None}
        found |= asked
    return found


def _articles_claiming(session: Session, people: Collection[int]) -> set[int]:
    made = select(ArticleClaim.article_id).join(Claim, col(Claim.id) == ArticleClaim.claim_id)
    return set(session.exec(made.where(col(Claim.actor_id).in_(people))))


def _name_anew(session: Session, *people: int) -> None:
    """Let people go by all that articles call them; who was merged goes by no name, or they would be found
    beside the other."""
    for person in people:
        session.exec(delete(ActorAlias).where(col(ActorAlias.actor_id) == person))
        if session.get_one(Actor, person).merged_into is None:
            session.add_all(ActorAlias(actor_id=person, alias=alias) for alias in _claimed(session, person))
    session.flush()


def _claimed(session: Session, person_id: int) -> list[str]:
    """What articles call a person or those merged into them, as stated and as `key_of` writes it."""
    own = select(Claim.kind, Claim.name, Claim.said).where(
        col(Claim.actor_id).in_(_all_merged(session, person_id))
    )
    return sorted(names_of(Said.read(ActorKind(kind), name, said) for kind, name, said in session.exec(own)))


def _names(session: Session, person_id: int) -> set[str]:
    return set(session.exec(select(ActorAlias.alias).where(ActorAlias.actor_id == person_id)))
