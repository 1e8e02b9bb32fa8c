from collections.abc import Sequence
from datetime import date

import pytest
from sqlmodel import Session, SQLModel, select

from app.errors import EvidenceError, NotFoundError
from app.extraction.document import Span
from app.extraction.findings import Institution
from app.importers.article import RawArticle
from app.store.articles import delete, save
from app.store.saved import Counts
from app.tables import (
    Actor,
    ActorAlias,
    ActorMention,
    Article,
    Metric,
    MetricRegion,
    MetricTheme,
    Position,
    Proposal,
    ProposalRegion,
    ProposalSpeaker,
    ProposalTheme,
)
from app.vocabulary import ActorKind, Outcome
from tests.store.drafts import Draft

TEXT = "四川省政协副主席李一鸣说,建议重庆拿出3亿元办实验室。\r\n省政协会后,\u3000李一鸣再次发言。"
WORDS = "建议重庆拿出3亿元办实验室。"


def a_draft(text: str = TEXT) -> Draft:
    return (
        Draft(text, published_on="2020-10-22")
        .institution("四川省政协", "省政协", region="510000")
        .person("李一鸣", ("四川省政协", "副主席"))
        .proposal(WORDS, "李一鸣", themes=["funding"], regions=["500000"])
        .metric("3亿元", 300_000_000, "元", proposal=0)
    )


def rows(session: Session, table: type[SQLModel]) -> Sequence[SQLModel]:
    return session.exec(select(table)).all()


def state(session: Session) -> list[str]:
    return [
        repr(row) for table in (Article, Actor, Position, Proposal, Metric) for row in rows(session, table)
    ]


def names(session: Session) -> set[str]:
    return set(session.exec(select(Actor.name)))


def test_an_article_is_stored_with_all_its_findings(session: Session) -> None:
    draft = a_draft()
    saved = save(session, draft.raw, draft.extraction)
    assert saved.outcome is Outcome.NEW
    assert saved.counts == Counts(proposals=1, people=1, institutions=1, metrics=1)
    (proposal,) = session.exec(select(Proposal)).all()
    assert (proposal.text, proposal.published_on) == (WORDS, date(2020, 10, 22))
    assert "".join(TEXT[start:end] for start, end in proposal.spans) == WORDS
    (metric,) = session.exec(select(Metric)).all()
    assert (metric.text, metric.value, metric.proposal_id) == ("3亿元", 300_000_000, proposal.id)
    (position,) = session.exec(select(Position)).all()
    assert session.get_one(Actor, position.person_id).name == "李一鸣"
    assert session.get_one(Actor, position.institution_id).region_code == "510000"
    (speaker,) = session.exec(select(ProposalSpeaker)).all()
    assert speaker.actor_id == position.person_id
    assert [
        len(rows(session, each)) for each in (ProposalTheme, ProposalRegion, MetricTheme, MetricRegion)
    ] == [1] * 4


def test_the_text_is_stored_as_it_was_read(session: Session) -> None:
    save(session, a_draft().raw, a_draft().extraction)
    assert session.exec(select(Article.text)).one() == TEXT


def test_every_form_of_a_name_is_kept_with_its_places(session: Session) -> None:
    save(session, a_draft().raw, a_draft().extraction)
    mentions = session.exec(select(ActorMention).order_by(ActorMention.name)).all()
    assert {mention.name: len(mention.spans) for mention in mentions} == {
        "四川省政协": 1,
        "省政协": 2,
        "李一鸣": 2,
    }
    assert set(session.exec(select(ActorAlias.alias))) == {"四川省政协", "省政协", "李一鸣"}


def test_the_same_text_twice_changes_nothing(session: Session) -> None:
    first = save(session, a_draft().raw, a_draft().extraction)
    before = state(session)
    other_name = RawArticle(TEXT, "moved.txt", title="another")
    second = save(session, other_name, a_draft().extraction)
    assert second.outcome is Outcome.UNCHANGED
    assert (second.article_id, second.counts) == (first.article_id, first.counts)
    assert state(session) == before


def test_another_version_replaces_the_findings_of_that_article_and_nothing_else(session: Session) -> None:
    first = save(session, a_draft().raw, a_draft().extraction)
    other = Draft("王小川发言。").person("王小川")
    save(session, other.raw, other.extraction)
    imported = session.get_one(Article, first.article_id).imported_at
    changed = Draft(TEXT, version="2").person("李一鸣")
    second = save(session, changed.raw, changed.extraction)
    assert (second.outcome, second.article_id) == (Outcome.REPLACED, first.article_id)
    assert second.counts == Counts(people=1)
    article = session.get_one(Article, first.article_id)
    assert (article.extractor_version, article.imported_at) == ("2", imported)
    assert names(session) == {"李一鸣", "王小川"}, "the institution nobody names any more is gone"
    assert rows(session, Proposal) == rows(session, Metric) == rows(session, Position) == []


def test_people_keep_their_ids_when_their_article_is_extracted_anew(session: Session) -> None:
    save(session, a_draft().raw, a_draft().extraction)
    before = {actor.name: actor.id for actor in session.exec(select(Actor))}
    save(session, a_draft().raw, a_draft().by_version("2"))
    assert {actor.name: actor.id for actor in session.exec(select(Actor))} == before


def test_what_the_source_says_of_the_article_wins_over_what_was_extracted(session: Session) -> None:
    given = RawArticle(TEXT, "a.md", title="给定", published_on=date(2021, 1, 2), bylines=("戴娟",), url="u")
    save(session, given, a_draft().extraction)
    article = session.exec(select(Article)).one()
    assert (article.title, article.published_on) == ("给定", date(2021, 1, 2))
    assert (article.bylines, article.url) == (["戴娟"], "u")
    assert session.exec(select(Proposal.published_on)).one() == date(2021, 1, 2)


def test_what_the_source_is_silent_about_is_taken_from_the_text(session: Session) -> None:
    save(session, a_draft().raw, a_draft().extraction)
    article = session.exec(select(Article)).one()
    assert (article.title, article.published_on) == ("标题", date(2020, 10, 22))


def test_an_article_whose_finding_does_not_stand_in_it_is_refused_whole(session: Session) -> None:
    draft = a_draft()
    with pytest.raises(EvidenceError, match="李一鸣"):
        save(session, RawArticle(TEXT.replace("李", "王"), "a.txt"), draft.extraction)
    assert rows(session, Article) == rows(session, Actor) == []


def test_parties_that_are_no_institution_of_the_article_speak_too(session: Session) -> None:
    text = "重庆代表团提出,支持成渝建设高地。"
    draft = Draft(text).proposal(text, "重庆代表团", kind=ActorKind.INSTITUTION)
    save(session, draft.raw, draft.extraction)
    actor = session.exec(select(Actor)).one()
    assert (actor.kind, actor.name) == (ActorKind.INSTITUTION, "重庆代表团")
    assert session.exec(select(ActorMention.name)).one() == "重庆代表团"


def test_a_speaker_named_twice_stands_once_with_both_places(session: Session) -> None:
    text = "李一鸣建议,李一鸣还建议加快建设。"
    draft = Draft(text).person("李一鸣").proposal(text, "李一鸣", "李一鸣")
    save(session, draft.raw, draft.extraction)
    assert len(session.exec(select(ProposalSpeaker)).one().spans) == 2


def test_a_deleted_article_takes_its_findings_and_its_own_actors_along(session: Session) -> None:
    kept = Draft("四川省政协开会。").institution("四川省政协", region="510000")
    save(session, kept.raw, kept.extraction)
    saved = save(session, a_draft().raw, a_draft().extraction)
    delete(session, saved.article_id)
    assert names(session) == {"四川省政协"}
    tables = (Proposal, Metric, Position, ProposalSpeaker)
    assert [row for table in tables for row in rows(session, table)] == []
    assert len(rows(session, Article)) == 1


def test_deleting_an_article_that_is_not_there_is_an_error(session: Session) -> None:
    with pytest.raises(NotFoundError, match="article with id 7"):
        delete(session, 7)


def test_the_parts_of_a_shared_name_stay_together_where_one_is_a_form_by_itself(session: Session) -> None:
    text = "甘肃、青海两省科技厅到会。科技厅随后发言。"
    places = tuple(Span(text.index(word), text.index(word) + len(word)) for word in ("青海", "科技厅"))
    last = Span(text.rindex("科技厅"), text.rindex("科技厅") + 3)
    body = Institution("青海省科技厅", ("科技厅",), (*places, last), "630000", "several-places")
    draft = Draft(text)
    draft.institutions.append(body)
    save(session, draft.raw, draft.extraction)
    found = {row.name: [tuple(span) for span in row.spans] for row in session.exec(select(ActorMention))}
    assert found == {"青海省科技厅": [tuple(place) for place in places], "科技厅": [tuple(last)]}
