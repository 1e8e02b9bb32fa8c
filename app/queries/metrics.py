"""Metrics: the figures articles give."""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Annotated

from pydantic import Field
from sqlalchemy import ColumnElement, Connection, func, or_, select

from app.language.characters import searchable
from app.queries.actors import shared_names, spoken_by
from app.queries.articles import REFERENCE, in_articles, nest_article
from app.queries.facets import by_column, by_region, by_source, by_theme, by_year, counted
from app.queries.page import Key, ListQuery, Order, Page
from app.queries.parameters import Day, Names, Quantity, RowId, Separated, Text, Year, one_of
from app.queries.resource import Resource
from app.queries.rows import Item, article, metric, metric_region, metric_theme
from app.queries.search import add_snippets, contains_all, words_of
from app.queries.tags import Tags
from app.vocabulary import Joining


class MetricFacet(StrEnum):
    """What metrics are counted by."""

    THEME = "theme"
    REGION = "region"
    UNIT = "unit"
    YEAR = "year"
    SOURCE = "source"


class MetricQuery(ListQuery):
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
    theme_op: Annotated[Joining, one_of(Joining)] = Field(
        Joining.OR,
        description="Whether a repeated theme is OR or AND "
        "(主题组合方式：多个主题是任一（or）还是全部（and）).",
        examples=["and"],
    )
    region: Names = Field(
        [],
        description="A region (地区：所在句子提到的地区，含其下级，用代码、名称或别名，可重复，任一即可) "
        "its sentence names, or one below it: code, name or alias; repeat for OR.",
        examples=[["重庆"]],
    )
    region_op: Annotated[Joining, one_of(Joining)] = Field(
        Joining.OR,
        description="Whether a repeated region is OR or AND "
        "(地区组合方式：多个地区是任一（or）还是全部（and）).",
        examples=["and"],
    )
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
        description="Its unit (单位：如元、%、公里，可重复，任一即可), as in 元, % or 公里; repeat for OR.",
        examples=[["元"]],
    )
    article: list[RowId] = Field(
        [],
        description="The id of its article (文章：所在文章的编号，可重复，任一即可); repeat for OR.",
        examples=[[3]],
    )
    source: list[Text] = Field(
        [],
        description="Who published the article (来源：发表文章的媒体或单位全称，可重复，任一即可), written "
        "in full; repeat for OR.",
        examples=[["建言编写组"]],
    )
    year: list[Year] = Field(
        [],
        description="Year of publication (年份：发表的年份，可重复，任一即可); repeat for OR.",
        examples=[[2020]],
    )
    since: Day | None = Field(
        None,
        description="Published on this day or later (起始日期：该日或之后发表).",
        examples=["2020-01-01"],
    )
    until: Day | None = Field(
        None,
        description="Published on this day or earlier (截止日期：该日或之前发表).",
        examples=["2030-12-31"],
    )
    proposal: list[RowId] = Field(
        [],
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
    facet_limit: int = Field(
        20,
        ge=1,
        le=500,
        description="Values counted for each facet (每个分面的条数：每个分面列出的值的个数).",
        examples=[5],
    )


_TAGS = Tags(metric, "metric_id", metric_theme, metric_region)


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


DIMENSIONS = {
    MetricFacet.THEME: by_theme(metric_theme, "metric_id"),
    MetricFacet.REGION: by_region(metric_region, "metric_id"),
    MetricFacet.UNIT: by_column(metric, metric.c.unit),
    MetricFacet.YEAR: by_year(metric),
    MetricFacet.SOURCE: by_source(metric),
}


def find(connection: Connection, query: MetricQuery) -> Page:
    """The metrics of a query by id. Raises UnknownValueError for a theme or region that is none."""
    words, conditions = words_of(query.q), _conditions(connection, query)
    page = METRICS.find(connection, conditions, query)
    add_snippets(page.items, words, _text)
    page.ambiguous.extend(shared_names(connection, query.speaker, "speaker"))
    return counted(connection, page, query, DIMENSIONS, METRICS.ids(conditions))


def find_all(connection: Connection, query: MetricQuery) -> Iterator[list[Item]]:
    """All metrics of a query, some hundred at a time. Raises as `find` does."""
    words = words_of(query.q)
    for items in METRICS.find_all(connection, _conditions(connection, query)):
        add_snippets(items, words, _text)
        yield items


def _text(item: Item) -> str:
    return f"{item['about']}\n{item['text']}"


def get(connection: Connection, metric_id: int) -> Item:
    """One metric. Raises NotFoundError."""
    return METRICS.get(connection, metric_id)


def _conditions(connection: Connection, query: MetricQuery) -> list[ColumnElement[bool]]:
    conditions = in_articles(metric.c.article_id, query.source, query.year, query.since, query.until)
    if words := words_of(query.q):
        conditions.append(contains_all(metric, words))
    if query.theme:
        conditions.append(_TAGS.of_themes(connection, query.theme, query.theme_op))
    if query.region:
        conditions.append(_TAGS.of_regions(connection, query.region, query.region_op))
    if query.speaker:
        conditions.append(metric.c.proposal_id.in_(spoken_by(query.speaker)))
    if query.about:
        conditions.append(or_(*map(_measures, query.about)))
    if query.unit:
        conditions.append(metric.c.unit.in_(query.unit))
    if query.article:
        conditions.append(metric.c.article_id.in_(query.article))
    if query.proposal:
        conditions.append(metric.c.proposal_id.in_(query.proposal))
    if query.value_min is not None:
        conditions.append(func.coalesce(metric.c.value_max, metric.c.value) >= query.value_min)
    if query.value_max is not None:
        conditions.append(metric.c.value <= query.value_max)
    return conditions


def _measures(part: str) -> ColumnElement[bool]:
    """That what is measured contains the part: it is the search text's first line, the figure its second."""
    escaped = re.sub("([/%_])", r"/\1", searchable(part))
    return metric.c.search_text.like(f"%{escaped}%\n%", escape="/")
