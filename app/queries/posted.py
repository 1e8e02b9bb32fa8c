"""Lists of what has postings: the keys of a page, and the items that stand behind them."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Generic, Protocol, TypeVar

from pydantic import Field
from sqlalchemy import Connection

from app.queries import labels, postings
from app.queries.lists import AddSnippets
from app.queries.page import Cursors, FacetedQuery, Page
from app.queries.parameters import LARGEST_ID
from app.queries.postings import Row, Sorted
from app.queries.references import region_codes, theme_codes
from app.queries.resource import Resource
from app.queries.rows import CHUNK, Item
from app.queries.search import RelevanceError, Sort
from app.queries.selection import Group, Selection, Wanted, select_lists
from app.tables.postings import IDS, Facet, key_of
from app.vocabulary import Joining

Q = TypeVar("Q", bound=FacetedQuery)

_KeyValue = Annotated[int, Field(ge=0, le=LARGEST_ID)]
_CURSORS = {
    sort: Cursors((_KeyValue, _KeyValue) if sort is Sorted.RELEVANCE else (_KeyValue,), sort)
    for sort in Sorted
}


@dataclass(frozen=True, slots=True)
class Posted(Generic[Q]):
    """Lists of a resource by its postings.

    `wanted` says which rows a query means and `sort` in which order, `add_snippets` where texts have the
    words; `ambiguous` are names of the query that several have.
    """

    resource: Resource
    wanted: Callable[[Connection, Q], Wanted]
    sort: Callable[[Q, Sequence[str]], Sorted]
    add_snippets: AddSnippets
    ambiguous: Callable[[Connection, Q], Sequence[Item]] = lambda *_: ()

    def find(self, connection: Connection, query: Q) -> Page[Item]:
        """The page that a query asks for. Raises what is wrong with it."""
        selection, sort = self._meant(connection, query)
        after = _read(sort, query.cursor)
        total, is_capped = postings.count(connection, selection)
        # One row more than asked for tells whether there is a next page.
        rows = postings.walk(connection, selection, sort, after, query.limit + 1, is_few=not is_capped)
        cursor = write_cursor(sort, rows[query.limit - 1]) if len(rows) > query.limit else None
        items = self._items(connection, rows[: query.limit], selection)
        ambiguous, facets = self.ambiguous(connection, query), _facets(connection, selection, query)
        return Page(items, total, is_capped, cursor, ambiguous, facets)

    def find_all(self, connection: Connection, query: Q) -> Iterator[list[Item]]:
        """All items of a query, some hundred at a time. Raises what is wrong with it."""
        (selection, sort), after = self._meant(connection, query), None
        while rows := postings.walk(connection, selection, sort, after, CHUNK):
            after = rows[-1]
            yield self._items(connection, rows, selection)

    def _meant(self, connection: Connection, query: Q) -> tuple[Selection, Sorted]:
        wanted = self.wanted(connection, query)
        return select_lists(connection, wanted), self.sort(query, wanted.words)

    def _items(self, connection: Connection, rows: Sequence[Row], selection: Selection) -> list[Item]:
        items = self.resource.load(connection, [row.id for row in rows])
        self.add_snippets(connection, items, selection.wanted.words)
        return items


def _facets(
    connection: Connection, selection: Selection, query: FacetedQuery
) -> Mapping[str, Sequence[Item]] | None:
    if not query.facets:
        return None
    return {
        str(each): labelled(connection, selection, Facet(each), query.facet_limit) for each in query.facets
    }


def labelled(connection: Connection, selection: Selection, facet: Facet, most: int) -> list[Item]:
    """The values that most rows have, each with its label, count and `list_id`."""
    rows = postings.count_by(connection, selection, facet, most)
    names: Mapping[str, str] = labels.names_of(connection, facet, [row["value"] for row in rows])
    return [{**row, "label": names.get(row["value"], row["value"])} for row in rows]


def group(facet: Facet, values: Iterable[object]) -> Group:
    """One of these values."""
    return Group(facet, frozenset(map(str, values)))


def plain_groups(values: Mapping[Facet, Collection[object]]) -> Iterator[Group]:
    """One of the values of each facet that has any: those of the others were not asked for."""
    for facet, some in values.items():
        if some:
            yield group(facet, some)


def theme_groups(connection: Connection, names: Sequence[str], joining: Joining) -> Iterator[Group]:
    """One of these themes, or each of them. Raises UnknownValueError."""
    for some in _joined(names, joining):
        yield group(Facet.THEME, theme_codes(connection, some))


def region_groups(connection: Connection, names: Sequence[str], joining: Joining) -> Iterator[Group]:
    """One of these regions, or each of them. Raises UnknownValueError."""
    for some in _joined(names, joining):
        yield group(Facet.REGION, region_codes(connection, some))


def between(since: date | None, until: date | None) -> tuple[int, int]:
    """The bounds, both exclusive, of the keys of these days; what has no day is in none."""
    if since is None and until is None:
        return -1, LARGEST_ID
    return key_of(since or date.min, 0) - 1, key_of(until, IDS) + 1 if until else LARGEST_ID


class Sortable(Protocol):
    """A query that says how its list is sorted."""

    @property
    def sort(self) -> Sort: ...


def sorted_by(query: Sortable, words: Sequence[str]) -> Sorted:
    """The order that a query asks for. Raises RelevanceError where nothing is searched for."""
    if query.sort is Sort.RELEVANCE and not words:
        raise RelevanceError
    return Sorted(query.sort)


def _joined(names: Sequence[str], joining: Joining) -> Iterator[Sequence[str]]:
    """Names of which one is enough: all together, or each by itself."""
    if names and joining is Joining.OR:
        yield names
    elif names:
        yield from ([name] for name in names)


def _read(sort: Sorted, cursor: str | None) -> Row | None:
    if cursor is None:
        return None
    *hits, key = _CURSORS[sort].read(cursor)
    return Row(key, *hits)


def write_cursor(sort: Sorted, row: Row) -> str:
    """The cursor of the page that begins after a row."""
    return _CURSORS[sort].write((row.hits, row.key) if sort is Sorted.RELEVANCE else (row.key,))
