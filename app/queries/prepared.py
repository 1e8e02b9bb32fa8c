"""Statements that are asked again and again: compiled once, and run past SQLAlchemy's own preparations."""

import json
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import Any, Self

from sqlalchemy import Boolean, ColumnElement, Connection, Dialect, Float, Numeric, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import NullType, TypeEngine

from app.queries.rows import Item, Statement


class Prepared:
    """A statement that is asked again and again with other values, and compiled once for each database.

    Its parameters are what `bindparam` and `is_among` name. Asked as SQLAlchemy's own it would take three
    times as long, which is more than the database takes.
    """

    def __init__(self, statement: Statement) -> None:
        self._statement = statement
        self._compiled: dict[str, _Compiled] = {}

    def fetch(self, connection: Connection, **values: object) -> list[Item]:
        """All rows, with these values for the parameters of their names."""
        names = self._for(connection).names
        return [dict(zip(names, row, strict=True)) for row in self.rows(connection, **values)]

    def rows(self, connection: Connection, **values: object) -> Sequence[Any]:
        """As `fetch`, each row as its values alone."""
        compiled = self._for(connection)
        result = connection.exec_driver_sql(compiled.sql, compiled.parameters(values))
        return compiled.read(result.fetchall())

    def scalar(self, connection: Connection, **values: object) -> Any:
        """The first column of the one row."""
        ((value,),) = self.rows(connection, **values)
        return value

    def _for(self, connection: Connection) -> "_Compiled":
        dialect = connection.dialect
        if (found := self._compiled.get(dialect.name)) is None:
            found = self._compiled[dialect.name] = _Compiled(dialect, self._statement)
        return found


class _Compiled:
    """A statement in the words of a database, with what its driver takes and gives."""

    def __init__(self, dialect: Dialect, statement: Statement) -> None:
        compiled = statement.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
        assert isinstance(compiled, SQLCompiler), "a select is one"
        self.sql = str(compiled)
        self.names = tuple(str(column.key) for column in statement.selected_columns)
        as_driver_takes: Any = compiled._bind_processors  # days as texts
        self._values = {
            name: as_driver_takes[name](value) if name in as_driver_takes else value
            for name, value in compiled.params.items()
        }
        self._places = compiled.positiontup
        self._is_sqlite = dialect.name == "sqlite"
        readers = [_reader(dialect, column.type) for column in statement.selected_columns]
        self._readers = [(place, reader) for place, reader in enumerate(readers) if reader]

    def parameters(self, values: Mapping[str, object]) -> Any:
        """The values as the driver takes them, those that are left out as the statement has them."""
        given = {**self._values, **{name: self._given(value) for name, value in values.items()}}
        return given if self._places is None else tuple([given[name] for name in self._places])

    def _given(self, value: object) -> object:
        if isinstance(value, Enum):
            return value.value
        if not isinstance(value, (list, tuple, set, frozenset)):
            return value
        return json.dumps(list(value)) if self._is_sqlite else list(value)

    def read(self, rows: Sequence[Any]) -> Sequence[Any]:
        """The rows with days, lists and the like as Python has them."""
        if not self._readers:
            return rows
        found = [list(row) for row in rows]
        for row in found:
            for place, reader in self._readers:
                row[place] = reader(row[place])
        return found


def _reader(dialect: Dialect, type: TypeEngine[Any]) -> Callable[[Any], Any] | None:
    """What makes a value of the type of what the driver gives, if anything."""
    if isinstance(type, (Numeric, Float)):
        return None  # both drivers give numbers; SQLAlchemy would ask PostgreSQL's for their kind
    return type.dialect_impl(dialect).result_processor(dialect, None)


class Condition(ColumnElement[bool]):
    """A condition that databases write in words of their own, which compile functions give."""

    type = Boolean()
    inherit_cache = False

    def self_group(self, against: object = None) -> Self:
        """Itself: SQLAlchemy would write `… = 1` on SQLite, which then finds no index for it."""
        return self


class is_among(Condition):
    """The condition that a column has one of the values of a parameter, however many these are."""

    inherit_cache = False
    _from_objects: Any = ()  # what has the column is named where it is selected

    def __init__(self, column: ColumnElement[Any], name: str) -> None:
        self.column, self.values = column, bindparam(name, type_=NullType())


@compiles(is_among, "sqlite")
def _in_json(element: is_among, compiler: SQLCompiler, **options: Any) -> str:
    column, values = (compiler.process(each, **options) for each in (element.column, element.values))
    return f"{column} IN (SELECT value FROM json_each({values}))"


@compiles(is_among)
def _in_array(element: is_among, compiler: SQLCompiler, **options: Any) -> str:
    column, values = (compiler.process(each, **options) for each in (element.column, element.values))
    return f"{column} = ANY({values})"
