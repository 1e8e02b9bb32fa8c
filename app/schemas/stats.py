"""Counts as they are answered."""

from pydantic import Field

from app.schemas.shape import FacetValue, Shape


class Matrix(Shape):
    """Proposals counted by two things at once (交叉统计)."""

    rows: list[FacetValue] = Field(
        description="What the rows stand for (行：各行所代表的值，多者在前), the most frequent first."
    )
    columns: list[FacetValue] = Field(
        description="What the columns stand for (列：各列所代表的值，多者在前), likewise."
    )
    cells: list[list[int]] = Field(
        description="How many proposals have both (单元格：同时符合行和列的建言条数): a list for each row, "
        "a number for each column.",
        examples=[[[3, 0], [1, 2]]],
    )


class Period(Shape):
    """A month or year (时段)."""

    period: str = Field(description="The month or year (时段：月份或年份).", examples=["2020-10"])
    count: int = Field(description="Proposals published then (条数：该时段发表的建言条数).", examples=[12])


class Timeline(Shape):
    """Proposals counted over time (时间线)."""

    periods: list[Period] = Field(description="Those that have any (时段：月份或年份), the oldest first.")
    undated: int = Field(
        description="Proposals of articles without a date (无日期的条数：文章没有日期的建言条数).",
        examples=[0],
    )
