"""Rows written together, as fast as a database takes them, and the ids they get before that.

The values are those that SQLModel would send, defaults among them.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import Any, Protocol

from sqlalchemy import Column, Connection, Dialect, Table
from sqlmodel import Session, SQLModel

from app.database import driver_of

Row = dict[str, Any]
Values = tuple[Any, ...]


class Numbered(Protocol):
    """A row of a table whose id the database gives."""

    id: int | None


def insert_row(session: Session, row: Numbered) -> int:
    """Send the row to the database; its id."""
    session.add(row)
    session.flush()
    assert row.id is not None, "the database numbers it"
    return row.id


class Rows:
    """Rows of any tables to be written at once; ids are right as long as the session is the only writer."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._rows: defaultdict[str, list[Row]] = defaultdict(list)
        self._next: dict[str, int] = {}

    def add(self, table: type[SQLModel], **values: Any) -> None:
        self._rows[str(table.__tablename__)].append(values)

    def number(self, table: type[SQLModel]) -> int:
        """The id for a new row of the table."""
        name = str(table.__tablename__)
        if name not in self._next:
            self._next[name] = _first_unused(self._session.connection(), name)
        id = self._next[name]
        self._next[name] = id + 1
        return id

    def keep_numbers(self, *tables: type[SQLModel]) -> None:
        """Number new rows above all that are there now, also if some of these are removed meanwhile."""
        for table in tables:
            self._next[str(table.__tablename__)] = self.number(table)

    def write(self) -> None:
        """Send all that was added, and forget it."""
        connection = self._session.connection()
        write(connection, self._rows)
        for name, id in self._next.items():
            _count_on(connection, name, id)
        self._rows.clear()
        self._next.clear()


def write(connection: Connection, rows: Mapping[str, Sequence[Row]]) -> None:
    """Insert rows by the name of their table, in the order of the tables' references."""
    for table, columns, values in values_of(connection.dialect, rows):
        insert_values(connection, table, columns, values)


def insert_values(
    connection: Connection, table: str, columns: Sequence[str], values: Iterable[Values]
) -> None:
    """Insert what the driver takes as it is."""
    names = ", ".join(columns)
    if connection.dialect.name == "postgresql":
        statement = f"COPY {table} ({names}) FROM STDIN"
        with driver_of(connection) as driver, driver.cursor() as cursor, cursor.copy(statement) as copy:
            for each in values:
                copy.write_row(each)
        return
    marks = ", ".join("?" * len(columns))
    execute_all(connection, f"INSERT INTO {table} ({names}) VALUES ({marks})", list(values))


def execute_all(connection: Connection, statement: str, values: Collection[Values]) -> None:
    """A statement with ? in the place of values, once for each of them."""
    if values:
        marks = statement if connection.dialect.name == "sqlite" else statement.replace("?", "%s")
        connection.exec_driver_sql(marks, list(values))


def values_of(
    dialect: Dialect, rows: Mapping[str, Sequence[Row]]
) -> Iterator[tuple[str, Sequence[str], Iterable[Values]]]:
    """The tables in the order of their references, their columns, and rows for the driver."""
    for table in _ordered_tables():
        if own := rows.get(table.name):
            shape = _shape(table, dialect.name, dialect)
            yield table.name, shape.columns, map(shape.values, own)


@cache
def _ordered_tables() -> Sequence[Table]:
    return SQLModel.metadata.sorted_tables


_shapes: dict[tuple[str, str], "Shape"] = {}


def _shape(table: Table, kind: str, dialect: Dialect) -> "Shape":
    shape = _shapes.get((table.name, kind))
    if shape is None:
        shape = _shapes[table.name, kind] = Shape.of(table, dialect)
    return shape


def _first_unused(connection: Connection, table: str) -> int:
    if connection.dialect.name == "postgresql":
        # Above all that were given out, those of rows among them that are gone.
        statement = f"SELECT nextval(pg_get_serial_sequence('{table}', 'id'))"
    else:
        statement = f"SELECT coalesce(max(id), 0) + 1 FROM {table}"
    first: int = connection.exec_driver_sql(statement).scalar_one()
    return first


def _count_on(connection: Connection, table: str, following: int) -> None:
    """Have the database number new rows after those that were written with their ids."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {following}, false)"
        )


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
