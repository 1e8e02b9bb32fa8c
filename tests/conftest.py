import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.database import make_engine, migrate
from app.extraction.pipeline import Extractor
from app.lexicon import Lexicon, load_lexicon
from app.start import prepare
from app.store.seeds import load_seeds
from tests.databases import Databases, PostgresqlDatabases, SqliteDatabases
from tests.postgresql import REQUIRED_VARIABLE, NoServerError, server


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes go by their argument's name: as they stand they may hold the time, and no two processes agree."""
    return argname if isinstance(val, bytes) else None


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.fixture(scope="session")
def jieba_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder where jieba keeps its prepared dictionary, so that it is prepared once a session."""
    return tmp_path_factory.mktemp("jieba")


@pytest.fixture(scope="session")
def extractor(lexicon: Lexicon, jieba_cache: Path) -> Extractor:
    return Extractor(lexicon, jieba_cache)


@pytest.fixture(scope="session")
def sqlite_databases(tmp_path_factory: pytest.TempPathFactory) -> SqliteDatabases:
    return SqliteDatabases(tmp_path_factory.mktemp("databases"))


@pytest.fixture(scope="session")
def postgresql_databases() -> Iterator[PostgresqlDatabases]:
    try:
        with server() as url:
            databases = PostgresqlDatabases(url)
            yield databases
            databases.close()
    except NoServerError as error:
        skip_unless_required(str(error))


def skip_unless_required(reason: str) -> None:
    """Skip what needs PostgreSQL, or fail it where the environment says that there is to be one."""
    if os.environ.get(REQUIRED_VARIABLE):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(params=["sqlite", "postgresql"])
def databases(request: pytest.FixtureRequest) -> Iterator[Databases]:
    """Where the test's databases come from: it runs once on each kind. They go when it ends."""
    databases: Databases = request.getfixturevalue(f"{request.param}_databases")
    yield databases
    databases.clear()


def seed(engine: Engine) -> None:
    """Make an empty database one with the real reference rows and nothing else."""
    migrate(engine)
    load_seeds(engine)


@pytest.fixture
def engines(databases: Databases) -> Iterator[Iterator[Engine]]:
    """Databases with seeds, as many as are asked for."""
    made: list[Engine] = []

    def engines() -> Iterator[Engine]:
        while True:
            made.append(make_engine(databases.filled(seed)))
            yield made[-1]

    yield engines()
    for engine in made:
        engine.dispose()


@pytest.fixture(scope="session")
def seeded_database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of a database as a first start makes it, with the example articles; only to be read."""
    url = f"sqlite:///{tmp_path_factory.mktemp('seeded')}/jianyan.db"
    engine = make_engine(url)
    prepare(engine)
    engine.dispose()
    return url
