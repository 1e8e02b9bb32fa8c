"""Proposals counted: by two things at once, and over time."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

from pydantic import Field, model_validator
from sqlalchemy import ColumnElement, Connection, extract, func, select

from app.errors import JianyanError
from app.queries.facets import count_both, count_by
from app.queries.parameters import one_of
from app.queries.proposals import DIMENSIONS, PROPOSALS, ProposalFacet, ProposalFilter, conditions_of
from app.queries.rows import Item, fetch, proposal


class Interval(StrEnum):
    """The steps of a timeline."""

    MONTH = "month"
    YEAR = "year"


class SameDimensionError(JianyanError):
    """Rows and columns of a matrix are the same."""

    field = "columns"
    nearest = ()

    def __init__(self, name: str) -> None:
        super().__init__(f"columns: rows are {name} already; name another for the columns")


class MatrixQuery(ProposalFilter):
    """Which proposals to count, and by what."""

    rows: Annotated[ProposalFacet, one_of(ProposalFacet)] = Field(
        description="What the rows are (行：各行所代表的分面): a facet of proposals.", examples=["speaker"]
    )
    columns: Annotated[ProposalFacet, one_of(ProposalFacet)] = Field(
        description="What the columns are (列：各列所代表的另一分面): another facet.", examples=["theme"]
    )
    row_limit: int = Field(
        20,
        ge=1,
        le=200,
        description="Rows, those with the most proposals first (行数：列出的行数，建言多者在前).",
        examples=[5],
    )
    column_limit: int = Field(
        20, ge=1, le=200, description="Columns, likewise (列数：列出的列数，建言多者在前).", examples=[5]
    )

    @model_validator(mode="after")
    def _are_two(self) -> "MatrixQuery":
        if self.rows is self.columns:
            raise SameDimensionError(self.rows)
        return self


class TimelineQuery(ProposalFilter):
    """Which proposals to count over time."""

    interval: Annotated[Interval, one_of(Interval)] = Field(
        Interval.MONTH,
        description="Count by month or by year (时间粒度：按月（month）或按年（year）统计).",
        examples=["year"],
    )


def matrix(connection: Connection, query: MatrixQuery) -> Item:
    """`rows`, `columns` and `cells`: how many proposals of the query have both.

    A cell is the list's total with both filters added; a proposal with several speakers or themes counts in
    several. Raises UnknownValueError for a theme or region that is none.
    """
    ids = PROPOSALS.ids(conditions_of(connection, query))
    down, across = DIMENSIONS[query.rows], DIMENSIONS[query.columns]
    rows = count_by(connection, down, ids, query.row_limit)
    columns = count_by(connection, across, ids, query.column_limit)
    cells = count_both(connection, (down, rows), (across, columns), ids)
    return {"rows": rows, "columns": columns, "cells": cells}


def timeline(connection: Connection, query: TimelineQuery) -> Item:
    """`periods` that have proposals of the query, the oldest first, and how many are `undated`.

    A period's count is the list's total with its first and last day as since and until.
    """
    conditions = conditions_of(connection, query)
    parts = _parts(query.interval)
    rows = fetch(
        connection,
        select(*parts, func.count().label("count"))
        .where(*conditions, proposal.c.published_on.is_not(None))
        .group_by(*parts)
        .order_by(*parts),
    )
    undated = select(func.count()).where(*conditions, proposal.c.published_on.is_(None))
    return {
        "periods": [{"period": _period(row), "count": row["count"]} for row in rows],
        "undated": connection.scalar(undated.select_from(proposal)) or 0,
    }


def _parts(interval: Interval) -> Sequence[ColumnElement[int]]:
    wanted = ("year", "month") if interval is Interval.MONTH else ("year",)
    return [extract(part, proposal.c.published_on).label(part) for part in wanted]


def _period(row: Item) -> str:
    return f"{row['year']:04}-{row['month']:02}" if "month" in row else f"{row['year']:04}"
