"""Postings are what they would be if they were made anew, whatever was written and taken back."""

from collections import defaultdict
from functools import cache
from itertools import product

import pytest
from sqlalchemy import select
from sqlmodel import Session, col

from app.queries.matching import HasPieces, PieceKey, all_pieces
from app.queries.prepared import Prepared
from app.store.articles import delete, save
from app.store.merges import merge, split
from app.store.postings import are_made, make_anew
from app.tables import Posting, PostingList, PostingPair, RegionAncestor
from app.tables.postings import PIECES, Facet, Listed, are_paired, facet_of, list_ids
from tests.store.drafts import Draft
from tests.store.test_merges import GUANGDONG, SICHUAN, a_draft, person_of, store

WORDS = ("建", "建设", "科学城", "陈放", "西", "科学家", "30", "亿")
Lists = dict[tuple[str, str, str], list[int]]


def lists(session: Session) -> Lists:
    """The keys of each list, which has as many as it says."""
    session.flush()
    keys = defaultdict(list)
    for posting in session.scalars(select(Posting).order_by(col(Posting.key))):
        keys[posting.list_id].append(posting.key)
    stored = session.scalars(select(PostingList)).all()
    assert {each.id: each.count for each in stored} == {id: len(own) for id, own in keys.items()}
    assert_pairs_are_those_of({id: set(own) for id, own in keys.items()}, session)
    return {(each.of, each.facet, each.value): keys[each.id] for each in stored}


def assert_pairs_are_those_of(keys: dict[int, set[int]], session: Session) -> None:
    """For each two lists of rows of one kind that are paired, how many keys they share, unless none."""
    shared = {
        (one, other): len(keys[one] & keys[other])
        for of in Listed
        for one, other in product([id for id in keys if kind_of(id) is of], repeat=2)
        if are_paired(facet_of(one), facet_of(other)) and keys[one] & keys[other]
    }
    stored = session.scalars(select(PostingPair)).all()
    assert {(each.one, each.other): each.count for each in stored} == shared


def kind_of(list_id: int) -> Listed:
    return next(of for of in Listed if any(list_id in list_ids(of, facet) for facet in Facet))


def found(session: Session) -> dict[str, list[int]]:
    """The keys of what has the pieces of each word, of proposals and of metrics."""
    connection = session.connection()
    return {
        f"{word} in {of}": [key for (key,) in having(of).rows(connection, pieces=all_pieces([word]))]
        for of in PIECES
        for word in WORDS
    }


@cache
def having(of: Listed) -> Prepared:
    key = PieceKey(of)
    return Prepared(select(key.label("key")).where(HasPieces(of, "pieces")).order_by(key.desc()))


def are_as_made_anew(session: Session) -> bool:
    kept = lists(session), found(session)
    make_anew(session)
    return kept == (lists(session), found(session))


def values(lists: Lists, of: str, facet: str) -> dict[str, int]:
    return {value: len(keys) for (kind, name, value), keys in lists.items() if (kind, name) == (of, facet)}


@pytest.fixture
def draft() -> Draft:
    text = "四川省政协委员陈放建议加快建设科学城,投资30亿元。"
    return (
        Draft(text, published_on="2020-10-22")
        .institution("四川省政协", region=SICHUAN)
        .person("陈放", ("四川省政协", "委员"))
        .proposal("建议加快建设科学城", "陈放", themes=["funding", "5g"], regions=["510100", "500000"])
        .metric("30亿元", 3e9, "元", proposal=0)
    )


def test_an_article_is_listed_by_all_that_a_filter_may_name(session: Session, draft: Draft) -> None:
    article = store(session, draft)
    made = lists(session)
    assert values(made, "proposal", "theme") == {"funding": 1, "5g": 1}
    assert {"510100", "510000", "500000", "chengyu"} <= values(made, "proposal", "region").keys()
    assert {"510000", "chengyu"} <= values(made, "proposal", "speaker_region").keys()
    assert values(made, "proposal", "speaker") == {str(person_of(session, article)): 1}
    assert values(made, "proposal", "year") == values(made, "article", "year") == {"2020": 1}
    assert values(made, "metric", "unit") == {"元": 1}
    assert values(made, "metric", "speaker") == values(made, "proposal", "speaker")
    assert made["proposal", "all", ""] == made["proposal", "theme", "5g"]


def test_keys_sort_by_day_and_lead_to_their_rows(session: Session, draft: Draft) -> None:
    later = Draft("陈放建议加快建设。", published_on="2021-01-01").proposal("建议加快建设", "陈放")
    undated = Draft("陈放建议建设。").proposal("建议建设", "陈放")
    ids = [store(session, each) for each in (later, undated, draft)]
    assert [key & 0xFFFFFFFF for key in lists(session)["article", "all", ""]] == [ids[1], ids[2], ids[0]]


def test_an_article_that_goes_leaves_nothing(session: Session, draft: Draft) -> None:
    article = store(session, draft)
    delete(session, article)
    assert lists(session) == {}
    assert not any(found(session).values())


def test_another_version_of_the_findings_replaces_them(session: Session, draft: Draft) -> None:
    store(session, draft)
    words = "建议加快建设科学城"
    newer = Draft(draft.text, "2", "2020-10-23").proposal(words, themes=["automotive"])
    store(session, newer)
    assert values(lists(session), "proposal", "theme") == {"automotive": 1}
    assert are_as_made_anew(session)


def test_a_merge_and_its_undoing_move_what_the_people_said(session: Session) -> None:
    one, other = (
        person_of(session, store(session, a_draft(*each)))
        for each in (("四川", SICHUAN), ("广东", GUANGDONG))
    )
    before = lists(session)
    merge(session, one, other)
    assert values(lists(session), "proposal", "speaker") == {str(other): 2}
    assert are_as_made_anew(session)
    split(session, one)
    assert lists(session) == before
    assert are_as_made_anew(session)


def test_an_institution_whose_place_is_learnt_later_brings_its_proposals_there(session: Session) -> None:
    store(session, a_draft("四川", None))
    assert values(lists(session), "proposal", "speaker_region") == {}
    elsewhere = Draft("四川省政协开会。").institution("四川省政协", region=SICHUAN)
    save(session, elsewhere.raw, elsewhere.extraction)
    assert values(lists(session), "proposal", "speaker_region")[SICHUAN] == 1
    assert are_as_made_anew(session)


def test_a_region_that_comes_to_lie_in_another_needs_them_made_anew(session: Session, draft: Draft) -> None:
    store(session, draft)
    session.add(RegionAncestor(region_code="510100", ancestor_code="440000", depth=9))
    assert not are_as_made_anew(session)
    assert values(lists(session), "proposal", "region")["440000"] == 1


def test_they_are_known_to_be_made_only_as_this_version_makes_them(session: Session, draft: Draft) -> None:
    assert are_made(session)
    session.connection().exec_driver_sql("UPDATE data_version SET version = '0' WHERE part = 'postings'")
    session.expire_all()
    assert not are_made(session)
    make_anew(session)
    assert are_made(session)
