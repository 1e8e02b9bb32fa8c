"""What stays of an article that is extracted anew, alone or together with others."""

from collections.abc import Sequence

import pytest
from sqlmodel import Session, col, select

from app.store.articles import save_all
from app.store.drafts import draft
from app.store.saved import Changes, Saved
from app.store.verification import Verification
from app.tables import Actor, Article, Metric, Position, Proposal
from app.vocabulary import ActorKind, Outcome
from tests.store.drafts import Draft

FIRST = "建议两省共建黄河湿地监测站,统一数据口径。"
SECOND = "建议开通三门峡到运城的公交,投入3亿元。"
TEXT = f"平陆县政协委员韦一舟说:{FIRST}孟晓棠说:{SECOND}"
LONG = "三门峡、运城两地隔河相望,往来的人一年比一年多,渡口却只剩两处,赶集要绕行四十公里。" * 3


def a_draft(
    version: str, text: str = TEXT, speaker: str = "孟晓棠", funds: float = 3e8, unit: str = "元"
) -> Draft:
    found = Draft(text, version, published_on="2022-05-06").person("韦一舟").person("孟晓棠")
    found.proposal(FIRST, "韦一舟").proposal(SECOND, speaker)
    return found.metric("3亿元", funds, unit, proposal=1)


def store(session: Session, *drafts: Draft) -> list[Saved]:
    return save_all(session, [draft(each.raw, each.extraction) for each in drafts])


def ids(session: Session, table: type[Proposal] | type[Metric]) -> Sequence[int | None]:
    return session.exec(select(table.id).order_by(col(table.article_id), col(table.ordinal))).all()


def people(session: Session) -> dict[int | None, str]:
    """The ids of those who hold posts, with the bodies where they do."""
    named = select(Position.person_id, Position.institution_name)
    return dict(session.exec(named).all())


def test_what_is_found_again_keeps_its_id(session: Session) -> None:
    store(session, a_draft("1"))
    before = ids(session, Proposal), ids(session, Metric)
    (saved,) = store(session, a_draft("2"))
    assert saved.outcome is Outcome.REPLACED
    assert saved.changes == Changes(kept=3, added=0, removed=0)
    assert (ids(session, Proposal), ids(session, Metric)) == before


def test_a_proposal_of_another_speaker_is_a_new_one(session: Session) -> None:
    store(session, a_draft("1"))
    first, second = ids(session, Proposal)
    (saved,) = store(session, a_draft("2", speaker="韦一舟"))
    assert saved.changes == Changes(kept=2, added=1, removed=1)
    kept, new = ids(session, Proposal)
    assert kept == first
    assert new not in (first, second)


def test_a_metric_of_another_value_and_unit_is_a_new_one(session: Session) -> None:
    store(session, a_draft("1"))
    (before,) = ids(session, Metric)
    (saved,) = store(session, a_draft("2", funds=3, unit="亿元"))
    assert saved.changes == Changes(kept=2, added=1, removed=1)
    assert ids(session, Metric) != [before]


def test_new_findings_stand_beside_the_highest_ids_that_are_kept(session: Session) -> None:
    """Also when the rows of the highest ids were taken out before the new ones are numbered."""
    less = Draft(TEXT, "1").person("孟晓棠").proposal(SECOND, "孟晓棠").metric("3亿元", 3e8, "元", proposal=0)
    store(session, less)
    (kept,) = ids(session, Proposal)
    store(session, a_draft("2"))
    new, last = ids(session, Proposal)
    assert last == kept
    assert new not in (None, kept)
    other = "孟晓棠说:建议修桥。"
    store(session, Draft(other, "2").person("孟晓棠").proposal("建议修桥。", "孟晓棠"))
    assert len(set(ids(session, Proposal))) == 3


def test_a_metric_points_to_the_proposal_that_was_kept(session: Session) -> None:
    store(session, a_draft("1"))
    store(session, a_draft("2"))
    assert session.exec(select(Metric.proposal_id)).one() == ids(session, Proposal)[1]


@pytest.mark.parametrize("together", [False, True], ids=["one after the other", "together"])
def test_what_pointed_to_a_kept_proposal_points_there_again(session: Session, together: bool) -> None:
    later = f"据本地消息,{TEXT}"
    store(session, a_draft("1"), a_draft("1", later))
    pointers = select(Proposal.id, Proposal.duplicate_of).order_by(col(Proposal.id))
    before = session.exec(pointers).all()
    assert [original for _, original in before] == [None, None, 1, 2]
    anew = [a_draft("2"), a_draft("2", later)] if together else [a_draft("2")]
    store(session, *anew)
    assert session.exec(pointers).all() == before


def test_articles_of_the_same_text_stay_so(session: Session) -> None:
    one, other = Draft(LONG, published_on="2022-05-06"), Draft(f"{LONG}(完)", published_on="2022-05-07")
    store(session, one, other)
    pointers = select(Article.id, Article.same_text_as).order_by(col(Article.id))
    assert session.exec(pointers).all() == [(1, None), (2, 1)]
    for each in (one, other):
        each.version = "2"
    store(session, one)
    assert session.exec(pointers).all() == [(1, None), (2, 1)]
    store(session, other)
    assert session.exec(pointers).all() == [(1, None), (2, 1)]


def at_home(province: str, code: str, version: str) -> Draft:
    """Somebody of the name with a post in that province."""
    body = f"{province}水利厅"
    found = Draft(f"{body}副厅长樊小北到会。", version).institution(body, region=code)
    return found.person("樊小北", (body, "副厅长"))


def test_of_articles_that_are_extracted_together_no_two_people_of_a_name_become_one(
    session: Session,
) -> None:
    """That the first now names somebody tells nothing of the one whom the second named before."""
    blank = at_home("青海省", "630000", "1")
    blank.people.clear()
    store(session, blank, at_home("海南省", "460000", "1"))
    (hainan,) = people(session)
    store(session, at_home("青海省", "630000", "2"), at_home("海南省", "460000", "2"))
    found = people(session)
    assert found[hainan] == "海南省水利厅"
    assert sorted(found.values()) == ["海南省水利厅", "青海省水利厅"]


def test_two_people_of_a_name_keep_their_ids_when_their_articles_are_extracted_together(
    session: Session,
) -> None:
    places = (("青海省", "630000"), ("海南省", "460000"))
    store(session, *(at_home(*place, "1") for place in places))
    before = people(session)
    assert len(before) == 2
    store(session, *(at_home(*place, "2") for place in reversed(places)))
    assert people(session) == before


def test_who_is_named_no_more_is_nobody_s_namesake_later_in_the_batch(session: Session) -> None:
    """One by one the first is gone when the third comes, who then can only be the second."""
    seen = Draft("海南省交通厅厅长樊小北出席大会。", "1").institution("海南省交通厅", region="460000")
    seen.person("樊小北", ("海南省交通厅", "厅长"))
    store(session, seen, at_home("青海省", "630000", "1"))
    assert len(people(session)) == 2
    anew = Draft(seen.text, "2").institution("海南省交通厅", region="460000")
    (_, last) = store(session, anew, Draft("樊小北在会上发言。", "2").person("樊小北"))
    named = select(Actor.id).where(Actor.kind == ActorKind.PERSON)
    assert session.exec(named).all() == list(people(session)), last


def test_a_person_whose_post_was_wrong_keeps_the_id(session: Session) -> None:
    wrong = at_home("青海省", "630000", "1")
    store(session, wrong)
    (before,) = people(session)
    right = Draft(wrong.text, "2").institution("水利厅", region="460000")
    right.person("樊小北", ("水利厅", "副厅长"))
    store(session, right)
    assert people(session) == {before: "水利厅"}
    assert len(session.exec(select(Actor).where(Actor.kind == ActorKind.PERSON)).all()) == 1


def test_what_is_stored_anew_is_borne_out(session: Session) -> None:
    store(session, a_draft("1"), at_home("青海省", "630000", "1"))
    store(session, a_draft("2", speaker="韦一舟"), at_home("青海省", "630000", "2"))
    assert list(Verification(session).flaws()) == []
