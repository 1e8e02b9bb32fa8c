"""What all answers share: no defaults, so that a field that was not filled is found, and a few types."""

from datetime import date
from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from app.vocabulary import ActorKind

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


class PostReference(Shape):
    """A post without the place it is stated at (职务)."""

    institution: str = Field(description="Full name of the institution (机构); empty where none is said.")
    title: str = Field(description="Title (职务名称), as it stands in the article.", examples=["副主席"])


class Listing(Shape, Generic[T]):
    """The envelope of every list."""

    items: list[T] = Field(description="The items of this page (本页条目).")
    total: int = Field(description="How many items meet the filters, on all pages together (总数).")
    next: str | None = Field(description="Address of the next page (下一页); null on the last one.")


class Candidate(Shape):
    """One of several who have a name (同名者)."""

    id: int = Field(description="Id to ask for instead of the name (编号).")
    kind: ActorKind = Field(description="Person (人物), institution (机构) or region (地区).")
    name: str = Field(description="Canonical name (姓名或名称).", examples=["陈放"])
    positions: list[PostReference] = Field(description="The posts articles give them (职务).")


class AmbiguousName(Shape):
    """A name of the query that several people have (重名)."""

    parameter: str = Field(description="The parameter that names them (参数).", examples=["speaker"])
    value: str = Field(description="The name as it was given (所给名称).", examples=["陈放"])
    candidates: list[Candidate] = Field(description="All who have it (候选人); the answer is about all.")


class FacetValue(Shape):
    """How many of the found have a value (分面计数)."""

    value: str = Field(description="What the filter of that name takes (筛选值).", examples=["5g"])
    label: str = Field(description="What it is called (名称).", examples=["5G与信息通信"])
    count: int = Field(description="The list's `total` with that filter added (条数).", examples=[12])


class Snippet(Shape):
    """The piece of a text that shows where the words of `q` stand (摘要片段)."""

    text: str = Field(description="The piece (片段).")
    start: int = Field(description="Where it begins in the whole text (起点), in Unicode code points.")
    hits: list[Span] = Field(description="Places [start, end) of the words in the piece (命中位置).")


SnippetField = Annotated[
    Snippet | None, Field(description="Where the words of `q` stand (命中片段); null without `q`.")
]


class SearchableListing(Listing[T], Generic[T]):
    """The envelope of a list that is searched and counted."""

    ambiguous: list[AmbiguousName] = Field(
        description="Names of the query that several people have (重名提示); empty where all are clear."
    )
    facets: dict[str, list[FacetValue]] | None = Field(
        description="Counts by each facet that was asked for (分面); null where none was."
    )


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
