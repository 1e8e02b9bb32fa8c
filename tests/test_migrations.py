import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text
from sqlmodel import SQLModel

import app.tables  # noqa: F401  fills the metadata
from app.database import PYPROJECT, for_writing, make_engine, migrate, newest_revision, revision_of
from tests.databases import Databases, PostgresqlDatabases

VERSIONS = sorted((PYPROJECT.parent / "migrations/versions").glob("*.py"))


@pytest.fixture
def engine(databases: Databases) -> Iterator[Engine]:
    engine = make_engine(databases.empty())
    yield engine
    engine.dispose()


def downgrade(engine: Engine) -> None:
    command.downgrade(Config(toml_file=PYPROJECT, attributes={"engine": engine}), "base")


def drift(engine: Engine) -> list[object]:
    options = {"include_name": lambda name, kind, _: kind != "table" or not is_index_of_texts(name)}
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        return list(compare_metadata(context, SQLModel.metadata))


def is_index_of_texts(name: str) -> bool:
    """A table that SQLite's FTS5 makes or, elsewhere, that has a type of PostgreSQL's own."""
    return name.startswith(("proposal_pieces", "metric_pieces"))


def test_migrations_make_exactly_the_tables_of_the_application(engine: Engine) -> None:
    migrate(engine)
    tables = {name for name in inspect(engine).get_table_names() if not is_index_of_texts(name)}
    assert tables == {*SQLModel.metadata.tables, "alembic_version"}
    assert drift(engine) == []


def test_primary_keys_are_those_of_the_application(engine: Engine) -> None:
    migrate(engine)
    for name, table in SQLModel.metadata.tables.items():
        stored = inspect(engine).get_pk_constraint(name)
        assert stored["constrained_columns"] == [column.name for column in table.primary_key]


def test_migrations_can_be_taken_back_and_made_again(engine: Engine) -> None:
    migrate(engine)
    downgrade(engine)
    assert inspect(engine).get_table_names() == ["alembic_version"]
    assert revision_of(engine) is None
    migrate(engine)
    assert drift(engine) == []


def test_rows_that_refer_to_actors_outlive_the_column_that_actors_get(engine: Engine) -> None:
    command.upgrade(Config(toml_file=PYPROJECT, attributes={"engine": engine}), "0002")
    with for_writing(engine).begin() as connection:
        connection.exec_driver_sql("INSERT INTO actor (id, kind, name) VALUES (7, 'person', '陈放')")
        connection.exec_driver_sql("INSERT INTO actor_alias VALUES (7, '陈放', '', '')")
    migrate(engine)
    with engine.begin() as connection:
        kept = connection.exec_driver_sql("SELECT id, name, alias, merged_into FROM actor, actor_alias").all()
        if engine.dialect.name == "sqlite":  # which does not enforce them while it migrates
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    assert [tuple(row) for row in kept] == [(7, "陈放", "陈放", None)]


def test_texts_are_compared_by_their_characters_on_postgresql(
    postgresql_databases: PostgresqlDatabases,
) -> None:
    """As SQLite compares them, whatever the locale of the database: pages begin after a name."""
    engine = make_engine(postgresql_databases.empty())
    migrate(engine)
    by_locale = text(
        "SELECT table_name, column_name FROM information_schema.columns "
        "WHERE table_name <> 'alembic_version' AND table_schema = 'public' "
        "AND data_type IN ('text', 'character varying') "
        "AND collation_name IS DISTINCT FROM 'C'"
    )
    with engine.connect() as connection:
        assert connection.execute(by_locale).all() == []
    engine.dispose()
    postgresql_databases.clear()


def test_every_constraint_has_a_name(engine: Engine) -> None:
    migrate(engine)
    schema = inspect(engine)
    for table in SQLModel.metadata.tables:
        keys = [schema.get_pk_constraint(table), *schema.get_foreign_keys(table)]
        assert all(key["name"] for key in (*keys, *schema.get_unique_constraints(table))), table


@pytest.mark.parametrize("path", VERSIONS, ids=lambda path: path.stem)
def test_a_migration_imports_only_op_and_sa(path: Path) -> None:
    imported = [
        ast.unparse(node)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert set(imported) <= {"import sqlalchemy as sa", "from alembic import op"}


def test_the_newest_revision_is_where_alembic_leads_to(engine: Engine) -> None:
    migrate(engine)
    assert revision_of(engine) == newest_revision()
    scripts = ScriptDirectory.from_config(Config(toml_file=PYPROJECT))
    assert scripts.get_heads() == [newest_revision()]


def test_the_alembic_command_works_from_any_folder(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/jianyan.db"
    done = subprocess.run(
        [sys.executable, "-m", "alembic", "-c", str(PYPROJECT), "upgrade", "head"],
        cwd=tmp_path,
        env={**os.environ, "JIANYAN_DATABASE_URL": url},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert revision_of(make_engine(url)) == VERSIONS[-1].stem.split("_")[0]
