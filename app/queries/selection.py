"""Which rows a query means, the lists of postings that hold them, and the statement of their keys.

A query is groups of values, of which a row must have one each, beside what only its own row tells. The group
with the fewest rows leads: its lists are walked in the order of their keys, and each key is looked up in the
lists of the others. So a page costs what it reads, however large the database is.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Connection,
    Select,
    Table,
    bindparam,
    exists,
    select,
)

from app.queries.matching import HasPieces, PieceKey, all_pieces
from app.queries.parameters import LARGEST_ID
from app.queries.prepared import Prepared, is_among
from app.queries.rows import Statement, posting, posting_list
from app.queries.search import contains_words, word_values
from app.tables.postings import IDS, PIECES, Facet, Listed

FEW = 5_000
"""Rows of a group that are read faster one by one than a word is looked up."""


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
    def only_lists(self) -> tuple[tuple[int, ...], ...] | None:
        """The lists of each group, where being in them is all that is asked of a row."""
        wanted = self.wanted
        is_bounded = (wanted.above, wanted.below, wanted.keys) != (-1, LARGEST_ID, None)
        return None if wanted.conditions or wanted.words or is_bounded else (self.leading, *self.others)

    @property
    def is_led_by_words(self) -> bool:
        wanted, is_few = self.wanted, self.count <= FEW or self.wanted.keys is not None
        return bool(wanted.words) and wanted.of in PIECES and not is_few

    @property
    def looked_up(self) -> tuple[tuple[int, ...], ...]:
        """The lists of each group in which the keys that lead are looked up."""
        if not self.is_led_by_words:
            return self.others
        return (self.leading, *self.others) if self.wanted.groups else ()

    @property
    def looked_for(self) -> Sequence[str]:
        """The words that are looked for in the rows themselves."""
        words = self.wanted.words
        # Of longer ones, a text may have all pieces and not the word.
        return [word for word in words if len(word) > 2] if self.is_led_by_words else words


# One facet at a time: SQLite would go through all lists for pairs of facet and value.
_LISTS = Prepared(
    select(posting_list.c.id, posting_list.c.count).where(
        posting_list.c.of == bindparam("of"),
        posting_list.c.facet == bindparam("facet"),
        is_among(posting_list.c.value, "values"),
    )
)


def select_lists(connection: Connection, wanted: Wanted) -> Selection:
    """The lists of what is wanted."""
    groups = wanted.groups or (Group(Facet.ALL, frozenset([""])),)
    found = [_LISTS.rows(connection, of=wanted.of, facet=each.facet, values=each.values) for each in groups]
    counted = [(sum(count for _, count in lists), tuple(sorted(id for id, _ in lists))) for lists in found]
    (count, leading), *others = sorted(counted)
    return Selection(wanted, leading, tuple(lists for _, lists in others), count)


@dataclass(frozen=True, slots=True)
class Shape:
    """What the statements of selections differ in, the values of their parameters and conditions aside.

    The numbers of leading lists (none where words lead), of lists in each other group, and of words that are
    looked for in the rows of the table.
    """

    of: Listed
    table: Table
    leading: int
    others: tuple[int, ...]
    words: int
    has_keys: bool


Build = Callable[..., Statement]
"""Makes a statement for a shape, some conditions and whatever else tells it from others."""


def prepared(build: Build, selection: Selection, *others: object, is_of_one: bool = False) -> Prepared:
    """The statement for a selection, or where it `is_of_one`, for any one of its leading lists.

    The many queries that differ only in their values have one statement, which takes long to be made.
    """
    shape = _shape(selection)
    if is_of_one:
        shape = replace(shape, leading=min(shape.leading, 1))
    if selection.wanted.conditions:
        return Prepared(build(shape, selection.wanted.conditions, *others))
    return _kept(build, shape, *others)


@lru_cache(maxsize=500)
def _kept(build: Build, shape: Shape, *others: object) -> Prepared:
    return Prepared(build(shape, (), *others))


def _shape(selection: Selection) -> Shape:
    wanted = selection.wanted
    return Shape(
        wanted.of,
        wanted.table,
        0 if selection.is_led_by_words else len(selection.leading),
        tuple(map(len, selection.looked_up)),
        len(selection.looked_for),
        wanted.keys is not None,
    )


def values(selection: Selection) -> dict[str, object]:
    """What the parameters of the statements for a selection are."""
    wanted = selection.wanted
    given: dict[str, object] = {"above": wanted.above, "below": wanted.below, "keys": wanted.keys}
    given["pieces"] = all_pieces(wanted.words)
    given |= {f"leading_{number}": id for number, id in enumerate(selection.leading)}
    for place, ids in enumerate(selection.looked_up):
        given |= {f"other_{place}_{number}": id for number, id in enumerate(ids)}
    return given | word_values(selection.looked_for)


def keys_of(
    shape: Shape, conditions: Sequence[ColumnElement[bool]]
) -> tuple[ColumnElement[Any], Select[Any]]:
    """The statement of the keys of all rows that are meant, each once, and the column they come from."""
    if shape.leading:
        lists = posting.alias("leading").c
        key: ColumnElement[Any] = lists.key
        # A row may stand in several of the lists.
        columns = select(key.label("key")).distinct() if shape.leading > 1 else select(key.label("key"))
        statement = columns.where(_is_one_of(lists.list_id, _numbers("leading", shape.leading)))
    else:
        key = PieceKey(shape.of)
        statement = select(key.label("key")).where(HasPieces(shape.of, "pieces"))
    for place, number in enumerate(shape.others):
        other = posting.alias(f"other_{place}").c
        is_in = _is_one_of(other.list_id, _numbers(f"other_{place}", number))
        statement = statement.where(exists().where(is_in, other.key == key))
    own = [*conditions, *contains_words(shape.table, shape.words)]
    if own:
        statement = statement.join(shape.table, shape.table.c.id == id_of(key)).where(*own)
    bounded = key
    if shape.has_keys:
        # So that SQLite does not go through the range instead, which is longer than it thinks.
        statement, bounded = statement.where(is_among(key, "keys")), unindexed(key)
    return key, statement.where(bounded > number_named("above"), bounded < number_named("below"))


def id_of(key: ColumnElement[int]) -> ColumnElement[int]:
    """The id in a key."""
    return key.op("&")(IDS)


def unindexed(column: ColumnElement[int]) -> ColumnElement[int]:
    """The column for a condition that no index is to be used for."""
    return column.op("+")(0)


def number_named(name: str) -> BindParameter[int]:
    """A parameter for a number."""
    return bindparam(name, 0, BigInteger())


def _numbers(name: str, count: int) -> Iterator[BindParameter[int]]:
    return (number_named(f"{name}_{number}") for number in range(count))


def _is_one_of(column: ColumnElement[Any], numbers: Iterator[BindParameter[int]]) -> ColumnElement[bool]:
    first, *others = numbers
    return column.in_([first, *others]) if others else column == first
