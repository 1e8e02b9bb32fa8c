"""The databases that scripts/bench.py measures on: the same each time, and as sound as imported ones."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from app.database import make_engine
from app.main import create_app
from app.settings import Settings
from app.store.verification import Verification
from app.tables import ActorAlias, Article, Metric, Proposal
from app.tables.actors import pinyin_of
from app.tables.columns import searched
from scripts.benchmarks import synthetic
from scripts.benchmarks.databases import database, version
from scripts.benchmarks.questions import FACETS, LIST, questions
from scripts.benchmarks.synthetic import LONGEST, SHORTEST, batches
from tests.web import TestClient

PROPOSALS = 300


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("synthetic")


@pytest.fixture(scope="module")
def url(folder: Path) -> str:
    return database(PROPOSALS, str(folder))


@pytest.fixture(scope="module")
def engine(url: str) -> Iterator[Engine]:
    engine = make_engine(url)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def client(url: str) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(database_url=url))) as client:
        yield client


def test_the_same_seed_gives_the_same_rows_and_another_others() -> None:
    first, again, other = (list(batches(50, seed)) for seed in (1, 1, 2))
    assert first == again
    assert first[0]["proposal"] != other[0]["proposal"]


def test_every_table_of_findings_is_written_and_ids_go_on_from_batch_to_batch(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(synthetic, "BATCH", 10)
    first, second, *others = batches(400)
    ids = [row["id"] for batch in (first, second, *others) for row in batch["proposal"]]
    assert ids == list(range(1, 401))
    for table in ("position", "metric", "metric_theme", "metric_region", "actor_mention", "proposal_speaker"):
        assert first[table], table
        assert second[table], table


def test_some_speak_much_more_often_than_others() -> None:
    (rows,) = batches(2000)
    times = sorted(Counter(row["actor_id"] for row in rows["proposal_speaker"]).values())
    assert times[-1] > 10 * times[len(times) // 2]


def test_texts_are_as_long_as_sentences(engine: Engine) -> None:
    with Session(engine) as session:
        lengths = {len(text) for text in session.exec(select(Proposal.text))}
    assert SHORTEST <= min(lengths) < max(lengths) <= LONGEST


def test_every_search_column_is_filled_as_an_import_fills_it(engine: Engine) -> None:
    with Session(engine) as session:
        for article in session.exec(select(Article)):
            assert article.search_text == searched(article.title, article.text)
        for proposal in session.exec(select(Proposal)):
            assert proposal.search_text == searched(proposal.text)
        for metric in session.exec(select(Metric)):
            assert metric.search_text == searched(metric.about, metric.text)
        for alias in session.exec(select(ActorAlias)):
            assert (alias.search_text, alias.pinyin) == (searched(alias.alias), pinyin_of(alias.alias))


def test_every_finding_stands_in_its_article_and_no_reference_leads_nowhere(engine: Engine) -> None:
    with Session(engine) as session:
        verification = Verification(session)
        assert list(verification.flaws()) == []
    assert verification.checked["proposal"] == PROPOSALS


def test_the_total_is_the_number_asked_for_and_facets_count_what_filters_find(client: TestClient) -> None:
    answer = client.get(FACETS).json()
    assert answer["total"] == PROPOSALS
    assert sum(each["count"] for each in answer["facets"]["kind"]) == PROPOSALS
    for name, values in answer["facets"].items():
        for each in values[:5]:
            found = client.get(LIST, params={name: each["value"], "limit": 1}).json()
            assert found["total"] == each["count"] > 0


def test_what_is_asked_finds_something_and_is_the_same_each_time(client: TestClient, engine: Engine) -> None:
    asked = questions(engine)
    assert asked == questions(engine)
    for name in ("speaker", "theme", "region", "theme_region", "search", "facets_region", "deep_page"):
        for path in asked[name][:5]:
            assert client.get(path).json()["total"] > 0, path
    assert len(set(asked["search"])) > 100
    assert len(set(asked["deep_page"])) > 100


def test_a_database_is_made_once(url: str, folder: Path) -> None:
    (file,) = folder.glob("*.db")
    made = file.stat().st_ino
    assert database(PROPOSALS, str(folder)) == url
    assert [path.stat().st_ino for path in folder.glob("*.db")] == [made]


def test_what_is_left_of_one_that_was_stopped_half_way_is_not_taken_for_it(tmp_path: Path) -> None:
    draft = tmp_path / f"jianyan_bench_20_{version()}.part"
    draft.write_bytes(b"half a database")
    url = database(20, str(tmp_path))
    with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
        assert connection.execute("SELECT count(*) FROM proposal").fetchone() == (20,)
    assert not draft.exists()
