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
        description="Places [start, end) in the article's text "
        "(原文位置：在文章全文中的位置，含起点不含终点，按 Unicode 码点计), counted in Unicode code points.",
        examples=[[[812, 905]]],
    ),
]


class Shape(BaseModel):
    """Base of all answers."""

    model_config = ConfigDict(frozen=True)


class PostReference(Shape):
    """A post without the place it is stated at (职务)."""

    institution: str = Field(
        description="Full name of the institution (机构：机构全称，未提及时为空字串); empty where none is "
        "said.",
        examples=["四川省政协"],
    )
    title: str = Field(
        description="Title (职务名称：职务名称，照录原文), as it stands in the article.",
        examples=["副主席"],
    )


class Listing(Shape, Generic[T]):
    """The envelope of every list."""

    items: list[T] = Field(description="The items of this page (本页条目：本页的条目).")
    total: int = Field(
        description="How many items meet the filters, on all pages together (总数：各页合计符合条件的条数).",
        examples=[12],
    )
    total_capped: bool = Field(
        description="Whether there are more than `total`, of which so many were counted "
        "(总数已封顶：实际条数多于 total，只计到该数), as counting all would take too long.",
        examples=[False],
    )
    next: str | None = Field(
        description="Address of the next page (下一页：下一页的网址，末页为空); null on the last one.",
        examples=["http://127.0.0.1:8000/api/v1/proposals?limit=20&cursor=LWRhdGUgWyIyMDIwLTEwLTIyIiw0MV0"],
    )


class Candidate(Shape):
    """One of several who have a name (同名者)."""

    id: int = Field(
        description="Id to ask for instead of the name (编号：可代替姓名用于筛选的编号).", examples=[35]
    )
    kind: ActorKind = Field(
        description="What they are (类别：人物、机构或地区): person, institution or region."
    )
    name: str = Field(description="Canonical name (姓名或名称：规范姓名或名称).", examples=["陈放"])
    positions: list[PostReference] = Field(
        description="The posts articles give them (职务：各篇文章所写的职务)."
    )


class AmbiguousName(Shape):
    """A name of the query that several people have (重名)."""

    parameter: str = Field(
        description="The parameter that names them (参数：用到该姓名的参数).",
        examples=["speaker"],
    )
    value: str = Field(description="The name as it was given (所给名称：所给的姓名).", examples=["陈放"])
    candidates: list[Candidate] = Field(
        description="All who have it (候选人：所有同名者，结果包括全部); the answer is about all."
    )


class FacetValue(Shape):
    """How many of the found have a value (分面计数)."""

    value: str = Field(
        description="What the filter of that name takes (筛选值：同名筛选参数可用的值).",
        examples=["5g"],
    )
    label: str = Field(description="What it is called (名称：该值的名称).", examples=["5G与信息通信"])
    count: int = Field(
        description="The list's `total` with that filter added (条数：加上该筛选后的总数).",
        examples=[12],
    )


class Snippet(Shape):
    """The piece of a text that shows where the words of `q` stand (摘要片段)."""

    text: str = Field(
        description="The piece (片段：原文的一段).", examples=["郝康理建议，两地设立战略发展资金。"]
    )
    start: int = Field(
        description="Where it begins in the whole text (起点：片段在全文中的起点，按 Unicode 码点计), in "
        "Unicode code points.",
        examples=[120],
    )
    hits: list[Span] = Field(
        description="Places [start, end) of the words in the piece (命中位置：检索词在片段中的起止位置).",
        examples=[[[24, 27]]],
    )


SnippetField = Annotated[
    Snippet | None,
    Field(
        description="Where the words of `q` stand (命中片段：检索词所在的片段，未检索时为空); null without "
        "`q`."
    ),
]


class SearchableListing(Listing[T], Generic[T]):
    """The envelope of a list that is searched and counted."""

    ambiguous: list[AmbiguousName] = Field(
        description="Names of the query that several people have "
        "(重名提示：查询中不止一人使用的姓名，没有则为空); empty where all are clear."
    )
    facets: dict[str, list[FacetValue]] | None = Field(
        description="Counts by each facet that was asked for (分面：所要求的各分面的计数，未要求时为空); "
        "null where none was.",
        examples=[{"theme": [{"value": "5g", "label": "5G与信息通信", "count": 12}]}],
    )


class ArticleReference(Shape):
    """The article something stands in (文章)."""

    id: int = Field(description="Id of the article (文章编号：文章的编号).", examples=[3])
    title: str | None = Field(
        description="Title (标题：文章标题，没有则为空); null where the article has none.",
        examples=["首次远程协商聚焦西部科学城"],
    )
    source: str | None = Field(
        description="Who published it (来源：发表文章的媒体或单位).", examples=["建言编写组"]
    )
    published_on: date | None = Field(
        description="Day of publication (发表日期：发表的日期).", examples=["2020-10-22"]
    )


class RegionReference(Shape):
    """A region by code and name (地区)."""

    code: str = Field(
        description="GB/T 2260 code of a division, or a slug (代码：行政区划为 GB/T 2260 "
        "代码，其他为英文代号).",
        examples=["510000"],
    )
    name: str = Field(description="Canonical name (名称：规范名称).", examples=["四川省"])
