"""Rows written as fast as a database takes them, their defaults filled as the store fills them."""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from sqlalchemy import Column, Dialect, Engine, Table
from sqlmodel import SQLModel

from scripts.benchmarks.synthetic import Row, Rows

# Nothing is lost that could not be made again: no journal, no waiting for the disk, indexes in memory.
_PRAGMAS = ("journal_mode = OFF", "synchronous = OFF", "cache_size = -1000000", "locking_mode = EXCLUSIVE")

Values = tuple[Any, ...]


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
        for table, columns, values in values_of(engine.dialect, batches):
            marks = ", ".join("?" * len(columns))
            connection.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", values)
        connection.execute("COMMIT")


def _fill_postgresql(engine: Engine, batches: Iterable[Rows]) -> None:
    with closing(engine.raw_connection()) as connection:
        connection.driver_connection.read_only = False  # as who read on it before has left it
        cursor: Any = connection.cursor()
        for table, columns, values in values_of(engine.dialect, batches):
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


def values_of(
    dialect: Dialect, batches: Iterable[Rows]
) -> Iterable[tuple[str, Sequence[str], Iterable[Values]]]:
    """For each batch the tables in the order of their references, their columns, and rows for the driver."""
    shapes = {table.name: Shape.of(table, dialect) for table in SQLModel.metadata.sorted_tables}
    for batch in batches:
        for name, shape in shapes.items():
            if rows := batch.get(name):
                yield name, shape.columns, map(shape.values, rows)


@dataclass(frozen=True, slots=True)
class Shape:
    """How rows of a table become values: defaults by column, and what the driver needs by place."""

    columns: Sequence[str]
    defaults: Sequence[tuple[str, Callable[[Row], Any]]]
    processors: Sequence[tuple[int, Callable[[Any], Any]]]
    ordered: Callable[[Row], Values]

    @classmethod
    def of(cls, table: Table, dialect: Dialect) -> "Shape":
        names = [column.name for column in table.columns]
        # As bind parameters of SQLAlchemy would be: JSON and dates as text for SQLite, members by value.
        found = (column.type.dialect_impl(dialect).bind_processor(dialect) for column in table.columns)
        return cls(
            names,
            [(column.name, default) for column in table.columns if (default := default_of(column))],
            [(place, each) for place, each in enumerate(found) if each],
            itemgetter(*names),
        )

    def values(self, row: Row) -> Values:
        """Raises KeyError for a column that has neither a value nor a default."""
        for name, default in self.defaults:
            if name not in row:
                row[name] = default(row)
        values = list(self.ordered(row))
        for place, processed in self.processors:
            values[place] = processed(values[place])
        return tuple(values)


class _Context:
    """What a column's default asks for the other values of its row."""

    def __init__(self, row: Row) -> None:
        self._row = row

    def get_current_parameters(self) -> Row:
        return self._row


def default_of(column: Column[Any]) -> Callable[[Row], Any] | None:
    """What fills the column in rows that have no value for it; None where they must have one."""
    default: Any = column.default
    if default is not None and default.is_callable:
        return lambda row: default.arg(_Context(row))
    if default is not None:
        return lambda _row: default.arg
    return (lambda _row: None) if column.nullable else None
