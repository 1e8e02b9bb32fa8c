"""The conductor on real files and a real SQLite file; the extraction is made by hand."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session, select

from app.database import for_writing, make_engine, migrate
from app.errors import DatabaseError
from app.extraction.findings import Extraction
from app.ingest import Report, ingest, load_extract, rehearse
from app.lexicon import SEEDS
from app.store.articles import Counts
from app.store.seeds import load_seeds
from app.tables import Article, ImportOutcome, ImportRun
from app.vocabulary import Outcome
from tests.databases import Databases
from tests.store.drafts import Draft


@pytest.fixture
def engine(databases: Databases) -> Iterator[Engine]:
    engine = make_engine(databases.filled(migrate))
    yield engine
    engine.dispose()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two good articles around an empty and a binary one."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text("陈放建议建设西部科学城。", "utf-8")
    (folder / "b.txt").write_text("", "utf-8")
    (folder / "c.md").write_bytes(b"\x00\x01")
    (folder / "d.txt").write_text("陈放建议开展合作。", "utf-8")
    return folder


def extract(text: str, version: str = "1") -> Extraction:
    return Draft(text, version).person("陈放").proposal(text, "陈放").extraction


def newer(text: str) -> Extraction:
    return extract(text, version="2")


def outcomes(reports: tuple[Report, ...]) -> list[Outcome | None]:
    return [report.outcome for report in reports]


def test_a_bad_article_among_good_ones_stops_nothing(engine: Engine, folder: Path) -> None:
    reports = ingest(engine, [folder], extract, "1")
    assert outcomes(reports) == [Outcome.NEW, Outcome.FAILED, Outcome.FAILED, Outcome.NEW]
    assert [report.source for report in reports] == [
        str(folder / n) for n in ("a.txt", "b.txt", "c.md", "d.txt")
    ]
    assert reports[0].result is not None
    assert reports[0].result.counts == Counts(proposals=1, people=1)
    assert reports[1].reason == "is empty; an article needs words"
    with Session(engine) as session:
        assert len(session.exec(select(Article)).all()) == 2


def test_a_second_run_extracts_nothing_again(engine: Engine, folder: Path) -> None:
    ingest(engine, [folder / "a.txt"], extract, "1")

    def never(text: str) -> Extraction:
        raise AssertionError(text)

    (report,) = ingest(engine, [folder / "a.txt"], never, "1")
    assert report.outcome is Outcome.UNCHANGED


def test_another_version_replaces(engine: Engine, folder: Path) -> None:
    (first,) = ingest(engine, [folder / "a.txt"], extract, "1")
    (second,) = ingest(engine, [folder / "a.txt"], newer, "2")
    assert second.outcome is Outcome.REPLACED
    assert first.result is not None
    assert second.result is not None
    assert second.result.article_id == first.result.article_id


def test_a_run_and_its_outcomes_are_kept(engine: Engine, folder: Path) -> None:
    ingest(engine, [folder], extract, "1")
    with Session(engine) as session:
        run = session.exec(select(ImportRun)).one()
        rows = session.exec(select(ImportOutcome).order_by(ImportOutcome.id)).all()
    assert (run.extractor_version, run.counts) == ("1", {"new": 2, "failed": 2})
    assert run.finished_at is not None
    assert [(Path(row.source).name, row.outcome, row.article_id) for row in rows] == [
        ("a.txt", Outcome.NEW, 1),
        ("b.txt", Outcome.FAILED, None),
        ("c.md", Outcome.FAILED, None),
        ("d.txt", Outcome.NEW, 2),
    ]
    assert rows[1].reason == "is empty; an article needs words"


@pytest.mark.parametrize("name", ["gone.txt", "a.pdf", "nothing"])
def test_a_path_that_leads_nowhere_is_reported_and_the_next_one_comes(
    engine: Engine, folder: Path, name: str
) -> None:
    (folder / "a.pdf").touch()
    (folder / "nothing").mkdir()
    reports = ingest(engine, [folder / name, folder / "a.txt"], extract, "1")
    assert outcomes(reports) == [Outcome.FAILED, Outcome.NEW]
    assert [report.was_read for report in reports] == [False, True]


def test_findings_that_do_not_stand_in_the_text_fail_their_article(engine: Engine, folder: Path) -> None:
    def altering(text: str) -> Extraction:
        return extract(text if "合作" in text else text.replace("陈放", "吴刚陈放"))

    reports = ingest(engine, [folder / "a.txt", folder / "d.txt"], altering, "1")
    assert outcomes(reports) == [Outcome.FAILED, Outcome.NEW]
    assert reports[0].was_read
    assert "person 陈放" in (reports[0].reason or "")


def test_a_fault_of_the_extraction_fails_its_article_only(engine: Engine, folder: Path) -> None:
    def faulty(text: str) -> Extraction:
        return extract(text) if "合作" in text else extract([][0])

    reports = ingest(engine, [folder / "a.txt", folder / "d.txt"], faulty, "1")
    assert outcomes(reports) == [Outcome.FAILED, Outcome.NEW]
    assert "please report it: IndexError" in (reports[0].reason or "")


def test_a_theme_the_database_does_not_have_fails_its_article_only(engine: Engine, folder: Path) -> None:
    def themed(text: str) -> Extraction:
        draft = Draft(text).person("陈放")
        return draft.proposal(text, "陈放", themes=[] if "合作" in text else ["5g"]).extraction

    reports = ingest(engine, [folder / "a.txt", folder / "d.txt"], themed, "1")
    assert outcomes(reports) == [Outcome.FAILED, Outcome.NEW]


def test_a_database_that_is_not_ready_stops_the_import(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(DatabaseError, match="no such table"):
        ingest(make_engine(f"sqlite:///{tmp_path}/bare.db"), [folder], extract, "1")


def test_a_damaged_table_stops_the_import_instead_of_failing_every_article(
    engine: Engine, folder: Path
) -> None:
    with for_writing(engine).begin() as connection:
        connection.execute(text("ALTER TABLE article RENAME TO lost"))
    with pytest.raises(DatabaseError, match=r'(no such table: |relation ")article'):
        ingest(engine, [folder], extract, "1")


@pytest.fixture
def told() -> list[tuple[str, int]]:
    return []


@pytest.fixture
def tell(told: list[tuple[str, int]]) -> Callable[[Report, int], None]:
    return lambda report, total: told.append((Path(report.source).name, total))


def test_each_article_is_told_as_it_is_done(
    engine: Engine, folder: Path, tell: Callable[[Report, int], None], told: list[tuple[str, int]]
) -> None:
    ingest(engine, [folder], extract, "1", tell=tell)
    assert told == [("a.txt", 4), ("b.txt", 4), ("c.md", 4), ("d.txt", 4)]


def test_a_rehearsal_reports_what_an_import_would_find(
    folder: Path, tell: Callable[[Report, int], None], told: list[tuple[str, int]]
) -> None:
    reports = rehearse([folder], extract, tell=tell)
    assert outcomes(reports) == [None, Outcome.FAILED, Outcome.FAILED, None]
    assert reports[0].result is not None
    assert reports[0].result.counts == Counts(proposals=1, people=1)
    assert len(told) == 4


def test_the_example_articles_are_imported_by_our_own_extraction(engine: Engine) -> None:
    load_seeds(engine)
    examples = SEEDS / "articles"
    first = ingest(engine, [examples], load_extract())
    assert outcomes(first) == [Outcome.NEW] * 5
    assert all(report.result and report.result.counts.proposals > 0 for report in first)
    assert outcomes(ingest(engine, [examples])) == [Outcome.UNCHANGED] * 5
