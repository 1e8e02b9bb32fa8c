"""A database that a test has written to is lent to the next one as if nobody had."""

import psycopg
import pytest
from sqlalchemy import make_url

from tests import snapshots
from tests.conftest import seed
from tests.databases import PostgresqlDatabases

WRITTEN = {
    "nothing": "SELECT 1",
    "a new row": "INSERT INTO theme VALUES ('new', '新', 'new', 99)",
    "another value": "UPDATE theme SET name_en = 'other' WHERE code = '5g'",
    "every row as it was": "UPDATE theme SET name_en = name_en",
    "a row that went": "DELETE FROM region_ancestor WHERE region_code = '510100'",
    "one that went and one that came": (
        "DELETE FROM theme_alias WHERE theme_code = '5g'; INSERT INTO theme_alias VALUES ('wireless', '5g')"
    ),
    "all rows": "TRUNCATE region_alias",
    "a number of a row": "INSERT INTO api_key (name, sha256, created_at) VALUES ('desk', 'a', now())",
}


@pytest.mark.parametrize("written", WRITTEN.values(), ids=WRITTEN)
def test_what_was_written_is_gone_when_a_database_is_lent_again(
    postgresql_databases: PostgresqlDatabases, written: str
) -> None:
    url = postgresql_databases.filled(seed)
    before = snapshots.take(url)
    for _ in range(2):  # the second time on tables that were put back already
        execute(url, written)
        postgresql_databases.clear()
        assert postgresql_databases.filled(seed) == url
        after = snapshots.take(url)
        assert sorted_rows(after) == sorted_rows(before)
        assert after.sequences == before.sequences
    postgresql_databases.clear()


def test_a_database_with_another_schema_is_not_lent_again(postgresql_databases: PostgresqlDatabases) -> None:
    url = postgresql_databases.filled(seed)
    execute(url, "ALTER TABLE theme ADD COLUMN note text")
    postgresql_databases.clear()
    assert postgresql_databases.filled(seed) != url
    postgresql_databases.clear()


def execute(url: str, statements: str) -> None:
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain) as connection:
        connection.execute(statements)


def sorted_rows(snapshot: snapshots.Snapshot) -> dict[str, list[bytes]]:
    """By table, as rows that were put back may stand in another order."""
    return {name: sorted(rows.splitlines()) for name, rows in snapshot.rows.items()}
