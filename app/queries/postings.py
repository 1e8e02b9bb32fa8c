"""How what has postings is listed: the keys that meet a query, in order, page by page, and their number.

A query is groups of values, of which a row must have one each, beside what only its own row tells. The group
with the fewest rows leads: its lists are walked in the order of their keys, and each key is looked up in the
lists of the others. So a page costs what it reads, however large the database is.
"""

import heapq
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from itertools import groupby, islice
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Connection,
    Dialect,
    Integer,
    Select,
    Table,
    and_,
    bindparam,
    exists,
    func,
    literal,
    or_,
    select,
)

from app.queries.matching import HasPieces, PieceKey
from app.queries.parameters import LARGEST_ID
from app.queries.rows import Direct, Item, Prepared, each_of, fetch, posting, posting_list
from app.queries.search import contains_all, hits_in
from app.tables.postings import BY_ID, DAY, FIRST_DATED, IDS, Facet, Listed, list_ids

EXACT = 100_000
"""Up to how many rows are looked at to count exactly those that are meant: so many take some 50 ms."""
MOST_COUNTED = 10_000
"""Up to which number those are counted that may be more."""
FEW = 5_000
"""Rows of a group that are read faster one by one than a word is looked up."""


class Sorted(StrEnum):
    """The orders that rows can be walked in; undated ones come last in each that is by date."""

    NEWEST = "-date"
    OLDEST = "date"
    RELEVANCE = "relevance"
    ID = "id"


@dataclass(frozen=True, slots=True)
class Group:
    """Values of a facet, one of which a row must have."""

    facet: Facet
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows are meant: those with a value of each group that meet all conditions on their own row.

    `words` are in its search text, its key is above `above` and below `below`, and among `keys` if there are.
    """

    of: Listed
    table: Table
    groups: tuple[Group, ...] = ()
    conditions: tuple[ColumnElement[bool], ...] = ()
    words: tuple[str, ...] = ()
    above: int = -1
    below: int = LARGEST_ID
    keys: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class Selection:
    """The lists that hold what is wanted; `leading` are walked, and one of each of `others` has the key too.

    `count` is the number of rows in the leading lists.
    """

    wanted: Wanted
    leading: tuple[int, ...]
    others: tuple[tuple[int, ...], ...]
    count: int

    @property
    def is_whole_lists(self) -> bool:
        """Whether all rows of the leading lists are meant."""
        wanted = self.wanted
        is_bounded = (wanted.above, wanted.below, wanted.keys) != (-1, LARGEST_ID, None)
        return not (self.others or wanted.conditions or wanted.words or is_bounded)

    @property
    def is_led_by_words(self) -> bool:
        wanted, is_few = self.wanted, self.count <= FEW or self.wanted.keys is not None
        return bool(wanted.words) and wanted.of is Listed.PROPOSAL and not is_few


@dataclass(frozen=True, slots=True)
class Row:
    """What a page is made of: the key of a row, and how often it has the words where these are sorted by."""

    key: int
    hits: int = 0

    @property
    def id(self) -> int:
        return self.key & IDS


# One facet at a time: SQLite would go through all lists for pairs of facet and value.
_LISTS = select(posting_list.c.id, posting_list.c.count).where(
    posting_list.c.of == bindparam("of"),
    posting_list.c.facet == bindparam("facet"),
    posting_list.c.value.in_(each_of("values")),
)


def select_lists(connection: Connection, wanted: Wanted) -> Selection:
    """The lists of what is wanted."""
    groups = wanted.groups or (Group(Facet.ALL, frozenset([""])),)
    found = [
        fetch(connection, _LISTS, of=wanted.of, facet=group.facet, values=group.values) for group in groups
    ]
    found.sort(key=lambda lists: sum(each["count"] for each in lists))
    leading, *others = (tuple(sorted(each["id"] for each in lists)) for lists in found)
    return Selection(wanted, leading, tuple(others), sum(each["count"] for each in found[0]))


@dataclass(frozen=True, slots=True)
class Walk:
    """What is selected, in an order. `step` reads some keys of one list; None where hits tell the order."""

    selection: Selection
    sort: Sorted
    step: Prepared | None
    values: Mapping[str, int] = field(default_factory=dict)

    def read(self, connection: Connection | Direct, after: Row | None, limit: int) -> list[Row]:
        """The first rows after one of them."""
        if not self.selection.leading:
            return []
        if self.step is None:
            assert isinstance(connection, Connection), "nothing is prepared"
            return _most_relevant(connection, self.selection, after, limit)
        bands = _bands(self.sort, after)
        keys = (key for band in bands for key in self._keys(connection, self.step, band, limit))
        return [Row(key) for key in islice(keys, limit)]

    def _keys(
        self, connection: Connection | Direct, step: Prepared, band: tuple[int, int], limit: int
    ) -> Iterator[int]:
        """The keys in a band, in order, each once; up to `limit` from each list."""
        selection = self.selection
        lists = selection.leading[:1] if selection.is_led_by_words else selection.leading
        above, below = max(band[0], selection.wanted.above), min(band[1], selection.wanted.below)
        given = {**self.values, "above": above, "below": below, "most": limit}
        steps = [step.run(connection, **given, list=each) for each in lists]
        merged = heapq.merge(
            *([row[0] for row in rows] for rows in steps), reverse=self.sort is Sorted.NEWEST
        )
        return (each for each, _ in groupby(merged))


def walk(connection: Connection, selection: Selection, sort: Sorted) -> Walk:
    """The way through what is selected in that order."""
    wanted, is_newest_first = selection.wanted, sort is Sorted.NEWEST
    if sort is Sorted.RELEVANCE:
        return Walk(selection, sort, None)
    if wanted.conditions or wanted.words or wanted.keys is not None:
        statement = _step(*_meant(selection, _number("list")), is_newest_first)
        return Walk(selection, sort, Prepared(connection.dialect, statement))
    step = _step_between_lists(connection.dialect, tuple(map(len, selection.others)), is_newest_first)
    return Walk(selection, sort, step, _numbers(selection.others))


@lru_cache(maxsize=500)
def _step_between_lists(dialect: Dialect, others: tuple[int, ...], is_newest_first: bool) -> Prepared:
    """Of what lists alone tell; `others` is the number of lists in each other group.

    The many queries that differ only in their lists have one statement, which takes long to be made.
    """
    ids = [
        [_number(f"other_{place}_{each}") for each in range(number)] for place, number in enumerate(others)
    ]
    key, statement = _in_lists(_number("list"))
    return Prepared(dialect, _step(key, _in_others(key, statement, ids), is_newest_first))


def _numbers(others: Sequence[Sequence[int]]) -> dict[str, int]:
    return {f"other_{place}_{each}": id for place, ids in enumerate(others) for each, id in enumerate(ids)}


def _step(key: ColumnElement[Any], statement: Select[Any], is_newest_first: bool) -> Select[Any]:
    order = key.desc() if is_newest_first else key.asc()
    between = statement.where(key > _number("above"), key < _number("below"))
    return between.order_by(order).limit(_number("most"))


def _number(name: str) -> BindParameter[int]:
    return bindparam(name, 0, BigInteger())


def _in_lists(leading: tuple[int, ...] | BindParameter[int]) -> tuple[ColumnElement[Any], Select[Any]]:
    """A statement of the keys in one of some lists, or in the one a parameter names, and their column."""
    lists = posting.alias("leading").c
    is_in = lists.list_id.in_(leading) if isinstance(leading, tuple) else lists.list_id == leading
    return lists.key, select(lists.key.label("key")).where(is_in)


def _in_others(
    key: ColumnElement[Any], statement: Select[Any], others: Sequence[Sequence[int | BindParameter[int]]]
) -> Select[Any]:
    """The statement with those keys left that are in one list of each of the others too."""
    for place, ids in enumerate(others):
        other = posting.alias(f"other_{place}").c
        statement = statement.where(exists().where(other.list_id.in_(ids), other.key == key))
    return statement


def count(connection: Connection, selection: Selection) -> tuple[int, bool]:
    """How many rows are meant, and whether there may be more: so many are not counted to the end."""
    if not selection.leading:
        return 0, False
    if selection.is_whole_lists and len(selection.leading) == 1:
        return selection.count, False
    keys = all_keys(selection)
    if _is_exact(selection):
        return connection.scalar(select(func.count()).select_from(keys.subquery())) or 0, False
    some = keys.limit(MOST_COUNTED + 1).subquery()
    number = connection.scalar(select(func.count()).select_from(some)) or 0
    return min(number, MOST_COUNTED), number > MOST_COUNTED


def all_keys(selection: Selection) -> Select[Any]:
    """A statement of the keys of all rows that are meant, as `key`, each once."""
    _, statement = _meant(selection, selection.leading)
    # A row may stand in several of the lists.
    return statement.distinct() if len(selection.leading) > 1 else statement


def number_of(of: Listed, facet: Facet, value: str) -> ColumnElement[int]:
    """How many rows have a value, for a statement to select."""
    lists = posting_list.c
    known = select(lists.count).where(lists.of == of, lists.facet == facet, lists.value == value)
    return func.coalesce(known.scalar_subquery(), 0)


def count_by(connection: Connection, selection: Selection, facet: Facet, most: int) -> list[Item]:
    """The values that most of the rows have, with their `count` and `list_id`; ties by value."""
    lists = posting_list.c
    order = (func.length(lists.value), lists.value) if facet in BY_ID else (lists.value,)
    if not selection.leading:
        return []
    if selection.is_whole_lists and not selection.wanted.groups:
        statement = (
            select(lists.value, lists.count, lists.id.label("list_id"))
            .where(lists.of == selection.wanted.of, lists.facet == facet)
            .order_by(lists.count.desc(), *order)
        )
        return fetch(connection, statement.limit(most))
    keys, ids = all_keys(selection).subquery(), list_ids(selection.wanted.of, facet)
    is_of_facet = posting.c.list_id.between(ids.start, ids.stop - 1)
    counted = (
        select(posting.c.list_id, func.count().label("count"))
        .join_from(keys, posting, and_(posting.c.key == keys.c.key, is_of_facet))
        .group_by(posting.c.list_id)
        .subquery()
    )
    statement = (
        select(lists.value, counted.c.count, counted.c.list_id)
        .join_from(counted, posting_list, lists.id == counted.c.list_id)
        .order_by(counted.c.count.desc(), *order)
    )
    return fetch(connection, statement.limit(most))


def count_both(
    connection: Connection, selection: Selection, rows: Sequence[int], columns: Sequence[int]
) -> dict[tuple[int, int], int]:
    """How many of the rows are in both of two lists, for each pair of `rows` and `columns` that has any."""
    if not (selection.leading and rows and columns):
        return {}
    keys = all_keys(selection).subquery()
    one, other = posting.alias("one"), posting.alias("other")
    statement = (
        select(one.c.list_id.label("row"), other.c.list_id.label("column"), func.count().label("count"))
        .join_from(keys, one, and_(one.c.key == keys.c.key, one.c.list_id.in_(rows)))
        .join(other, and_(other.c.key == keys.c.key, other.c.list_id.in_(columns)))
        .group_by(one.c.list_id, other.c.list_id)
    )
    return {(each["row"], each["column"]): each["count"] for each in fetch(connection, statement)}


def count_by_day(connection: Connection, selection: Selection) -> dict[int, int]:
    """How many of the rows are of each day, as `date.toordinal` has it; 0 is of those without a date."""
    if not selection.leading:
        return {}
    keys = all_keys(selection).subquery()
    day = keys.c.key.op(">>")(literal(DAY, Integer())).label("day")
    rows = fetch(connection, select(day, func.count().label("count")).group_by(day))
    return {row["day"]: row["count"] for row in rows}


def _is_exact(selection: Selection) -> bool:
    wanted = selection.wanted
    if selection.is_led_by_words:
        return not (wanted.groups or wanted.conditions or any(len(word) > 2 for word in wanted.words))
    is_few = selection.count <= EXACT or wanted.keys is not None
    return is_few or not (selection.others or wanted.conditions or wanted.words)


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


def _id_of(key: ColumnElement[int]) -> ColumnElement[int]:
    return key.op("&")(literal(IDS, BigInteger()))


def _most_relevant(connection: Connection, selection: Selection, after: Row | None, limit: int) -> list[Row]:
    wanted = selection.wanted
    keys = all_keys(selection).subquery()
    hits = hits_in(wanted.table, wanted.words)
    statement = select(keys.c.key, hits.label("hits")).join_from(
        keys, wanted.table, wanted.table.c.id == _id_of(keys.c.key)
    )
    if after:
        statement = statement.where(or_(hits < after.hits, and_(hits == after.hits, keys.c.key < after.key)))
    rows = fetch(connection, statement.order_by(hits.desc(), keys.c.key.desc()).limit(limit))
    return [Row(row["key"], row["hits"]) for row in rows]


def _meant(
    selection: Selection, leading: tuple[int, ...] | BindParameter[int]
) -> tuple[ColumnElement[Any], Select[Any]]:
    """A statement of the keys that are meant of the leading lists, and the column they come from."""
    wanted = selection.wanted
    if selection.is_led_by_words:
        key: ColumnElement[Any] = PieceKey()
        statement = select(key.label("key")).where(HasPieces(wanted.words))
        # Of longer words, a text may have all pieces and not the word.
        words = [word for word in wanted.words if len(word) > 2]
        others = (selection.leading, *selection.others) if wanted.groups else ()
    else:
        key, statement = _in_lists(leading)
        words, others = list(wanted.words), selection.others
    statement = _in_others(key, statement, others)
    conditions = [*wanted.conditions, *([contains_all(wanted.table, words)] if words else [])]
    if conditions:
        statement = statement.join(wanted.table, wanted.table.c.id == _id_of(key)).where(*conditions)
    if wanted.keys is not None:
        statement = statement.where(key.in_(wanted.keys))
    if wanted.above >= 0:
        statement = statement.where(key > wanted.above)
    if wanted.below < LARGEST_ID:
        statement = statement.where(key < wanted.below)
    return key, statement
