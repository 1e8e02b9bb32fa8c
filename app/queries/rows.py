"""The tables as SQLAlchemy Core sees them, and the way their rows are read."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, Connection, Dialect, Select, Table, bindparam
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import CompoundSelect
from sqlmodel import SQLModel

from app import tables

Item = dict[str, Any]
"""One row, or a row with its parts nested in it: the keys are the names of the answer's fields."""

Statement = Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]]

CHUNK = 500
"""Rows that are held at once where a whole list is read."""


def fetch(connection: Connection, statement: Statement, **values: object) -> list[Item]:
    """All rows of a statement, with these values for the parameters of their names.

    One that is made once and asked with other values costs a fraction of one that is made each time.
    """
    return [dict(row) for row in connection.execute(statement, values).mappings()]


def each_of(name: str) -> BindParameter[Any]:
    """A parameter for several values, as `column.in_` takes them."""
    return bindparam(name, expanding=True)


def fetch_chunks(
    connection: Connection, statement: Statement, count: int | None = None
) -> Iterator[list[Item]]:
    """All rows of a statement, `count` at a time, or CHUNK of them.

    The connection may be asked other things in between.
    """
    result = connection.execute(statement, execution_options={"yield_per": count or CHUNK})
    for rows in result.mappings().partitions():
        yield [dict(row) for row in rows]


@dataclass(frozen=True, slots=True)
class Direct:
    """A driver's connection, asked as SQLAlchemy's is for statements that need not be compiled any more.

    For what is asked thousands of times a second: it costs a tenth. Errors are the driver's.
    """

    driver: Any

    def exec_driver_sql(self, sql: str, parameters: Any = ()) -> Any:
        return self.driver.execute(sql, parameters)


class Prepared:
    """A statement in the words of the database, compiled once to be run with other values.

    Its parameters have values of their own, which those of a run replace.
    """

    def __init__(self, dialect: Dialect, statement: Statement) -> None:
        compiled = statement.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
        assert isinstance(compiled, SQLCompiler), "a select is one"
        as_driver_takes: Any = compiled._bind_processors  # days as texts
        self._sql = str(compiled)
        self._values = {
            name: as_driver_takes[name](value) if name in as_driver_takes else value
            for name, value in compiled.params.items()
        }
        self._places = compiled.positiontup

    def run(self, connection: Connection | Direct, **values: object) -> Sequence[Any]:
        """The rows, with these values for the parameters of their names."""
        given = {**self._values, **values}
        parameters = given if self._places is None else tuple([given[name] for name in self._places])
        rows: Sequence[Any] = connection.exec_driver_sql(self._sql, parameters).fetchall()
        return rows


def grouped(rows: Iterable[Item], key: str) -> defaultdict[Any, list[Item]]:
    """The rows by the value of one column, in the order they come; no rows for any other value."""
    groups: defaultdict[Any, list[Item]] = defaultdict(list)
    for row in rows:
        groups[row[key]].append(row)
    return groups


def _core(model: type[SQLModel]) -> Table:
    return SQLModel.metadata.tables[str(model.__tablename__)]


actor = _core(tables.Actor)
actor_alias = _core(tables.ActorAlias)
actor_mention = _core(tables.ActorMention)
api_key = _core(tables.ApiKey)
article = _core(tables.Article)
import_outcome = _core(tables.ImportOutcome)
import_run = _core(tables.ImportRun)
data_version = _core(tables.DataVersion)
metric = _core(tables.Metric)
metric_region = _core(tables.MetricRegion)
metric_theme = _core(tables.MetricTheme)
position = _core(tables.Position)
posting = _core(tables.Posting)
posting_list = _core(tables.PostingList)
proposal = _core(tables.Proposal)
proposal_region = _core(tables.ProposalRegion)
proposal_speaker = _core(tables.ProposalSpeaker)
proposal_theme = _core(tables.ProposalTheme)
region = _core(tables.Region)
region_alias = _core(tables.RegionAlias)
region_ancestor = _core(tables.RegionAncestor)
theme = _core(tables.Theme)
theme_alias = _core(tables.ThemeAlias)
