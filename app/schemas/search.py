"""A search through everything as it is answered."""

from typing import Generic, TypeVar

from pydantic import Field

from app.schemas.articles import FoundArticle
from app.schemas.institutions import FoundInstitution
from app.schemas.metrics import FoundMetric
from app.schemas.people import FoundPerson
from app.schemas.proposals import FoundProposal
from app.schemas.shape import Shape

T = TypeVar("T")


class Group(Shape, Generic[T]):
    """The first of one kind that a search finds."""

    items: list[T] = Field(description="The first of them (条目：最前的几条).")
    total: int = Field(description="How many there are (总数：共有多少条).", examples=[12])
    total_capped: bool = Field(
        description="Whether there are more than `total` (总数已封顶：实际条数多于 total，只计到该数).",
        examples=[False],
    )
    all: str = Field(
        description="Address of the list of all of them (全部的地址：全部结果的网址).",
        examples=["http://127.0.0.1:8000/api/v1/proposals?q=%E7%A7%91%E5%AD%A6%E5%9F%8E"],
    )


class FoundProposals(Group[FoundProposal]):
    """Proposals that a search finds (检索到的建言)."""


class FoundPeople(Group[FoundPerson]):
    """People that a search finds (检索到的人物)."""


class FoundInstitutions(Group[FoundInstitution]):
    """Institutions that a search finds (检索到的机构)."""


class FoundMetrics(Group[FoundMetric]):
    """Metrics that a search finds (检索到的指标)."""


class FoundArticles(Group[FoundArticle]):
    """Articles that a search finds (检索到的文章)."""


class SearchResult(Shape):
    """What a search finds of every kind (检索结果)."""

    proposals: FoundProposals = Field(description="In their texts (建言：原文中有检索词的建言).")
    people: FoundPeople = Field(description="By their names (人物：姓名中有检索词的人物).")
    institutions: FoundInstitutions = Field(description="By their names (机构：名称中有检索词的机构).")
    metrics: FoundMetrics = Field(
        description="In what they measure and the figure (指标：对象或数字中有检索词的指标)."
    )
    articles: FoundArticles = Field(description="In titles and texts (文章：标题或全文中有检索词的文章).")
