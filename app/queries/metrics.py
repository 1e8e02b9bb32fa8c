"""Metrics: the figures articles give."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Annotated

from pydantic import Field
from sqlalchemy import ColumnElement, Connection, func, or_, select

from app.language.characters import searchable
from app.queries.actors import shared_names, speaker_ids
from app.queries.articles import REFERENCE, nest_article, published_between
from app.queries.filters import ArticleIds, RegionJoining, Since, Sources, ThemeJoining, Until, Years
from app.queries.page import FacetedQuery, Key, Order
from app.queries.parameters import MOST_VALUES, Names, Quantity, RowId, Separated, Text, one_of
from app.queries.posted import Posted, group, plain_groups, region_groups, theme_groups
from app.queries.postings import Sorted
from app.queries.resource import Resource
from app.queries.rows import Item, article, fetch, metric, metric_region, metric_theme
from app.queries.search import add_snippets, escaped, words_of
from app.queries.selection import Group, Wanted
from app.queries.tags import Tags
from app.tables.postings import Facet, Listed
from app.vocabulary import Joining


class MetricFacet(StrEnum):
    """What metrics are counted by."""

    THEME = "theme"
    REGION = "region"
    UNIT = "unit"
    YEAR = "year"
    SOURCE = "source"


class MetricQuery(FacetedQuery):
    """Which metrics to list."""

    q: Text | None = Field(
        None,
        description="Words in what it measures or in the figure (检索词：指标对象或数字须含全部检索词，"
        "词间空格), all of them, a blank between.",
        examples=["高校"],
    )
    theme: Names = Field(
        [],
        description="A theme (主题：所在句子的主题，用代码、中文名、英文名或别名，可重复，任一即可) of its "
        "sentence: code, 中文, English or alias; repeat for OR.",
        examples=[["funding"]],
    )
    theme_op: ThemeJoining = Joining.OR
    region: Names = Field(
        [],
        description="A region (地区：所在句子提到的地区，含其下级，用代码、名称或别名，可重复，任一即可) "
        "its sentence names, or one below it: code, name or alias; repeat for OR.",
        examples=[["重庆"]],
    )
    region_op: RegionJoining = Joining.OR
    speaker: Names = Field(
        [],
        description="Who stands behind the proposal it stands in (发言人：所在建言的发言人，用编号、姓名、"
        "别名，或“机构 姓名”，可重复，任一即可): id, name, alias, or institution and name with "
        "a blank between; repeat for OR.",
        examples=[["郝康理"]],
    )
    about: Names = Field(
        [],
        description="Part of what it measures (指标对象：所衡量事物的一部分文字，可重复，任一即可); repeat "
        "for OR.",
        examples=[["高校"]],
    )
    unit: list[Text] = Field(
        [],
        max_length=MOST_VALUES,
        description="Its unit (单位：如元、%、公里，可重复，任一即可), as in 元, % or 公里; repeat for OR.",
        examples=[["元"]],
    )
    article: ArticleIds = Field([])
    source: Sources = Field([])
    year: Years = Field([])
    since: Since = None
    until: Until = None
    proposal: list[RowId] = Field(
        [],
        max_length=MOST_VALUES,
        description="The id of the proposal (建言：所在建言的编号，可重复，任一即可) in whose sentence it "
        "stands; repeat for OR.",
        examples=[[41]],
    )
    value_min: Quantity | None = Field(
        None,
        description="The plain number (数值：不小于此数，可写 20亿，范围则看上限), in its unit, is at "
        "least this, as 20亿 or 2000000000; of a range, its upper end.",
        examples=["20亿"],
    )
    value_max: Quantity | None = Field(
        None,
        description="The plain number (数值：不大于此数，可写 3万，范围则看下限) is at most this; of a "
        "range, its lower end.",
        examples=["3万"],
    )
    facets: Annotated[list[Annotated[MetricFacet, one_of(MetricFacet)]], Separated] = Field(
        [],
        description="What to count the found by (分面：按哪些项目统计结果，多个用逗号隔开), several with a "
        "comma between.",
        examples=[["unit"]],
    )


_TAGS = Tags("metric_id", metric_theme, metric_region)


def _complete(connection: Connection, items: Sequence[Item]) -> None:
    _TAGS.complete(connection, items)
    for item in items:
        item["span"] = [item.pop("span_start"), item.pop("span_end")]
        nest_article(item)


METRICS = Resource(
    name="metric",
    table=metric,
    base=select(
        metric.c.id,
        metric.c.text,
        metric.c.value,
        metric.c.value_max,
        metric.c.unit,
        metric.c.qualifier,
        metric.c.about,
        metric.c.span_start,
        metric.c.span_end,
        metric.c.rule,
        metric.c.proposal_id.label("proposal"),
        *REFERENCE,
    ).join_from(metric, article),
    order=Order((Key(metric.c.id),), (RowId,)),
    complete=_complete,
)


def _add_snippets(_connection: Connection, items: Sequence[Item], words: Sequence[str]) -> None:
    add_snippets(items, words, lambda item: f"{item['about']}\n{item['text']}")


def get(connection: Connection, metric_id: int) -> Item:
    """One metric. Raises NotFoundError."""
    return METRICS.get(connection, metric_id)


def _wanted(connection: Connection, query: MetricQuery) -> Wanted:
    return Wanted(
        Listed.METRIC,
        metric,
        tuple(_groups(connection, query)),
        tuple(_conditions(query)),
        words_of(query.q),
        keys=_keys(connection, query),
    )


def _groups(connection: Connection, query: MetricQuery) -> Iterator[Group]:
    yield from theme_groups(connection, query.theme, query.theme_op)
    yield from region_groups(connection, query.region, query.region_op)
    if query.speaker:
        yield group(Facet.SPEAKER, speaker_ids(connection, query.speaker))
    yield from plain_groups({Facet.UNIT: query.unit, Facet.YEAR: query.year, Facet.SOURCE: query.source})


def _conditions(query: MetricQuery) -> Iterator[ColumnElement[bool]]:
    if query.since or query.until:
        days = published_between(article.c.published_on, query.since, query.until)
        yield metric.c.article_id.in_(select(article.c.id).where(*days))
    if query.about:
        yield or_(*map(_measures, query.about))
    if query.value_min is not None:
        yield func.coalesce(metric.c.value_max, metric.c.value) >= query.value_min
    if query.value_max is not None:
        yield metric.c.value <= query.value_max


def _keys(connection: Connection, query: MetricQuery) -> frozenset[int] | None:
    """Of the few that an article or a proposal leads to; None where neither is asked for."""
    few: list[ColumnElement[bool]] = []
    if query.article:
        few.append(metric.c.article_id.in_(query.article))
    if query.proposal:
        few.append(metric.c.proposal_id.in_(query.proposal))
    if not few:
        return None
    return frozenset(row["id"] for row in fetch(connection, select(metric.c.id).where(*few)))


def _measures(part: str) -> ColumnElement[bool]:
    """That what is measured contains the part: it is the search text's first line, the figure its second."""
    return metric.c.search_text.like(f"%{escaped(searchable(part))}%\n%", escape="/")


LIST: Posted[MetricQuery] = Posted(
    METRICS,
    _wanted,
    lambda *_: Sorted.ID,
    _add_snippets,
    lambda connection, query: shared_names(connection, query.speaker, "speaker"),
)
