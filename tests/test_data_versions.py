"""That every write gives the data a new version, whoever writes and by which statement."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, text
from sqlmodel import SQLModel

import app.tables  # noqa: F401  fills the metadata
from app.database import make_engine, migrate, migrating
from app.queries import versions

# Of no answer under /api/v1.
UNSEEN = {"data_version", "api_key"}
OF_IMPORTS = {"import_run", "import_outcome"}


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = make_engine(f"sqlite:///{tmp_path}/jianyan.db")
    migrate(engine)
    yield engine
    engine.dispose()


def changed_by(connection: Connection, statement: str) -> set[str]:
    before = versions.find(connection)
    connection.execute(text(statement))
    after = versions.find(connection)
    return {part for part, version in after.items() if version != before[part]}


@pytest.mark.parametrize("table", sorted(set(SQLModel.metadata.tables) - UNSEEN))
def test_every_table_renews_the_version_of_its_part(engine: Engine, table: str) -> None:
    columns = SQLModel.metadata.tables[table].columns
    names, values = ", ".join(columns.keys()), ", ".join("1" for _ in columns)
    part = "imports" if table in OF_IMPORTS else "data"
    with migrating(engine) as connection:  # as foreign keys are not enforced there: the row refers to none
        for statement in (
            f"INSERT INTO {table} ({names}) VALUES ({values})",
            f"UPDATE {table} SET {columns.keys()[0]} = 2",
            f"DELETE FROM {table}",
        ):
            assert changed_by(connection, statement) == {part}, statement


def test_rows_that_go_with_others_renew_the_version(engine: Engine) -> None:
    with engine.connect() as connection:
        connection.execute(text("INSERT INTO region VALUES ('51', '四川省', 'province')"))
        connection.execute(text("INSERT INTO region_alias VALUES ('51', '川')"))
        connection.execute(text("DROP TRIGGER version_region_delete"))
        assert changed_by(connection, "DELETE FROM region") == {"data"}


def test_reading_and_writing_nothing_leave_the_version(engine: Engine) -> None:
    with engine.connect() as connection:
        assert changed_by(connection, "SELECT * FROM theme") == set()
        assert changed_by(connection, "DELETE FROM theme WHERE code = 'none'") == set()


def test_a_version_shows_only_when_its_change_does(engine: Engine) -> None:
    with engine.connect() as reading, engine.connect() as writing:
        before = versions.find(reading)
        reading.rollback()
        writing.execute(text("INSERT INTO theme VALUES ('5g', '5G', '5G', 1)"))
        assert versions.find(reading) == before
        reading.rollback()
        writing.commit()
        assert versions.find(reading)["data"] != before["data"]
