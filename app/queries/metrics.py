"""Metrics: the figures articles give."""

from collections.abc import Sequence

from pydantic import Field, TypeAdapter
from sqlalchemy import ColumnElement, Connection, func, select

from app.queries.articles import REFERENCE, nest_article
from app.queries.page import Key, Order, Page, Paging
from app.queries.parameters import Names, Number, RowId, Text
from app.queries.resource import Resource
from app.queries.rows import Item, article, metric, metric_region, metric_theme
from app.queries.tags import Tags


class MetricQuery(Paging):
    """Which metrics to list."""

    theme: Names = Field(
        [],
        description="A theme (主题) of its sentence: code, 中文, English or alias; repeat for OR.",
        examples=[["funding"]],
    )
    region: Names = Field(
        [],
        description="A region (地区) its sentence names, or one below it: code, name or alias; "
        "repeat for OR.",
        examples=[["重庆"]],
    )
    unit: list[Text] = Field(
        [], description="Its unit (单位), as in 元, % or 公里; repeat for OR.", examples=[["元"]]
    )
    article: list[RowId] = Field([], description="The id of its article (文章); repeat for OR.")
    proposal: list[RowId] = Field(
        [], description="The id of the proposal (建言) in whose sentence it stands; repeat for OR."
    )
    value_min: Number | None = Field(
        None,
        description="The plain number (数值), in its unit, is at least this; of a range, its upper end.",
    )
    value_max: Number | None = Field(
        None, description="The plain number (数值) is at most this; of a range, its lower end."
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
    order=Order((Key(metric.c.id),), TypeAdapter(tuple[RowId])),
    complete=_complete,
)


def find(connection: Connection, query: MetricQuery) -> Page:
    """The metrics of a query by id. Raises UnknownValueError for a theme or region that is none."""
    return METRICS.find(connection, _conditions(connection, query), query)


def get(connection: Connection, metric_id: int) -> Item:
    """One metric. Raises NotFoundError."""
    return METRICS.get(connection, metric_id)


def _conditions(connection: Connection, query: MetricQuery) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if query.theme:
        conditions.append(_TAGS.of_themes(connection, query.theme))
    if query.region:
        conditions.append(_TAGS.of_regions(connection, query.region))
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
