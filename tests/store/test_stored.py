"""Stored articles read again: as their source gave them, and those that are asked for."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session

from app.database import for_writing
from app.errors import NotFoundError, SourceError
from app.extraction.findings import Extraction
from app.importers.article import RawArticle
from app.importers.pieces import Said
from app.store import stored
from app.store.articles import delete, save, save_all
from app.store.drafts import described, draft
from app.store.stored import StoredArticle, find_all, find_named, find_old
from app.vocabulary import Outcome

WORDS = "延川县的枣农盼着县里修一条产业路。"
SAID = RawArticle(
    WORDS, "a.md", "给题", "给报", date(2021, 1, 1), "https://example.org/a", ("白雪",), "ab" * 32
)
NAMED = RawArticle(WORDS, "a.txt", fallback=Said("备题", "备报", date(2023, 3, 3)))
BARE = RawArticle(WORDS, "a.txt")
FOUND = Extraction("1", "文题", "2022-02-02", "文报", ("贺兰",), (), (), (), ())
SILENT = Extraction("1", None, None, None, (), (), (), (), ())
BETTER = Extraction("2", "好题", "2022-02-03", "好报", ("贺敏",), (), (), (), ())


def store(engine: Engine, raw: RawArticle, extraction: Extraction = SILENT) -> int:
    with Session(for_writing(engine)) as session:
        saved = save(session, raw, extraction)
        session.commit()
    return saved.article_id


def again(engine: Engine) -> StoredArticle:
    (one,) = find_all(engine)
    return one


@pytest.fixture
def in_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each article is read in a chunk of its own."""
    monkeypatch.setattr(stored, "CHUNK", 1)


@pytest.mark.parametrize("raw", [SAID, NAMED, BARE, replace(SAID, title=None)])
@pytest.mark.parametrize("former", [FOUND, SILENT])
@pytest.mark.parametrize("later", [BETTER, replace(SILENT, version="2")])
def test_an_article_is_described_as_if_it_were_imported_for_the_first_time(
    engine: Engine, raw: RawArticle, former: Extraction, later: Extraction
) -> None:
    store(engine, raw, former)
    assert described(again(engine), later) == described(raw, later)
    assert again(engine).page_sha256 == raw.page_sha256


def test_what_a_source_said_is_told_apart_after_each_extraction(engine: Engine) -> None:
    store(engine, replace(SAID, title=None), FOUND)
    with Session(for_writing(engine)) as session:
        save_all(session, [draft(again(engine), BETTER)])
        session.commit()
    third = replace(SILENT, version="3", title="三题")
    known = described(again(engine), third)
    assert (known.title, known.source, known.bylines) == ("三题", "给报", ("白雪",))


def test_of_an_article_older_than_the_column_everything_is_kept(engine: Engine) -> None:
    store(engine, BARE, replace(FOUND, published_on=None))
    with for_writing(engine).begin() as connection:
        connection.execute(text("UPDATE article SET given = NULL"))
    known = described(again(engine), BETTER)
    assert (known.title, known.source, known.bylines) == ("文题", "文报", ("贺兰",))
    assert known.published_on == date(2022, 2, 3), "nothing was known of it"


def test_an_article_of_the_current_version_is_replaced_if_it_was_extracted_anew(engine: Engine) -> None:
    id = store(engine, BARE, FOUND)
    with Session(for_writing(engine)) as session:
        (saved,) = save_all(session, [draft(again(engine), replace(BETTER, version="1"))])
    assert (saved.outcome, saved.article_id) == (Outcome.REPLACED, id)


def test_an_article_that_was_deleted_meanwhile_does_not_come_back(engine: Engine) -> None:
    id = store(engine, BARE)
    anew = draft(again(engine), BETTER)
    with Session(for_writing(engine)) as session:
        delete(session, id)
        with pytest.raises(NotFoundError):
            save_all(session, [anew])


@pytest.mark.usefixtures("in_ones")
def test_articles_of_other_versions_come_in_the_order_of_their_ids(engine: Engine) -> None:
    for number, version in enumerate(("1", "2", "0", "2", "1")):
        store(engine, RawArticle(f"{WORDS}{number}", "a.txt"), replace(SILENT, version=version))
    assert [each.id for each in find_old(engine, "2")] == [1, 3, 5]
    assert [each.id for each in find_all(engine)] == [1, 2, 3, 4, 5]


@pytest.mark.usefixtures("in_ones")
def test_what_is_replaced_meanwhile_is_not_met_again_nor_passed_over(engine: Engine) -> None:
    for number in range(3):
        store(engine, RawArticle(f"{WORDS}{number}", "a.txt"), SILENT)
    met = []
    for each in find_old(engine, "2"):
        met.append(each.id)
        with Session(for_writing(engine)) as session:
            save_all(session, [draft(each, replace(SILENT, version="2" if each.id != 2 else "1"))])
            session.commit()
    assert met == [1, 2, 3]


def test_an_id_that_is_none_of_an_article_is_told(engine: Engine) -> None:
    store(engine, SAID)
    one, none = find_named(engine, [7, 1])
    assert isinstance(one, StoredArticle)
    assert one.name == "article 1 “给题”"
    assert isinstance(none, SourceError)
    assert str(none) == "article 7: is not stored; look its id up in the API"
