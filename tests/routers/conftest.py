from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from app.database import make_engine, migrate
from app.main import create_app
from app.settings import Settings
from tests.builders import Library, add_places_and_themes
from tests.databases import Databases
from tests.web import CountSql, TestClient


def fill(engine: Engine) -> None:
    migrate(engine)
    add_places_and_themes(Library(engine))


@pytest.fixture
def database_url(databases: Databases) -> str:
    """A database with places and themes and nothing else."""
    return databases.filled(fill)


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    return Settings(data_dir=tmp_path, database_url=database_url)


@pytest.fixture
def library(settings: Settings) -> Iterator[Library]:
    engine = make_engine(settings.database_url)
    yield Library(engine)
    engine.dispose()


@pytest.fixture
def client(settings: Settings) -> Iterator[TestClient]:
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def counted_sql(client: TestClient) -> CountSql:
    """Collects what routes ask meanwhile; BEGIN, limits and the question for the version aside."""

    @contextmanager
    def collect() -> Iterator[list[str]]:
        statements: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            if not statement.startswith(("BEGIN", "SET LOCAL")) and "FROM data_version" not in statement:
                statements.append(statement)

        engine = client.app.state.reader.engine
        event.listen(engine, "before_cursor_execute", note)
        yield statements
        event.remove(engine, "before_cursor_execute", note)

    return collect
