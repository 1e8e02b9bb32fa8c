"""Proposals counted: by two things at once, and over time."""

from collections import Counter
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field, model_validator
from sqlalchemy import Connection

from app.errors import JianyanError
from app.queries.parameters import one_of
from app.queries.posted import labelled
from app.queries.postings import count_both, count_by_day
from app.queries.proposals import ProposalFacet, ProposalFilter, wanted_by
from app.queries.rows import Item
from app.queries.selection import select_lists
from app.tables.postings import Facet


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
    selection = select_lists(connection, wanted_by(connection, query))
    rows = labelled(connection, selection, Facet(query.rows), query.row_limit)
    columns = labelled(connection, selection, Facet(query.columns), query.column_limit)
    counts = count_both(connection, selection, rows, columns)
    down, across = ([each["list_id"] for each in values] for values in (rows, columns))
    cells = [[counts.get((row, column), 0) for column in across] for row in down]
    return {"rows": rows, "columns": columns, "cells": cells}


def timeline(connection: Connection, query: TimelineQuery) -> Item:
    """`periods` that have proposals of the query, the oldest first, and how many are `undated`.

    A period's count is the list's total with its first and last day as since and until.
    """
    by_day = count_by_day(connection, select_lists(connection, wanted_by(connection, query)))
    undated = by_day.pop(0, 0)
    counts: Counter[str] = Counter()
    for day, count in by_day.items():
        counts[_period(date.fromordinal(day), query.interval)] += count
    periods = [{"period": period, "count": counts[period]} for period in sorted(counts)]
    return {"periods": periods, "undated": undated}


def _period(day: date, interval: Interval) -> str:
    return f"{day.year:04}-{day.month:02}" if interval is Interval.MONTH else f"{day.year:04}"
