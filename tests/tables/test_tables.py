from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlmodel import Session, SQLModel, select

from app.database import make_engine, migrate
from app.tables import (
    Actor,
    ActorAlias,
    ActorMention,
    ApiKey,
    Article,
    ArticleBand,
    ArticleCast,
    ArticleClaim,
    Claim,
    ImportOutcome,
    ImportRun,
    ImportSource,
    MergedArticle,
    Metric,
    MetricRegion,
    MetricTheme,
    PersonMerge,
    Position,
    Proposal,
    ProposalBand,
    ProposalRegion,
    ProposalSpeaker,
    ProposalTheme,
    Region,
    RegionAlias,
    RegionAncestor,
    Theme,
    ThemeAlias,
)
from app.vocabulary import ActorKind, AttributionForm, Kind, Outcome, Qualifier, RegionLevel

DAY = date(2020, 10, 22)
NOW = datetime(2020, 10, 23, 8, 30, tzinfo=UTC)


def an_article(key: str) -> Article:
    return Article(
        sha256=key,
        title=None,
        source=None,
        published_on=DAY,
        url=None,
        bylines=["戴娟"],
        text="…",
        extractor_version="1",
        imported_at=NOW,
    )


def a_proposal(article_id: int, ordinal: int = 0, **changes: object) -> Proposal:
    values: dict[str, object] = {
        "article_id": article_id,
        "ordinal": ordinal,
        "kind": Kind.PLAN,
        "text": "…",
        "spans": [(0, 1)],
        "rule": "r",
        "form": AttributionForm.SHORT,
        "confidence": 0.5,
        "published_on": DAY,
        "digest": "d",
    }
    return Proposal(**{**values, **changes})


def a_metric(article_id: int, **changes: object) -> Metric:
    values: dict[str, object] = {
        "article_id": article_id,
        "ordinal": 0,
        "span_start": 0,
        "span_end": 4,
        "text": "三至四成",
        "value": 30.0,
        "value_max": 40.0,
        "unit": "%",
        "qualifier": Qualifier.ABOUT,
        "about": "产能",
        "rule": "r",
    }
    return Metric(**{**values, **changes})


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    engine = make_engine(f"sqlite:///{tmp_path}/jianyan.db")
    migrate(engine)
    return engine


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with Session(engine) as session:
        yield session


def add(session: Session, *rows: SQLModel) -> None:
    session.add_all(rows)
    session.flush()


def fill_every_table(session: Session) -> None:
    """One row or more in each table: article 1 with all that belongs to it, and article 2 without."""
    add(session, Region(code="510000", name="四川省", level=RegionLevel.PROVINCE))
    add(session, RegionAlias(region_code="510000", alias="四川"))
    add(session, RegionAncestor(region_code="510000", ancestor_code="510000", depth=0))
    add(session, Theme(code="5g", name_zh="5G与信息通信", name_en="5G", ordinal=0))
    add(session, ThemeAlias(alias="5G", theme_code="5g"))
    add(session, an_article("a"), an_article("b"))
    add(session, Actor(kind=ActorKind.PERSON, name="陈放"))
    add(session, Actor(kind=ActorKind.INSTITUTION, name="四川省政协", region_code="510000"))
    add(session, ActorAlias(actor_id=1, alias="陈放"))
    add(session, ActorMention(article_id=1, actor_id=1, name="陈放", spans=[(0, 2)], rule="r"))
    add(
        session,
        Position(
            article_id=1,
            person_id=1,
            institution_id=2,
            institution_name="四川省政协",
            title="副主席",
            spans=[(0, 2), (5, 8)],
            rule="r",
        ),
    )
    add(session, a_proposal(1), a_proposal(2))
    add(session, ProposalSpeaker(proposal_id=1, actor_id=1, ordinal=0, spans=[(0, 2)]))
    add(session, ProposalTheme(proposal_id=1, theme_code="5g", published_on=DAY))
    add(session, ProposalRegion(proposal_id=1, region_code="510000"))
    add(session, a_metric(1, proposal_id=1))
    add(session, MetricTheme(metric_id=1, theme_code="5g"), MetricRegion(metric_id=1, region_code="510000"))
    add(session, ImportRun(started_at=NOW, extractor_version="1", counts={"new": 1}))
    add(session, ImportOutcome(run_id=1, source="a.txt", article_id=1, outcome=Outcome.NEW, seconds=0.1))
    add(session, ImportSource(name="a.txt", validators={"size": "3"}))
    add(session, Claim(kind=ActorKind.PERSON, key="陈放", name="陈放", said="[]", actor_id=1))
    add(session, ArticleClaim(claim_id=1, article_id=1), ArticleCast(article_id=1, said={}))
    add(session, ArticleBand(band=1, rank=1, article_id=1), ProposalBand(band=1, rank=1, proposal_id=1))
    add(session, ApiKey(name="a", sha256="d", created_at=NOW))
    add(session, Actor(kind=ActorKind.PERSON, name="陈方", merged_into=1))
    add(session, PersonMerge(person_id=3, aliases=["陈方"], brought=["陈方"], merged_at=NOW))
    add(session, MergedArticle(person_id=3, article_id=1))
    session.commit()


def rows_in(session: Session) -> dict[str, int]:
    return {
        name: session.scalar(select(func.count()).select_from(table))
        for name, table in SQLModel.metadata.tables.items()
        if not name.startswith("posting")  # which are made of the others
    }


def test_what_is_written_is_read_back_the_same(session: Session) -> None:
    fill_every_table(session)
    assert all(rows_in(session).values())
    position = session.get_one(Position, 1)
    assert (position.spans, position.title) == ([[0, 2], [5, 8]], "副主席")
    proposal = session.get_one(Proposal, 1)
    assert (proposal.kind, proposal.form, proposal.published_on) == (Kind.PLAN, AttributionForm.SHORT, DAY)
    assert session.get_one(Metric, 1).qualifier is Qualifier.ABOUT
    assert session.get_one(Article, 1).bylines == ["戴娟"]
    assert session.get_one(ImportRun, 1).counts == {"new": 1}


def test_a_deleted_article_takes_its_findings_and_nothing_else(session: Session) -> None:
    fill_every_table(session)
    before = rows_in(session)
    session.delete(session.get_one(Article, 1))
    session.commit()
    gone = {name for name, count in rows_in(session).items() if count < before[name]}
    assert gone == {
        "article",
        "article_band",
        "article_cast",
        "article_claim",
        "actor_mention",
        "position",
        "proposal",
        "proposal_band",
        "proposal_speaker",
        "proposal_theme",
        "proposal_region",
        "metric",
        "metric_theme",
        "metric_region",
        "merged_article",
    }
    assert session.get_one(ImportOutcome, 1).article_id is None


def test_an_actor_that_an_article_names_cannot_be_deleted(session: Session) -> None:
    fill_every_table(session)
    session.delete(session.get_one(Actor, 1))
    with pytest.raises(IntegrityError, match="FOREIGN KEY"):
        session.flush()


def test_a_duplicate_outlives_the_proposal_it_repeats(session: Session) -> None:
    add(session, an_article("a"), an_article("b"))
    add(session, a_proposal(1))
    add(session, a_proposal(2, duplicate_of=1))
    session.commit()
    session.delete(session.get_one(Article, 1))
    session.commit()
    assert session.get_one(Proposal, 2).duplicate_of is None


def test_enumerations_are_stored_by_value(session: Session) -> None:
    fill_every_table(session)
    stored = session.connection().execute(text("SELECT kind, form FROM proposal WHERE id = 1")).one()
    assert tuple(stored) == ("plan", "short")


def test_an_unknown_kind_is_refused(session: Session) -> None:
    add(session, an_article("a"))
    with pytest.raises(StatementError, match="wish"):
        add(session, a_proposal(1, kind="wish"))


def test_moments_are_kept_in_utc(session: Session) -> None:
    article = an_article("a")
    article.imported_at = datetime(2020, 10, 23, 16, 30, tzinfo=timezone(timedelta(hours=8)))
    add(session, article)
    session.commit()
    assert article.imported_at == NOW
    assert article.imported_at.tzinfo is UTC


def test_a_moment_without_a_time_zone_is_refused(session: Session) -> None:
    article = an_article("a")
    article.imported_at = NOW.replace(tzinfo=None)
    with pytest.raises(StatementError, match="timezone"):
        add(session, article)


def test_the_same_text_cannot_be_stored_twice(session: Session) -> None:
    with pytest.raises(IntegrityError, match="UNIQUE"):
        add(session, an_article("a"), an_article("a"))


def test_two_proposals_cannot_have_the_same_place_in_an_article(session: Session) -> None:
    add(session, an_article("a"))
    with pytest.raises(IntegrityError, match="UNIQUE"):
        add(session, a_proposal(1, 0), a_proposal(1, 0))


SEARCHES = {
    "by speaker": "SELECT * FROM proposal_speaker WHERE actor_id = 1",
    "by theme, newest first": """SELECT proposal_id FROM proposal_theme WHERE theme_code = '5g'
        ORDER BY published_on DESC, proposal_id DESC""",
    "by region and all below": """SELECT p.proposal_id FROM region_ancestor a
        JOIN proposal_region p ON p.region_code = a.region_code WHERE a.ancestor_code = '510000'""",
    "by article": "SELECT * FROM proposal WHERE article_id = 1 ORDER BY ordinal",
    "newest first": "SELECT * FROM proposal ORDER BY published_on DESC, id DESC",
    "positions held then": "SELECT * FROM position WHERE article_id = 1 AND person_id = 1",
    "an actor's name": "SELECT actor_id FROM actor_alias WHERE alias = '陈放'",
    "repetitions": "SELECT * FROM proposal WHERE digest = 'd'",
}


@pytest.mark.parametrize("search", SEARCHES.values(), ids=SEARCHES)
def test_the_main_searches_use_an_index_and_sort_nothing(session: Session, search: str) -> None:
    plan = [row.detail for row in session.connection().execute(text(f"EXPLAIN QUERY PLAN {search}"))]
    assert all("USING" in step and "INDEX" in step for step in plan), plan
    assert not any("TEMP B-TREE" in step for step in plan), plan
