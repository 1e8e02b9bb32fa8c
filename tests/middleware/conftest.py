from collections.abc import Iterator

import pytest

from tests.databases import SqliteDatabases
from tests.routers.conftest import client, database_url, library, settings


@pytest.fixture
def databases(sqlite_databases: SqliteDatabases) -> Iterator[SqliteDatabases]:
    """SQLite alone: what is tested here is the same whichever database is asked."""
    yield sqlite_databases
    sqlite_databases.clear()


__all__ = ["client", "database_url", "library", "settings"]
