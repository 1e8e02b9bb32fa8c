"""That every write gives the data a new version, whoever writes and by which statement."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Column, Engine, inspect, text
from sqlmodel import SQLModel

import app.tables  # noqa: F401  fills the metadata
from app.database import for_writing, make_engine, migrate, migrating
from app.queries import versions
from app.queries.reader import Reader
from tests.databases import Databases

# Of no answer under /api/v1, or made of other tables in the same transaction.
UNSEEN = {"data_version", "api_key", "posting", "posting_list", "posting_pair"} | {
    "import_source",
    "article_band",
    "proposal_band",
    "claim",
    "article_claim",
    "article_cast",
}
OF_IMPORTS = {"import_run", "import_outcome"}


@pytest.fixture
def engine(databases: Databases) -> Iterator[Engine]:
    engine = make_engine(databases.filled(migrate))
    yield engine
    engine.dispose()


def changed_by(engine: Engine, statement: str) -> set[str]:
    """The parts that get another version when the statement is committed."""
    ask = Reader(engine).ask
    before = ask(versions.find)
    with migrating(engine) as connection:
        connection.execute(text(statement))
    after = ask(versions.find)
    return {part for part, version in after.items() if version != before[part]}


def cut_loose(engine: Engine, table: str) -> None:
    """Let rows of the table refer to none; on SQLite they may while a migration is made."""
    if engine.dialect.name == "postgresql":
        with migrating(engine) as connection:
            for key in inspect(connection).get_foreign_keys(table):
                connection.execute(text(f"ALTER TABLE {table} DROP CONSTRAINT {key['name']}"))


def literal_for(column: Column[Any]) -> str:
    return "'2020-10-22'" if column.name.endswith(("_at", "_on")) else "'1'"


@pytest.mark.parametrize("table", sorted(set(SQLModel.metadata.tables) - UNSEEN))
def test_every_table_renews_the_version_of_its_part(engine: Engine, table: str) -> None:
    columns = SQLModel.metadata.tables[table].columns
    names, values = ", ".join(columns.keys()), ", ".join(map(literal_for, columns))
    part = "imports" if table in OF_IMPORTS else "data"
    cut_loose(engine, table)
    for statement in (
        f"INSERT INTO {table} ({names}) VALUES ({values})",
        f"UPDATE {table} SET {columns.keys()[0]} = '2'",
        f"DELETE FROM {table}",
    ):
        assert changed_by(engine, statement) == {part}, statement


def test_rows_that_go_with_others_renew_the_version(engine: Engine) -> None:
    on_table = " ON region" if engine.dialect.name == "postgresql" else ""
    with for_writing(engine).begin() as connection:
        connection.execute(text("INSERT INTO region VALUES ('51', '四川省', 'province')"))
        connection.execute(text("INSERT INTO region_alias VALUES ('51', '川')"))
        connection.execute(text(f"DROP TRIGGER version_region_delete{on_table}"))
    before = Reader(engine).ask(versions.find)
    with for_writing(engine).begin() as connection:
        connection.execute(text("DELETE FROM region"))
    assert Reader(engine).ask(versions.find)["data"] != before["data"]


def test_reading_and_writing_nothing_leave_the_version(engine: Engine) -> None:
    assert changed_by(engine, "SELECT * FROM theme") == set()
    assert changed_by(engine, "DELETE FROM theme WHERE code = 'none'") == set()


def test_a_version_shows_only_when_its_change_does(engine: Engine) -> None:
    with engine.connect() as reading, for_writing(engine).connect() as writing:
        before = versions.find(reading)
        reading.rollback()
        writing.execute(text("INSERT INTO theme VALUES ('5g', '5G', '5G', 1)"))
        assert versions.find(reading) == before
        reading.rollback()
        writing.commit()
        assert versions.find(reading)["data"] != before["data"]
