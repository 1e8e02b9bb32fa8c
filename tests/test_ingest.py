"""The conductor on real files and a real database; the extraction is made by hand."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest
from psycopg.errors import AdminShutdown, ProgramLimitExceeded
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, func, select

from app.database import for_writing, make_engine, migrate
from app.errors import DatabaseError, EvidenceError
from app.extraction.findings import Extraction
from app.importers.article import RawArticle
from app.importers.pieces import Said
from app.importers.sources import find
from app.ingest.conductor import (
    Report,
    ingest,
    ingest_article,
    prepared_here,
    rehearse,
    rehearse_article,
    store,
)
from app.ingest.preparing import NUMBER, Prepared, Preparer, batches, load_extract, reason_of
from app.lexicon import SEEDS
from app.store.articles import delete
from app.store.drafts import draft
from app.store.runs import start_run, validators_of
from app.store.saved import Counts
from app.store.seeds import load_seeds
from app.tables import Article, ImportOutcome, ImportRun
from app.vocabulary import Outcome
from tests.databases import Databases
from tests.importing import imported, rehearsed
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


def never(text: str) -> Extraction:
    raise AssertionError(text)


def themed(text: str) -> Extraction:
    """With a theme that a database without seeds does not have, but in what speaks of 合作."""
    draft = Draft(text).person("陈放")
    return draft.proposal(text, "陈放", themes=[] if "合作" in text else ["5g"]).extraction


def outcomes(reports: Sequence[Report]) -> list[Outcome | None]:
    return [report.outcome for report in reports]


def articles_in(engine: Engine) -> int:
    with Session(engine) as session:
        return session.exec(select(func.count()).select_from(Article)).one()


def last_run(engine: Engine) -> ImportRun:
    with Session(engine) as session:
        return session.exec(select(ImportRun).order_by(ImportRun.id.desc())).first()  # type: ignore[union-attr, return-value]


def noted(engine: Engine) -> Sequence[ImportOutcome]:
    with Session(engine) as session:
        return session.exec(select(ImportOutcome).order_by(ImportOutcome.id)).all()


def test_a_bad_article_among_good_ones_stops_nothing(engine: Engine, folder: Path) -> None:
    reports = imported(engine, [folder], extract)
    assert outcomes(reports) == [Outcome.NEW, Outcome.FAILED, Outcome.FAILED, Outcome.NEW]
    assert [report.source for report in reports] == [
        str(folder / n) for n in ("a.txt", "b.txt", "c.md", "d.txt")
    ]
    assert reports[0].article_id is not None
    assert reports[0].counts == Counts(proposals=1, people=1)
    assert reports[1].reason == "is empty; an article needs words"
    assert articles_in(engine) == 2


def test_a_second_run_extracts_nothing_again(engine: Engine, folder: Path) -> None:
    (first,) = imported(engine, [folder / "a.txt"], extract)
    (second,) = imported(engine, [folder / "a.txt"], never)
    assert second.outcome is Outcome.UNCHANGED
    assert (second.article_id, second.counts) == (first.article_id, first.counts)


def test_another_version_replaces(engine: Engine, folder: Path) -> None:
    (first,) = imported(engine, [folder / "a.txt"], extract)
    (second,) = imported(engine, [folder / "a.txt"], newer, "2")
    assert second.outcome is Outcome.REPLACED
    assert second.article_id == first.article_id


def test_a_run_and_its_outcomes_are_kept(engine: Engine, folder: Path) -> None:
    imported(engine, [folder], extract, sources=["articles"])
    run, rows = last_run(engine), noted(engine)
    assert (run.extractor_version, run.counts) == ("1", {"new": 2, "failed": 2})
    assert (run.sources, run.stopped_after) == (["articles"], None)
    assert run.finished_at is not None
    assert [(Path(row.source).name, row.outcome, row.article_id) for row in rows] == [
        ("a.txt", Outcome.NEW, 1),
        ("b.txt", Outcome.FAILED, None),
        ("c.md", Outcome.FAILED, None),
        ("d.txt", Outcome.NEW, 2),
    ]
    assert rows[1].reason == "is empty; an article needs words"


@pytest.mark.parametrize("name", ["gone.txt", "a.png", "nothing"])
def test_a_path_that_leads_nowhere_is_reported_and_the_next_one_comes(
    engine: Engine, folder: Path, name: str
) -> None:
    (folder / "a.png").touch()
    (folder / "nothing").mkdir()
    reports = imported(engine, [folder / name, folder / "a.txt"], extract)
    assert outcomes(reports) == [Outcome.FAILED, Outcome.NEW]
    assert [report.was_read for report in reports] == [False, True]


def test_findings_that_do_not_stand_in_the_text_fail_their_article(engine: Engine, folder: Path) -> None:
    def altering(text: str) -> Extraction:
        return extract(text if "合作" in text else text.replace("陈放", "吴刚陈放"))

    reports = imported(engine, [folder / "a.txt", folder / "d.txt"], altering)
    assert outcomes(reports) == [Outcome.FAILED, Outcome.NEW]
    assert reports[0].was_read
    assert "person 陈放" in (reports[0].reason or "")


def test_a_fault_of_the_extraction_fails_its_article_only(engine: Engine, folder: Path) -> None:
    def faulty(text: str) -> Extraction:
        return extract(text) if "合作" in text else extract([][0])

    reports = imported(engine, [folder / "a.txt", folder / "d.txt"], faulty)
    assert outcomes(reports) == [Outcome.FAILED, Outcome.NEW]
    assert "please report it: IndexError" in (reports[0].reason or "")


def test_a_theme_the_database_does_not_have_fails_its_article_only(engine: Engine, folder: Path) -> None:
    reports = imported(engine, [folder], themed)
    assert outcomes(reports) == [Outcome.FAILED, Outcome.FAILED, Outcome.FAILED, Outcome.NEW]
    assert reports[0].was_read
    assert articles_in(engine) == 1
    assert last_run(engine).counts == {"new": 1, "failed": 3}
    assert validators_of(engine, str(folder / "a.txt")) == {}, "so that it is tried again"
    assert validators_of(engine, str(folder / "d.txt")).keys() == {"modified", "size"}


def test_why_an_article_cannot_be_written_is_told_without_statements_and_their_values(
    engine: Engine, folder: Path
) -> None:
    (report,) = imported(engine, [folder / "a.txt"], themed)
    assert "please report it: " in (report.reason or "")
    assert "INSERT" not in (report.reason or "")
    assert "\n" not in (report.reason or "")


def test_a_database_that_is_not_ready_stops_the_import(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(DatabaseError, match="lacks what Jianyan keeps there"):
        imported(make_engine(f"sqlite:///{tmp_path}/bare.db"), [folder], extract)


@pytest.mark.parametrize("table", ["article", "proposal_band", "posting", "import_source"])
def test_a_missing_table_stops_the_import_instead_of_failing_every_article(
    engine: Engine, folder: Path, table: str
) -> None:
    with for_writing(engine).begin() as connection:
        connection.execute(text(f"ALTER TABLE {table} RENAME TO lost"))
    with pytest.raises(DatabaseError, match="lacks what Jianyan keeps there"):
        imported(engine, [folder / "a.txt", folder / "d.txt"], extract)


def test_each_article_is_told_once_its_batch_is_stored(engine: Engine, folder: Path) -> None:
    told: list[tuple[str, int]] = []
    prepare = Preparer(extract, "1", engine)
    prepared = [prepare(list(find([str(folder / name)]))) for name in ("a.txt", "b.txt", "d.txt")]
    ingest(engine, prepared, tell=lambda report: told.append((Path(report.source).name, articles_in(engine))))
    assert told == [("a.txt", 1), ("b.txt", 1), ("d.txt", 2)]


def test_an_import_that_is_to_stop_stores_nothing_after_the_batch_at_hand(
    engine: Engine, folder: Path
) -> None:
    told: list[str] = []
    prepare = Preparer(extract, "1", engine)
    prepared = [prepare(list(find([str(folder / name)]))) for name in ("a.txt", "d.txt")]
    summary = ingest(
        engine, prepared, tell=lambda report: told.append(report.source), stop=lambda: bool(told)
    )
    assert told == [str(folder / "a.txt")]
    assert (summary.stopped, summary.stopped_after) == (True, told[0])
    assert (last_run(engine).stopped_after, articles_in(engine)) == (told[0], 1)


def test_an_import_that_is_to_stop_before_its_first_article_has_none_it_stopped_after(engine: Engine) -> None:
    summary = ingest(engine, [], stop=lambda: True)
    assert (summary.stopped, summary.stopped_after, summary.articles) == (True, None, 0)


def test_a_rehearsal_reports_what_an_import_would_find(folder: Path) -> None:
    reports = rehearsed([folder], extract)
    assert outcomes(reports) == [None, Outcome.FAILED, Outcome.FAILED, None]
    assert (reports[0].counts, reports[0].article_id) == (Counts(proposals=1, people=1), None)


def test_what_the_user_says_wins_over_what_articles_say(engine: Engine, folder: Path) -> None:
    (folder / "d.txt").rename(folder / "d.md")
    (folder / "d.md").write_text("---\nsource: 渝州报\ntitle: 合作\n---\n陈放建议合作。", "utf-8")
    said = Said(None, "蜀地报", date(2021, 3, 4), "https://a.example/1")
    prepare = Preparer(extract, said=said)
    ingest(engine, prepared_here(find([str(folder / "d.md")]), prepare))
    with Session(engine) as session:
        stored = session.exec(select(Article)).one()
    assert (stored.title, stored.source, stored.published_on, stored.url) == ("合作", *_in_order(said))


def _in_order(said: Said) -> tuple[object, ...]:
    return said.source, said.published_on, said.url


def test_batches_hold_so_many_articles_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.ingest.preparing.SECONDS", 3600)  # or a slow machine makes more of them
    articles = [RawArticle("建", str(number)) for number in range(2 * NUMBER + 1)]
    assert [len(batch) for batch in batches(articles)] == [NUMBER, NUMBER, 1]
    long = [RawArticle("建" * 900_000, str(number)) for number in range(4)]
    assert [len(batch) for batch in batches(long)] == [3, 1]


def test_what_was_found_by_several_batches_is_one_run(engine: Engine, folder: Path) -> None:
    prepare = Preparer(extract, "1", engine)
    ingest(engine, [prepare(list(find([str(folder / name)]))) for name in ("a.txt", "d.txt", "b.txt")])
    assert last_run(engine).counts == {"new": 2, "failed": 1}
    assert {row.run_id for row in noted(engine)} == {last_run(engine).id}


def test_an_article_that_another_process_stored_meanwhile_is_left_as_it_is(
    engine: Engine, folder: Path
) -> None:
    prepared = Preparer(extract, "1", engine)(list(find([str(folder / "a.txt")])))
    (first,) = imported(engine, [folder / "a.txt"], extract)
    (report,) = store(engine, prepared, start_run(engine, "1"))
    assert (report.outcome, report.article_id) == (Outcome.UNCHANGED, first.article_id)


def test_an_article_that_was_deleted_meanwhile_is_told_and_the_others_are_stored(
    engine: Engine, folder: Path
) -> None:
    (first,) = imported(engine, [folder / "a.txt"], extract)
    prepared = Preparer(extract, "1", engine)(list(find([str(folder)])))
    with Session(for_writing(engine)) as session:
        delete(session, first.article_id or 0)
        session.commit()
    reports = store(engine, prepared, start_run(engine, "1"))
    assert outcomes(reports) == [Outcome.FAILED, Outcome.FAILED, Outcome.FAILED, Outcome.NEW]
    assert reports[0].reason == "was deleted while it was imported; import it again"


def test_a_rehearsal_that_is_to_stop_says_so(folder: Path) -> None:
    told: list[Report] = []
    prepare = Preparer(extract)
    prepared = [prepare(list(find([str(folder / name)]))) for name in ("a.txt", "d.txt")]
    summary = rehearse(prepared, told.append, stop=lambda: bool(told))
    assert (summary.stopped, summary.stopped_after, len(told)) == (True, str(folder / "a.txt"), 1)


def test_more_than_a_statement_takes_is_the_article_s_fault_and_a_lost_database_is_not() -> None:
    too_much = OperationalError("INSERT", {}, ProgramLimitExceeded("index row size 9000 exceeds 2704"))
    assert "please report it" in reason_of(too_much)
    lost = OperationalError("INSERT", {}, AdminShutdown("terminating connection"))
    with pytest.raises(OperationalError):
        reason_of(lost)


ARTICLE = RawArticle("陈放建议建设西部科学城。", "text sent by desk")


def test_one_article_is_imported_in_a_run_of_its_own(engine: Engine) -> None:
    first, second = (ingest_article(engine, ARTICLE, extract, "1") for _ in range(2))
    assert (first.outcome, second.outcome) == (Outcome.NEW, Outcome.UNCHANGED)
    assert (second.article_id, second.counts) == (first.article_id, first.counts)
    run = last_run(engine)
    assert (run.sources, run.counts) == (["text sent by desk"], {"unchanged": 1})
    assert run.finished_at is not None


def test_one_article_that_is_refused_is_noted_before_the_error_is_raised(engine: Engine) -> None:
    with pytest.raises(EvidenceError, match="person 陈放"):
        ingest_article(engine, ARTICLE, lambda text: extract("吴刚" + text), "1")
    (row,) = noted(engine)
    assert (row.outcome, row.source) == (Outcome.FAILED, "text sent by desk")
    assert "does not stand in it" in (row.reason or "")
    assert last_run(engine).finished_at is not None


def test_one_article_that_cannot_be_written_is_noted_before_the_error_is_raised(engine: Engine) -> None:
    with pytest.raises(RuntimeError, match="please report it"):
        ingest_article(engine, ARTICLE, themed, "1")
    assert [(row.outcome, row.run_id) for row in noted(engine)] == [(Outcome.FAILED, last_run(engine).id)]
    assert last_run(engine).finished_at is not None


def test_one_article_can_be_rehearsed(engine: Engine) -> None:
    report = rehearse_article(ARTICLE, extract)
    assert (report.outcome, report.counts) == (None, Counts(proposals=1, people=1))
    with pytest.raises(EvidenceError):
        rehearse_article(ARTICLE, lambda text: extract("吴刚" + text))


def test_a_batch_in_which_one_article_cannot_be_written_stores_the_others_in_their_order(
    engine: Engine,
) -> None:
    texts = [f"陈放建议开展第{number}项合作。" for number in range(5)]
    texts[2] = "陈放建议建设西部科学城。"
    made = [
        Prepared(str(place), draft(RawArticle(each, "a"), themed(each))) for place, each in enumerate(texts)
    ]
    made[4] = Prepared("4", reason="is empty", was_read=False)
    reports = store(engine, made, start_run(engine, "1"))
    new, failed = Outcome.NEW, Outcome.FAILED
    assert outcomes(reports) == [new, new, failed, new, failed]
    assert [report.source for report in reports] == ["0", "1", "2", "3", "4"]
    assert [report.was_read for report in reports] == [True, True, True, True, False]
    assert [row.source for row in noted(engine)] == ["0", "1", "2", "3", "4"]


def test_the_example_articles_are_imported_by_our_own_extraction(engine: Engine) -> None:
    load_seeds(engine)
    examples = SEEDS / "articles"
    extract = load_extract()
    first = imported(engine, [examples], extract)
    assert outcomes(first) == [Outcome.NEW] * 5
    assert all(report.counts.proposals > 0 for report in first)
    assert {len(imported(engine, [examples], never, version=_version(engine)))} == {5}


def _version(engine: Engine) -> str:
    with Session(engine) as session:
        return session.exec(select(Article.extractor_version).distinct()).one()
