"""What the extraction finds in the example articles, altered: none of it is stored."""

from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, SQLModel, func, select

from app.errors import EvidenceError
from app.extraction.findings import Extraction
from app.extraction.pipeline import VERSION, Extractor
from app.importers.formats import read_file
from app.lexicon import SEEDS
from app.store.evidence import check
from app.tables import Actor, ActorMention, Article, Metric, Position, Proposal
from app.vocabulary import Outcome
from tests.importing import imported
from tests.store.alterations import Altered, alterations

ARTICLES = sorted((SEEDS / "articles").glob("*.md"))
STORED = (Article, Actor, ActorMention, Position, Proposal, Metric)
ANNOTATED = sorted((Path(__file__).parents[1] / "gold" / "articles").glob("*.txt"))
NUMBER = 100


@pytest.fixture(scope="module")
def altered(extractor: Extractor) -> dict[Path, list[Altered]]:
    texts = {path: read_file(path).text for path in ARTICLES}
    return {path: list(alterations(text, extractor.extract(text))) for path, text in texts.items()}


def test_an_alteration_of_any_finding_is_refused(altered: dict[Path, list[Altered]]) -> None:
    passed = [each.what for path in ARTICLES for each in altered[path] if passes(path, each.extraction)]
    assert passed == []
    kinds = {each.what.partition(": ")[2] for path in ARTICLES for each in altered[path]}
    assert len(kinds) == 22


def passes(path: Path, extraction: Extraction) -> bool:
    try:
        check(read_file(path).text, extraction)
    except EvidenceError:
        return False
    return True


def test_of_a_hundred_articles_with_an_altered_finding_nothing_is_stored(
    engine: Engine, altered: dict[Path, list[Altered]]
) -> None:
    all_of_them = [(path, each) for path in ARTICLES for each in altered[path]]
    chosen = all_of_them[:: len(all_of_them) // NUMBER][:NUMBER]
    assert len(chosen) == NUMBER
    for path, each in chosen:
        (report,) = imported(engine, [path], lambda text, each=each: each.extraction, VERSION)
        assert report.outcome is Outcome.FAILED, each.what
        assert "does not stand in it" in str(report.reason), each.what
    assert {table.__tablename__: rows_in(engine, table) for table in STORED} == {
        table.__tablename__: 0 for table in STORED
    }


def test_the_same_articles_unaltered_are_stored(engine: Engine, extractor: Extractor) -> None:
    reports = imported(engine, ARTICLES, extractor.extract, VERSION)
    assert {report.outcome for report in reports} == {Outcome.NEW}
    assert all(rows_in(engine, table) for table in STORED)


def rows_in(engine: Engine, table: type[SQLModel]) -> int:
    with Session(engine) as session:
        return session.exec(select(func.count()).select_from(table)).one()


@pytest.mark.parametrize("path", ANNOTATED, ids=lambda path: path.stem)
def test_what_is_found_in_an_annotated_article_is_borne_out(path: Path, extractor: Extractor) -> None:
    text = read_file(path).text
    check(text, extractor.extract(text))
