import pytest
from sqlmodel import Session, SQLModel, select

from app.errors import ConflictError, NotFoundError
from app.store.articles import delete, save
from app.store.merges import merge, split
from app.store.verification import Verification
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
from tests.store.drafts import Draft

SICHUAN, GUANGDONG, FUJIAN = "510000", "440000", "350000"
TABLES = (Actor, ActorAlias, ActorMention, Position, Proposal, ProposalSpeaker, PersonMerge, MergedArticle)


def a_draft(place: str, region: str, name: str = "陈放", version: str = "1") -> Draft:
    words = "建议加快建设科学城。"
    text = f"{place}省政协委员{name}{words}"
    return (
        Draft(text, version)
        .institution(f"{place}省政协", region=region)
        .person(name, (f"{place}省政协", "委员"))
        .proposal(words, name)
    )


def store(session: Session, draft: Draft) -> int:
    """The article's id."""
    return save(session, draft.raw, draft.extraction).article_id


def person_of(session: Session, article: int) -> int:
    (person,) = session.exec(select(Position.person_id).where(Position.article_id == article))
    return person


def names_of(session: Session, person: int) -> set[str]:
    return set(session.exec(select(ActorAlias.alias).where(ActorAlias.actor_id == person)))


def state(session: Session) -> set[str]:
    session.flush()
    session.expire_all()
    rows: list[SQLModel] = [row for table in TABLES for row in session.exec(select(table)).all()]
    return {repr(row) for row in rows}


def two(session: Session, other: str = "陈放") -> tuple[int, int]:
    """Two people who are not known to be one: of Sichuan and of Guangdong."""
    return (
        person_of(session, store(session, a_draft("四川", SICHUAN))),
        person_of(session, store(session, a_draft("广东", GUANGDONG, other))),
    )


def test_everything_of_one_goes_to_the_other(session: Session) -> None:
    kept, old = two(session, "陈方")
    merge(session, old, kept)
    for column in (ActorMention.actor_id, Position.person_id, ProposalSpeaker.actor_id):
        people = session.exec(
            select(column).join(Actor, Actor.id == column).where(Actor.kind == ActorKind.PERSON)
        )
        assert list(people) == [kept, kept]
    assert (names_of(session, kept), names_of(session, old)) == ({"陈放", "陈方"}, set())
    assert list(Verification(session).flaws()) == []


@pytest.mark.parametrize("name", ["陈放", "陈方"])
def test_a_split_leaves_nothing_of_the_merge(session: Session, name: str) -> None:
    kept, old = two(session, name)
    before = state(session)
    merge(session, old, kept)
    assert state(session) != before
    split(session, old)
    assert state(session) == before


def test_what_becomes_the_same_proposal_by_a_merge_is_none_after_a_split(session: Session) -> None:
    kept, old = two(session)
    merge(session, old, kept)
    assert session.exec(select(Proposal.duplicate_of).order_by(Proposal.id)).all() == [None, 1]
    split(session, old)
    assert session.exec(select(Proposal.duplicate_of).order_by(Proposal.id)).all() == [None, None]


@pytest.mark.parametrize("name", ["陈放", "陈方"])
def test_a_merge_outlives_the_new_extraction_of_its_articles_and_can_still_be_undone(
    session: Session, name: str
) -> None:
    kept, old = two(session, name)
    merge(session, old, kept)
    article = store(session, a_draft("广东", GUANGDONG, name, version="2"))
    assert person_of(session, article) == kept
    split(session, old)
    assert person_of(session, article) == old
    assert list(Verification(session).flaws()) == []


@pytest.mark.parametrize("name", ["陈放", "陈方"])
def test_what_comes_in_after_a_merge_goes_by_its_post_when_they_are_split(
    session: Session, name: str
) -> None:
    kept, old = two(session, name)
    merge(session, old, kept)
    later = [a_draft("广东", GUANGDONG, name), a_draft("四川", SICHUAN)]
    for draft in later:
        draft.text += "会后散场。"
    since = [store(session, draft) for draft in later]
    assert [person_of(session, article) for article in since] == [kept, kept]
    split(session, old)
    assert [person_of(session, article) for article in since] == [old, kept]
    assert names_of(session, kept) == {"陈放"}
    assert list(Verification(session).flaws()) == []


def test_an_import_neither_undoes_a_merge_nor_merges_again_who_was_split(session: Session) -> None:
    kept, old = two(session)
    merge(session, old, kept)
    store(session, a_draft("福建", FUJIAN))
    bare = Draft("陈放到会。").person("陈放")
    store(session, bare)
    assert session.get_one(Actor, old).merged_into == kept
    split(session, old)
    third = a_draft("福建", FUJIAN)
    third.text += "会后散场。"
    store(session, third)
    assert [person_of(session, article) for article in (1, 2)] == [kept, old]
    assert session.get_one(Actor, old).merged_into is None


def test_merges_one_upon_the_other_are_undone_from_the_last_on(session: Session) -> None:
    first, second = two(session)
    third = person_of(session, store(session, a_draft("福建", FUJIAN)))
    before = state(session)
    merge(session, third, second)
    merge(session, second, first)
    with pytest.raises(ConflictError, match="split"):
        split(session, third)
    split(session, second)
    split(session, third)
    assert state(session) == before


def test_two_merged_into_one_are_split_in_any_order(session: Session) -> None:
    first, second = two(session)
    third = person_of(session, store(session, a_draft("福建", FUJIAN)))
    before = state(session)
    for person in (second, third):
        merge(session, person, first)
    for person in (second, third):
        split(session, person)
    assert state(session) == before


def test_two_whom_one_article_names_are_two(session: Session) -> None:
    text = "陈放、吴刚发言。"
    draft = Draft(text).person("陈放").person("吴刚")
    article = store(session, draft)
    one, other = session.exec(select(ActorMention.actor_id).order_by(ActorMention.actor_id)).all()
    with pytest.raises(ConflictError, match=f"article {article} names both"):
        merge(session, one, other)


def test_who_is_no_person_is_not_found(session: Session) -> None:
    kept, _ = two(session)
    body = session.exec(select(Actor.id).where(Actor.kind == ActorKind.INSTITUTION)).first()
    with pytest.raises(NotFoundError):
        merge(session, body or 0, kept)
    with pytest.raises(NotFoundError):
        merge(session, kept, 999)


def test_with_the_last_article_of_both_the_old_id_goes_too(session: Session) -> None:
    kept, old = two(session)
    merge(session, old, kept)
    delete(session, 1)
    assert session.get(Actor, kept) is not None
    delete(session, 2)
    assert session.exec(select(Actor.id)).all() == []
    assert session.exec(select(PersonMerge)).all() == []


def test_nobody_is_split_off_whose_articles_are_gone(session: Session) -> None:
    kept, old = two(session)
    merge(session, old, kept)
    delete(session, 2)
    with pytest.raises(ConflictError, match=f"no article that named person {old}"):
        split(session, old)


def test_who_has_no_article_left_after_a_split_is_gone(session: Session) -> None:
    kept, old = two(session)
    merge(session, old, kept)
    delete(session, 1)
    split(session, old)
    assert session.get(Actor, kept) is None
    assert session.get_one(Actor, old).merged_into is None
