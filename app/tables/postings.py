"""What lists are read from: for each value a filter may have, the keys of all rows that have it, in order.

All of it is derived from the other tables, by `app.store.postings`, and can be made anew.
"""

from datetime import date
from enum import StrEnum

from sqlalchemy import BigInteger, Column, Index, MetaData, String, Table, UniqueConstraint
from sqlmodel import Field, SQLModel

DAY = 32
"""Bits of a key below its day."""
IDS = (1 << DAY) - 1
"""The mask that leaves the id of a key."""
FIRST_DATED = 1 << DAY
"""The least key of a row with a date."""


def key_of(day: date | None, id: int) -> int:
    """The key of a row: its id, with its day above the lowest DAY bits where rows are dated.

    The day counts from 1 for 0001-01-01 and is 0 where there is none: so keys sort by date, and alone.
    """
    return (day.toordinal() << DAY if day else 0) | id


class Listed(StrEnum):
    """What is listed so."""

    PROPOSAL = "proposal"
    METRIC = "metric"
    ARTICLE = "article"


class Facet(StrEnum):
    """What rows are listed by; `all` has one list, with all of them."""

    ALL = "all"
    SPEAKER = "speaker"
    SPEAKER_REGION = "speaker_region"
    INSTITUTION = "institution"
    THEME = "theme"
    REGION = "region"
    KIND = "kind"
    YEAR = "year"
    SOURCE = "source"
    UNIT = "unit"
    MENTIONED = "mentioned"


PAIRED = (Facet.THEME, Facet.REGION, Facet.KIND, Facet.YEAR, Facet.SOURCE, Facet.UNIT)
"""Facets of few values, one after the other: it is kept how many rows any two of these share."""

NAMED = (Facet.SPEAKER, Facet.INSTITUTION)
"""Facets of many values, of which it is kept how many rows each shares with each theme."""

BY_ID = frozenset({Facet.SPEAKER, Facet.INSTITUTION, Facet.MENTIONED})
"""Facets whose values are the ids of actors."""


_KINDS, _FACETS = tuple(Listed), tuple(Facet)


def list_ids(of: Listed, facet: Facet) -> range:
    """The ids that the lists of a facet may have, those of one kind of row beside each other.

    So counting the rows of some keys by one facet reads no list of another.
    """
    number = _KINDS.index(of) * 16 + _FACETS.index(facet) + 1
    return range(number << 40, (number + 1) << 40)


def paired_ids(of: Listed) -> range:
    """The ids that the lists of PAIRED facets may have."""
    return range(list_ids(of, PAIRED[0]).start, list_ids(of, PAIRED[-1]).stop)


def facet_of(list_id: int) -> Facet:
    """The facet that a list is of."""
    return _FACETS[(list_id >> 40) % 16 - 1]


def are_paired(one: Facet, other: Facet) -> bool:
    """Whether it is kept how many rows any two values of the facets share."""
    if one in NAMED or other in NAMED:
        return Facet.THEME in (one, other)
    return one in PAIRED and other in PAIRED


class PostingList(SQLModel, table=True):
    """A value that rows have, with their number: the proposals of theme 5g. For the id see `list_ids`."""

    __tablename__ = "posting_list"
    __table_args__ = (UniqueConstraint("of", "facet", "value"), Index(None, "of", "facet", "count"))

    id: int = Field(primary_key=True, sa_type=BigInteger)
    of: str
    facet: str
    value: str
    count: int


class Posting(SQLModel, table=True):
    """A row in a list; for its key see `key_of`."""

    __tablename__ = "posting"
    __table_args__ = (Index(None, "key", "list_id"), {"sqlite_with_rowid": False})

    list_id: int = Field(primary_key=True, sa_type=BigInteger)
    key: int = Field(primary_key=True, sa_type=BigInteger)


class PostingPair(SQLModel, table=True):
    """The number of rows that are in both of two lists whose facets `are_paired`, if any, in either order.

    A list with itself is one of the pairs.
    """

    __tablename__ = "posting_pair"
    __table_args__ = ({"sqlite_with_rowid": False},)

    one: int = Field(primary_key=True, sa_type=BigInteger)
    other: int = Field(primary_key=True, sa_type=BigInteger)
    count: int


PIECES = {
    of: Table(
        f"{of}_pieces", MetaData(), Column("key", BigInteger, primary_key=True), Column("pieces", String)
    )
    for of in (Listed.PROPOSAL, Listed.METRIC)
}
"""The pieces of search texts (`app.language.grams`), with blanks between, by the key of their row.

Not among the models, as no database has it as a plain table: on SQLite it is an FTS5 table that keeps the
index alone, its `key` being the rowid, and on PostgreSQL `pieces` is a tsvector.
"""
