"""Counts beside a list: how many of its items have each theme, region, speaker …, by the same filters.

A dimension is a statement of pairs, the id of an item and a value it has. The count of a value is that of
the items which meet all filters and have the value: what the list's total is with that filter added.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, extract, func, select, union

from app.queries.page import Page
from app.queries.rows import (
    Item,
    actor,
    article,
    fetch,
    position,
    proposal,
    proposal_speaker,
    region,
    region_ancestor,
    theme,
)
from app.queries.rows import Statement as Pairs
from app.vocabulary import ActorKind, Kind

Labels = Callable[[Connection, Sequence[Any]], Mapping[Any, str]]


@dataclass(frozen=True, slots=True)
class Dimension:
    """Something items are counted by. `pairs` has the columns `id` and `value`; `labels` names values."""

    pairs: Pairs
    labels: Labels


def count_by(connection: Connection, dimension: Dimension, ids: Select[Any], most: int) -> list[Item]:
    """The values with the most of the items, each with its label and count; ties by value."""
    pairs, wanted = dimension.pairs.subquery(), ids.subquery()
    count = func.count(pairs.c.id.distinct())
    rows = fetch(
        connection,
        select(pairs.c.value, count.label("count"))
        .join_from(pairs, wanted, wanted.c.id == pairs.c.id)
        .group_by(pairs.c.value)
        .order_by(count.desc(), pairs.c.value)
        .limit(most),
    )
    return _labelled(connection, dimension, rows)


class Counting(Protocol):
    """A query that may ask for facets."""

    @property
    def facets(self) -> Sequence[Any]: ...
    @property
    def facet_limit(self) -> int: ...


def counted(
    connection: Connection,
    page: Page,
    query: Counting,
    dimensions: Mapping[Any, Dimension],
    ids: Select[Any],
) -> Page:
    """The page with the facets its query asks for."""
    if not query.facets:
        return page
    counts = {
        str(each): count_by(connection, dimensions[each], ids, query.facet_limit) for each in query.facets
    }
    return replace(page, facets=counts)


def count_both(
    connection: Connection,
    rows: tuple[Dimension, Sequence[Item]],
    columns: tuple[Dimension, Sequence[Item]],
    ids: Select[Any],
) -> list[list[int]]:
    """How many of the items have both: a line for each of the rows, a number for each of the columns."""
    (down, lines), (across, cells) = rows, columns
    left, right, wanted = down.pairs.subquery(), across.pairs.subquery(), ids.subquery()
    count = func.count(wanted.c.id.distinct()).label("count")
    found = fetch(
        connection,
        select(left.c.value.label("row"), right.c.value.label("column"), count)
        .join_from(wanted, left, left.c.id == wanted.c.id)
        .join(right, right.c.id == wanted.c.id)
        .group_by(left.c.value, right.c.value),
    )
    counts = {(str(each["row"]), str(each["column"])): each["count"] for each in found}
    return [[counts.get((line["value"], cell["value"]), 0) for cell in cells] for line in lines]


def _labelled(connection: Connection, dimension: Dimension, rows: Sequence[Item]) -> list[Item]:
    names = dimension.labels(connection, [row["value"] for row in rows])
    return [
        {
            "value": str(row["value"]),
            "label": names.get(row["value"], str(row["value"])),
            "count": row["count"],
        }
        for row in rows
    ]


# --- the dimensions


def by_theme(links: Table, owner: str) -> Dimension:
    return Dimension(select(links.c[owner].label("id"), links.c.theme_code.label("value")), _theme_names)


def by_region(links: Table, owner: str) -> Dimension:
    """A region counts for all around it, as the filter by region has it."""
    around = region_ancestor.c
    pairs = select(links.c[owner].label("id"), around.ancestor_code.label("value")).join_from(
        links, region_ancestor, around.region_code == links.c.region_code
    )
    return Dimension(pairs, _region_names)


def by_year(table: Table) -> Dimension:
    """By the year of publication; what has no date has none."""
    year = extract("year", article.c.published_on)
    key = article.c.id if table is article else table.c.id
    pairs = select(key.label("id"), year.label("value")).where(article.c.published_on.is_not(None))
    return Dimension(_of_article(pairs, table), _themselves)


def by_source(table: Table) -> Dimension:
    """By who published it; what has no source has none."""
    key = article.c.id if table is article else table.c.id
    pairs = select(key.label("id"), article.c.source.label("value")).where(article.c.source.is_not(None))
    return Dimension(_of_article(pairs, table), _themselves)


def _of_article(pairs: Select[Any], table: Table) -> Select[Any]:
    return pairs if table is article else pairs.join_from(table, article)


def by_column(table: Table, column: ColumnElement[Any], labels: Labels | None = None) -> Dimension:
    """By a column of the items' own table."""
    return Dimension(select(table.c.id, column.label("value")), labels or _themselves)


def _institutions() -> Pairs:
    """Those that speak themselves, and those a speaker holds a post at in the proposal's article."""
    links = proposal_speaker.c
    speaking = (
        select(links.proposal_id.label("id"), links.actor_id.label("value"))
        .join_from(proposal_speaker, actor)
        .where(actor.c.kind == ActorKind.INSTITUTION)
    )
    held = (
        select(links.proposal_id, position.c.institution_id)
        .join_from(proposal_speaker, proposal)
        .join(
            position,
            and_(position.c.person_id == links.actor_id, position.c.article_id == proposal.c.article_id),
        )
        .where(position.c.institution_id.is_not(None))
    )
    return union(speaking, held)


# --- what values are called


def _themselves(_connection: Connection, values: Sequence[Any]) -> Mapping[Any, str]:
    return {value: str(value) for value in values}


def _theme_names(connection: Connection, values: Sequence[Any]) -> Mapping[Any, str]:
    rows = fetch(connection, select(theme.c.code, theme.c.name_zh).where(theme.c.code.in_(values)))
    return {row["code"]: row["name_zh"] for row in rows}


def _region_names(connection: Connection, values: Sequence[Any]) -> Mapping[Any, str]:
    rows = fetch(connection, select(region.c.code, region.c.name).where(region.c.code.in_(values)))
    return {row["code"]: row["name"] for row in rows}


def _actor_names(connection: Connection, values: Sequence[Any]) -> Mapping[Any, str]:
    rows = fetch(connection, select(actor.c.id, actor.c.name).where(actor.c.id.in_(values)))
    return {row["id"]: row["name"] for row in rows}


BY_KIND = by_column(proposal, proposal.c.kind, lambda *_: {kind: kind.name_zh for kind in Kind})
BY_SPEAKER = Dimension(
    select(proposal_speaker.c.proposal_id.label("id"), proposal_speaker.c.actor_id.label("value")),
    _actor_names,
)
BY_INSTITUTION = Dimension(_institutions(), _actor_names)
