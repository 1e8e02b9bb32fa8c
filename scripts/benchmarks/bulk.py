"""Rows written as fast as a database takes them, their defaults filled as the store fills them."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from typing import Any

from sqlalchemy import Dialect, Engine
from sqlmodel import SQLModel

from app.store.rows import Values, values_of
from scripts.benchmarks.synthetic import Rows

# Nothing is lost that could not be made again: no journal, no waiting for the disk, indexes in memory.
_PRAGMAS = ("journal_mode = OFF", "synchronous = OFF", "cache_size = -1000000", "locking_mode = EXCLUSIVE")


def fill(engine: Engine, batches: Iterable[Rows]) -> None:
    """Write all batches in one transaction."""
    if engine.dialect.name == "sqlite":
        _fill_sqlite(engine, batches)
    else:
        _fill_postgresql(engine, batches)


def _fill_sqlite(engine: Engine, batches: Iterable[Rows]) -> None:
    engine.dispose()
    with closing(sqlite3.connect(str(engine.url.database), isolation_level=None)) as connection:
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN")
        for table, columns, values in _values_of(engine.dialect, batches):
            marks = ", ".join("?" * len(columns))
            connection.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", values)
        connection.execute("COMMIT")


def _fill_postgresql(engine: Engine, batches: Iterable[Rows]) -> None:
    with closing(engine.raw_connection()) as connection:
        connection.driver_connection.read_only = False  # as who read on it before has left it
        cursor: Any = connection.cursor()
        for table, columns, values in _values_of(engine.dialect, batches):
            with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
                for each in values:
                    copy.write_row(each)
        for numbered in SQLModel.metadata.sorted_tables:
            if "id" in numbered.columns:
                _count_on(cursor, numbered.name)
        connection.commit()


def _count_on(cursor: Any, table: str) -> None:
    """Have the database number new rows after those that were written with their ids."""
    cursor.execute(
        f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT coalesce(max(id), 1) FROM {table}))"
    )


def _values_of(
    dialect: Dialect, batches: Iterable[Rows]
) -> Iterator[tuple[str, Sequence[str], Iterable[Values]]]:
    for batch in batches:
        yield from values_of(dialect, batch)
