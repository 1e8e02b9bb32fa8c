"""Parameters that several lists have, and say in the same words."""

from typing import Annotated

from pydantic import Field

from app.queries.parameters import MOST_VALUES, Day, RowId, Text, Year, one_of
from app.queries.search import Sort
from app.vocabulary import Joining

ArticleIds = Annotated[
    list[RowId],
    Field(
        max_length=MOST_VALUES,
        description="The id of its article (文章：所在文章的编号，可重复，任一即可); repeat for OR.",
        examples=[[3]],
    ),
]
Sources = Annotated[
    list[Text],
    Field(
        max_length=MOST_VALUES,
        description="Who published the article (来源：发表文章的媒体或单位全称，可重复，任一即可), written "
        "in full; repeat for OR.",
        examples=[["建言编写组"]],
    ),
]
Years = Annotated[
    list[Year],
    Field(
        max_length=MOST_VALUES,
        description="Year of publication (年份：发表的年份，可重复，任一即可); repeat for OR.",
        examples=[[2020]],
    ),
]
Since = Annotated[
    Day | None,
    Field(
        description="Published on this day or later (起始日期：该日或之后发表).",
        examples=["2020-01-01"],
    ),
]
Until = Annotated[
    Day | None,
    Field(
        description="Published on this day or earlier (截止日期：该日或之前发表).",
        examples=["2030-12-31"],
    ),
]
ThemeJoining = Annotated[
    Joining,
    one_of(Joining),
    Field(
        description="Whether a repeated theme is OR or AND "
        "(主题组合方式：多个主题是任一（or）还是全部（and）).",
        examples=["and"],
    ),
]
RegionJoining = Annotated[
    Joining,
    one_of(Joining),
    Field(
        description="Whether a repeated region is OR or AND "
        "(地区组合方式：多个地区是任一（or）还是全部（and）).",
        examples=["and"],
    ),
]
Sorting = Annotated[
    Sort,
    one_of(Sort),
    Field(
        description="Newest first (-date), oldest first (date), or most hits of `q` first (排序：-date "
        "新者在前，date 旧者在前，relevance 命中多者在前，须有 q).",
        examples=["date"],
    ),
]
