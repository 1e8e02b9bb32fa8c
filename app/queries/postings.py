"""How what has postings is listed: the keys that are meant, in order, page by page, and their numbers."""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, islice
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, Select, and_, bindparam, func, literal, or_, select

from app.queries.page import MOST_COUNTED, MOST_READ
from app.queries.parameters import LARGEST_ID
from app.queries.prepared import Prepared, is_among
from app.queries.rows import Item, posting, posting_list, posting_pair
from app.queries.search import hits_in
from app.queries.selection import (
    Selection,
    Shape,
    id_of,
    keys_of,
    number_named,
    prepared,
    unindexed,
    values,
)
from app.tables.postings import BY_ID, DAY, FIRST_DATED, IDS, Facet, Listed, are_paired, facet_of, list_ids

Conditions = Sequence[ColumnElement[bool]]


class Sorted(StrEnum):
    """The orders that rows can be walked in; undated ones come last in each that is by date."""

    NEWEST = "-date"
    OLDEST = "date"
    RELEVANCE = "relevance"
    ID = "id"


@dataclass(frozen=True, slots=True)
class Row:
    """What a page is made of: the key of a row, and how often it has the words where these are sorted by."""

    key: int
    hits: int = 0

    @property
    def id(self) -> int:
        return self.key & IDS


def walk(
    connection: Connection,
    selection: Selection,
    sort: Sorted,
    after: Row | None,
    limit: int,
    is_few: bool = False,
) -> list[Row]:
    """The first rows after one of them, in an order; `is_few` says that all that is meant may be sorted."""
    if not selection.leading:
        return []
    if sort is Sorted.RELEVANCE:
        return _most_relevant(connection, selection, after, limit)
    is_few = is_few and selection.is_led_by_words
    step = prepared(_step, selection, sort is Sorted.NEWEST, is_few, is_of_one=True)
    bands = _bands(sort, after)
    keys = (key for band in bands for key in _keys(connection, selection, step, sort, band, limit))
    return [Row(key) for key in islice(keys, limit)]


def _keys(
    connection: Connection,
    selection: Selection,
    step: Prepared,
    sort: Sorted,
    band: tuple[int, int],
    limit: int,
) -> Iterator[int]:
    """The keys in a band, in order, each once; up to `limit` from each list."""
    wanted = selection.wanted
    given = values(selection) | {"most": limit}
    given |= {"above": max(band[0], wanted.above), "below": min(band[1], wanted.below)}
    lists = selection.leading[:1] if selection.is_led_by_words else selection.leading
    steps = [step.rows(connection, **given | {"leading_0": each}) for each in lists]
    merged = heapq.merge(*([key for (key,) in rows] for rows in steps), reverse=sort is Sorted.NEWEST)
    return (each for each, _ in groupby(merged))


def _step(shape: Shape, conditions: Conditions, is_newest_first: bool, is_few: bool) -> Select[Any]:
    key, statement = keys_of(shape, conditions)
    if is_few:
        # PostgreSQL takes rare words for less rare, and would go through all rows in their order.
        found = statement.cte("found").prefix_with("MATERIALIZED", dialect="postgresql")
        key, statement = found.c.key, select(found.c.key)
    return statement.order_by(key.desc() if is_newest_first else key.asc()).limit(number_named("most"))


def _bands(sort: Sorted, after: Row | None) -> Iterator[tuple[int, int]]:
    """The ranges of keys that make up an order, both ends exclusive: undated rows come last in each."""
    key = after.key if after else None
    if sort is Sorted.NEWEST:
        yield -1, LARGEST_ID if key is None else key
    elif sort is Sorted.ID:
        yield -1 if key is None else key, LARGEST_ID
    elif key is None or key >= FIRST_DATED:
        yield FIRST_DATED - 1 if key is None else key, LARGEST_ID
        yield -1, FIRST_DATED
    else:
        yield key, FIRST_DATED


def _most_relevant(connection: Connection, selection: Selection, after: Row | None, limit: int) -> list[Row]:
    given: dict[str, object] = {"after": after.key, "hits": after.hits} if after else {}
    statement = prepared(_by_hits, selection, selection.wanted.words, after is not None)
    rows = statement.rows(connection, **values(selection), **given, most=limit)
    return [Row(key, hits) for key, hits in rows]


def _by_hits(shape: Shape, conditions: Conditions, words: Sequence[str], is_after: bool) -> Select[Any]:
    keys = keys_of(shape, conditions)[1].subquery()
    hits = hits_in(shape.table, words)
    statement = select(keys.c.key, hits.label("hits")).join_from(
        keys, shape.table, shape.table.c.id == id_of(keys.c.key)
    )
    if is_after:
        least, key = number_named("hits"), number_named("after")
        statement = statement.where(or_(hits < least, and_(hits == least, keys.c.key < key)))
    return statement.order_by(hits.desc(), keys.c.key.desc()).limit(number_named("most"))


# --- numbers


def count(connection: Connection, selection: Selection) -> tuple[int, bool]:
    """How many rows are meant, and whether there may be more: so many are not counted to the end."""
    if not selection.leading:
        return 0, False
    if (known := _known_count(connection, selection)) is not None:
        return known, False
    most = MOST_READ if selection.wanted.words or selection.wanted.conditions else MOST_COUNTED
    counting = prepared(_counting, selection)
    number: int = counting.scalar(connection, **values(selection), most=most + 1)
    return min(number, most), number > most


def _known_count(connection: Connection, selection: Selection) -> int | None:
    match selection.only_lists:
        case ((_,),):
            return selection.count
        case ((one,), (other,)) if are_paired(facet_of(one), facet_of(other)):
            return int(sum(number for (number,) in _IN_BOTH.rows(connection, one=one, other=other)))
    return None


_IN_BOTH = Prepared(
    select(posting_pair.c.count).where(
        posting_pair.c.one == bindparam("one"), posting_pair.c.other == bindparam("other")
    )
)


def _counting(shape: Shape, conditions: Conditions) -> Select[Any]:
    some = keys_of(shape, conditions)[1].limit(number_named("most")).subquery()
    return select(func.count()).select_from(some)


def number_of(of: Listed, facet: Facet, value: ColumnElement[str] | str) -> ColumnElement[int]:
    """How many rows have a value, for a statement to select."""
    lists = posting_list.c
    known = select(lists.count).where(lists.of == of, lists.facet == facet, lists.value == value)
    return func.coalesce(known.scalar_subquery(), 0)


def count_by(connection: Connection, selection: Selection, facet: Facet, most: int) -> list[Item]:
    """The values that most of the rows have, with their `count` and `list_id`; ties by value."""
    if not selection.leading:
        return []
    of, is_by_id = selection.wanted.of, facet in BY_ID
    ids = list_ids(of, facet)
    given: dict[str, object] = {"first": ids.start, "last": ids.stop - 1, "most": most}
    match selection.only_lists:
        case (_,) if not selection.wanted.groups:
            return _OF_ALL[is_by_id].fetch(connection, **given, of=of, facet=facet)
        case ((one,),) if are_paired(facet_of(one), facet):
            return _OF_PAIRS[is_by_id].fetch(connection, **given, one=one)
    return prepared(_counting_by, selection, is_by_id).fetch(connection, **values(selection), **given)


def _most_first(counts: Any, is_by_id: bool) -> Select[Any]:
    """The values of lists whose ids and counts these are, as `list_id` and `count`."""
    lists = posting_list.c
    order = (func.length(lists.value), lists.value) if is_by_id else (lists.value,)
    return (
        select(lists.value, counts.c.count, counts.c.list_id)
        .join_from(counts, posting_list, lists.id == counts.c.list_id)
        .order_by(counts.c.count.desc(), *order)
        .limit(number_named("most"))
    )


def _counting_by(shape: Shape, conditions: Conditions, is_by_id: bool) -> Select[Any]:
    keys = keys_of(shape, conditions)[1].subquery()
    counted = (
        select(posting.c.list_id, func.count().label("count"))
        .join_from(keys, posting, and_(posting.c.key == keys.c.key, _is_of_facet(posting.c.list_id)))
        .group_by(posting.c.list_id)
    )
    return _most_first(counted.subquery(), is_by_id)


def _is_of_facet(list_id: ColumnElement[int]) -> ColumnElement[bool]:
    return list_id.between(number_named("first"), number_named("last"))


_OF_ALL = {
    is_by_id: Prepared(
        _most_first(
            select(posting_list.c.id.label("list_id"), posting_list.c.count)
            .where(posting_list.c.of == bindparam("of"), posting_list.c.facet == bindparam("facet"))
            .order_by(posting_list.c.count.desc())
            .subquery(),
            is_by_id,
        )
    )
    for is_by_id in (False, True)
}
_OF_PAIRS = {
    is_by_id: Prepared(
        _most_first(
            select(posting_pair.c.other.label("list_id"), posting_pair.c.count)
            .where(posting_pair.c.one == bindparam("one"), _is_of_facet(posting_pair.c.other))
            .subquery(),
            is_by_id,
        )
    )
    for is_by_id in (False, True)
}


def count_both(
    connection: Connection, selection: Selection, rows: Sequence[Item], columns: Sequence[Item]
) -> dict[tuple[int, int], int]:
    """How many of what is meant have both of two values, for each pair that any has, by their `list_id`.

    `rows` and `columns` are values as `count_by` gives them.
    """
    if not (rows and columns):
        return {}
    if sum(each["count"] for each in rows) > sum(each["count"] for each in columns):
        # The shorter lists are gone through, the longer ones looked up.
        turned = count_both(connection, selection, columns, rows)
        return {(row, column): number for (column, row), number in turned.items()}
    down, across = ([each["list_id"] for each in some] for some in (rows, columns))
    given: dict[str, object] = {"rows": down, "first": min(across), "last": max(across), "columns": across}
    if selection.only_lists and not selection.wanted.groups:
        statement = _PAIRS if are_paired(facet_of(down[0]), facet_of(across[0])) else _IN_LISTS
    else:
        statement = prepared(_counting_both, selection)
        given |= values(selection) | {"first_row": min(down), "last_row": max(down)}
    return {(row, column): number for row, column, number in statement.rows(connection, **given)}


_PAIRS = Prepared(
    select(posting_pair.c.one, posting_pair.c.other, posting_pair.c.count).where(
        is_among(posting_pair.c.one, "rows"), is_among(posting_pair.c.other, "columns")
    )
)

_ONE, _OTHER = posting.alias("one"), posting.alias("other")


def _is_in(lists: ColumnElement[int], first: str, last: str, name: str) -> ColumnElement[bool]:
    # Of a row's few lists in the range each is held against them: looking up each of them takes longer.
    return and_(lists.between(number_named(first), number_named(last)), is_among(unindexed(lists), name))


_IN_LISTS = Prepared(
    select(_ONE.c.list_id, _OTHER.c.list_id.label("column"), func.count().label("count"))
    .join_from(_ONE, _OTHER, _OTHER.c.key == _ONE.c.key)
    .where(is_among(_ONE.c.list_id, "rows"), _is_in(_OTHER.c.list_id, "first", "last", "columns"))
    .group_by(_ONE.c.list_id, _OTHER.c.list_id)
)


def _counting_both(shape: Shape, conditions: Conditions) -> Select[Any]:
    keys = keys_of(shape, conditions)[1].subquery()
    return (
        select(_ONE.c.list_id, _OTHER.c.list_id.label("column"), func.count().label("count"))
        .join_from(keys, _ONE, _ONE.c.key == keys.c.key)
        .join(_OTHER, _OTHER.c.key == keys.c.key)
        .where(
            _is_in(_ONE.c.list_id, "first_row", "last_row", "rows"),
            _is_in(_OTHER.c.list_id, "first", "last", "columns"),
        )
        .group_by(_ONE.c.list_id, _OTHER.c.list_id)
    )


def count_by_day(connection: Connection, selection: Selection) -> dict[int, int]:
    """How many of the rows are of each day, as `date.toordinal` has it; 0 is of those without a date."""
    if not selection.leading:
        return {}
    return dict(prepared(_by_day, selection).rows(connection, **values(selection)))


def _by_day(shape: Shape, conditions: Conditions) -> Select[Any]:
    keys = keys_of(shape, conditions)[1].subquery()
    day = keys.c.key.op(">>")(literal(DAY, Integer())).label("day")
    return select(day, func.count().label("count")).group_by(day)
