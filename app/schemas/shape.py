"""What all answers share: no defaults, so that a field that was not filled is found, and a few types."""

from datetime import date
from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

T = TypeVar("T")

Span = Annotated[list[int], Field(min_length=2, max_length=2)]
Spans = Annotated[
    list[Span],
    Field(
        description="Places [start, end) in the article's text (原文位置), counted in Unicode code points.",
        examples=[[[812, 905]]],
    ),
]


class Shape(BaseModel):
    """Base of all answers."""

    model_config = ConfigDict(frozen=True)


class Listing(Shape, Generic[T]):
    """The envelope of every list."""

    items: list[T] = Field(description="The items of this page (本页条目).")
    total: int = Field(description="How many items meet the filters, on all pages together (总数).")
    next: str | None = Field(description="Address of the next page (下一页); null on the last one.")


class ArticleReference(Shape):
    """The article something stands in (文章)."""

    id: int = Field(description="Id of the article (文章编号).")
    title: str | None = Field(description="Title (标题); null where the article has none.")
    source: str | None = Field(description="Who published it (来源).")
    published_on: date | None = Field(description="Day of publication (发表日期).")


class RegionReference(Shape):
    """A region by code and name (地区)."""

    code: str = Field(description="GB/T 2260 code of a division, or a slug (代码).", examples=["510000"])
    name: str = Field(description="Canonical name (名称).", examples=["四川省"])
