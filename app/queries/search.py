"""Searching for words: the rows that contain them, how often, and the piece of text that shows it.

Texts and words are compared in the one form of `app.language.characters.searchable`, which every
searched table keeps in its column `search_text`; so 重庆 finds 重慶 and 5g finds ５Ｇ.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Integer, String, Table, and_, bindparam, func

from app.errors import JianyanError
from app.language.characters import searchable
from app.queries.rows import Item


class Sort(StrEnum):
    """How what is published is sorted."""

    NEWEST = "-date"
    OLDEST = "date"
    RELEVANCE = "relevance"


class RelevanceError(JianyanError):
    """Most hits first, of nothing that is searched for."""

    field = "sort"
    nearest = (Sort.NEWEST.value, Sort.OLDEST.value)

    def __init__(self) -> None:
        super().__init__("sort: relevance counts the hits of `q`; give q, or sort by date or -date")


AROUND = 24
"""Characters of a snippet before the first hit."""
LONGEST = 96
"""Characters of a snippet."""


def words_of(search: str | None) -> tuple[str, ...]:
    """The words of a search, each once, in the form they are compared in."""
    return tuple(dict.fromkeys(searchable(search or "").split()))


def contains_all(table: Table, words: Sequence[str]) -> ColumnElement[bool]:
    """The condition that a row's search text contains every word, as LIKE would find it."""
    return and_(*(table.c.search_text.contains(word, autoescape=True) for word in words))


def contains_words(table: Table, number: int) -> Iterator[ColumnElement[bool]]:
    """As `contains_all`, for so many words that are parameters, see `word_values`."""
    for place in range(number):
        yield table.c.search_text.like(bindparam(f"word_{place}", type_=String()), escape="/")


def word_values(words: Sequence[str]) -> dict[str, str]:
    """What the parameters of `contains_words` are."""
    return {f"word_{place}": f"%{escaped(word)}%" for place, word in enumerate(words)}


def escaped(word: str) -> str:
    """The word for a pattern of LIKE whose escape is a slash."""
    return re.sub("([/%_])", r"/\1", word)


def hits_in(table: Table, words: Sequence[str]) -> ColumnElement[int]:
    """How often the words stand in a row's search text, all together."""
    # As integers: PostgreSQL would divide to floating point, which no cursor takes.
    length = func.length(table.c.search_text, type_=Integer)
    without = (func.length(func.replace(table.c.search_text, word, ""), type_=Integer) for word in words)
    counts = [(length - rest) // len(word) for rest, word in zip(without, words, strict=True)]
    total: ColumnElement[Any] = counts[0]
    for each in counts[1:]:
        total = total + each
    return total


def add_snippets(items: Sequence[Item], words: Sequence[str], text_of: Callable[[Item], str]) -> None:
    """Add `snippet` to the items: where their text says it, null where nothing was searched for."""
    for item in items:
        item["snippet"] = snippet(text_of(item), words) if words else None


def snippet(text: str, words: Sequence[str]) -> Item:
    """The piece of a text around the first hit: `text`, its `start` in the whole, `hits`, places in it."""
    places = _places(searchable(text), words)
    first = places[0][0] if places else 0
    start = max(0, first - AROUND)
    end = min(len(text), max(start + LONGEST, places[0][1] if places else 0))
    hits = [[left - start, right - start] for left, right in places if right <= end]
    return {"text": text[start:end], "start": start, "hits": hits}


def _places(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where the words stand, in order, the longest first where several begin."""
    if not words:
        return []
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return [match.span() for match in re.finditer(pattern, text)]
