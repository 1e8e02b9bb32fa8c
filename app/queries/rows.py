"""The tables as SQLAlchemy Core sees them, and the way their rows are read."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine, Select, Table
from sqlalchemy.sql.expression import CompoundSelect
from sqlmodel import SQLModel

from app import tables

Item = dict[str, Any]
"""One row, or a row with its parts nested in it: the keys are the names of the answer's fields."""

Statement = Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]]

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reader:
    """Asks questions of a database; each gets a connection, and so one transaction, of its own."""

    engine: Engine

    def ask(self, question: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What the function answers on a connection that is given back when it returns."""
        with self.engine.connect() as connection:
            return question(connection, *args, **kwargs)


def fetch(connection: Connection, statement: Statement) -> list[Item]:
    """All rows of a statement."""
    return [dict(row) for row in connection.execute(statement).mappings()]


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
proposal = _core(tables.Proposal)
proposal_region = _core(tables.ProposalRegion)
proposal_speaker = _core(tables.ProposalSpeaker)
proposal_theme = _core(tables.ProposalTheme)
region = _core(tables.Region)
region_alias = _core(tables.RegionAlias)
region_ancestor = _core(tables.RegionAncestor)
theme = _core(tables.Theme)
theme_alias = _core(tables.ThemeAlias)
