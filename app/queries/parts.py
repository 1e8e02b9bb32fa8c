"""The larger parts of a detail, which are read only when `include` asks for them."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from sqlalchemy import Connection

from app.queries.page import Page, Paging
from app.queries.rows import Item

N = TypeVar("N", bound=StrEnum)
Q = TypeVar("Q", bound=Paging)

MOST_INCLUDED = 200
"""How many items of a list a detail includes; its `next` leads to the others."""


@dataclass(frozen=True, slots=True)
class Part:
    """The first page of a list, and the query that the list itself answers with it."""

    page: Page[Item]
    query: Paging


def first_of(
    connection: Connection, find: Callable[[Connection, Q], Page[Item]], query: type[Q], **filters: object
) -> Part:
    """What a list answers to these filters, as far as a detail includes it."""
    asked = query.model_validate({**filters, "limit": MOST_INCLUDED})
    return Part(find(connection, asked), asked)


def included(
    connection: Connection,
    item: Item,
    readers: Mapping[N, Callable[[Connection, Item], object]],
    wanted: Collection[N],
) -> Item:
    """The item with all parts that it can have: those wanted as they are read, each other one as None."""
    parts = {name: read(connection, item) if name in wanted else None for name, read in readers.items()}
    return item | {name.value: part for name, part in parts.items()}
