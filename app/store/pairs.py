"""Keeps how many rows any two lists share; see `app.tables.postings.PostingPair`."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations_with_replacement, groupby, islice, product
from typing import Any

from sqlalchemy import or_, select
from sqlmodel import Session, col

from app.store.rows import execute_all
from app.tables import Posting
from app.tables.postings import NAMED, PAIRED, Facet, Listed, facet_of, list_ids, paired_ids

Counts = Counter[tuple[int, int]]
"""How many rows are in both of two lists, the one with the lower id first."""

COUNTED = frozenset({*NAMED, *PAIRED})
"""Facets whose lists are counted with any others."""

CHUNK = 20_000
"""Rows whose pairs are held in memory at once, some 100 MB."""

_RAISE = (
    "INSERT INTO posting_pair (one, other, count) VALUES (?, ?, ?) "
    "ON CONFLICT (one, other) DO UPDATE SET count = posting_pair.count + excluded.count"
)
_REMOVE_EMPTY = "DELETE FROM posting_pair WHERE one = ? AND other = ? AND count = 0"


def put_in(session: Session, rows: Iterable[Sequence[int]]) -> None:
    """Count rows, each by the lists of COUNTED facets that it is in, in order."""
    _raise(session, _counted(rows))


def take_out(session: Session, of: Listed, wanted: Any) -> None:
    """Count no longer the rows of some postings, which must still be there."""
    gone = _counted(_lists_by_row(session, of, wanted))
    _raise(session, Counter({pair: -count for pair, count in gone.items()}))
    execute_all(session.connection(), _REMOVE_EMPTY, _both_ways(gone))


def fill(session: Session) -> None:
    """Count all rows by their postings; nothing must be counted yet.

    Row by row and not by the database, which would sort some hundred pairs of each row to count them.
    """
    for of in Listed:
        rows = _lists_by_row(session, of)
        while some := list(islice(rows, CHUNK)):
            put_in(session, some)


def _counted(rows: Iterable[Sequence[int]]) -> Counts:
    counts: Counts = Counter()
    for lists in rows:
        counts.update(_pairs(lists))
    return counts


def _pairs(lists: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Those of a row's lists that are counted; the lists are in order, and the named ones come first."""
    facets = [facet_of(list_id) for list_id in lists]
    named = sum(facet in NAMED for facet in facets)
    themes = [list_id for list_id, facet in zip(lists, facets, strict=True) if facet is Facet.THEME]
    return chain(product(lists[:named], themes), combinations_with_replacement(lists[named:], 2))


def _lists_by_row(session: Session, of: Listed, *wanted: Any) -> Iterator[list[int]]:
    """The lists of COUNTED facets that each row is in, in order."""
    ranges = [*(list_ids(of, facet) for facet in NAMED), paired_ids(of)]
    is_counted = or_(*(col(Posting.list_id).between(ids.start, ids.stop - 1) for ids in ranges))
    statement = select(col(Posting.key), col(Posting.list_id)).where(is_counted, *wanted)
    ordered = statement.order_by(col(Posting.key), col(Posting.list_id))
    rows = session.execute(ordered, execution_options={"yield_per": 10_000})
    for _, own in groupby(rows, key=lambda row: row[0]):
        yield [list_id for _, list_id in own]


def _raise(session: Session, counts: Counts) -> None:
    """Add to the counts, one after another as they are stored."""
    rows = [(*pair, counts[min(pair), max(pair)]) for pair in _both_ways(counts)]
    execute_all(session.connection(), _RAISE, rows)


def _both_ways(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    return sorted({way for low, high in pairs for way in ((low, high), (high, low))})
