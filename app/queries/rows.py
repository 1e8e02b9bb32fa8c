"""The tables as SQLAlchemy Core sees them, and the way their rows are read."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, Select, Table
from sqlalchemy.sql.expression import CompoundSelect
from sqlmodel import SQLModel

from app import tables

Item = dict[str, Any]
"""One row, or a row with its parts nested in it: the keys are the names of the answer's fields."""

Statement = Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]]

CHUNK = 500
"""Rows that are held at once where a whole list is read."""


def fetch(connection: Connection, statement: Statement) -> list[Item]:
    """All rows of a statement, which is compiled for this once; see `app.queries.prepared` for others."""
    return [dict(row) for row in connection.execute(statement).mappings()]


def fetch_chunks(
    connection: Connection, statement: Statement, count: int | None = None
) -> Iterator[list[Item]]:
    """All rows of a statement, `count` at a time, or CHUNK of them.

    The connection may be asked other things in between.
    """
    result = connection.execute(statement, execution_options={"yield_per": count or CHUNK})
    for rows in result.mappings().partitions():
        yield [dict(row) for row in rows]


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
posting_pair = _core(tables.PostingPair)
proposal = _core(tables.Proposal)
proposal_region = _core(tables.ProposalRegion)
proposal_speaker = _core(tables.ProposalSpeaker)
proposal_theme = _core(tables.ProposalTheme)
region = _core(tables.Region)
region_alias = _core(tables.RegionAlias)
region_ancestor = _core(tables.RegionAncestor)
theme = _core(tables.Theme)
theme_alias = _core(tables.ThemeAlias)
