"""What is common to all lists."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from sqlalchemy import ColumnElement, Connection

from app.queries.page import Page, Paging
from app.queries.resource import Resource
from app.queries.rows import Item

Q = TypeVar("Q", bound=Paging)
Q_contra = TypeVar("Q_contra", bound=Paging, contravariant=True)

AddSnippets = Callable[[Connection, Sequence[Item], Sequence[str]], None]
"""Adds to items where their texts have some words."""


class Lister(Protocol[Q_contra]):
    """A kind of list."""

    def find(self, connection: Connection, query: Q_contra) -> Page[Item]:
        """The page that a query asks for. Raises what is wrong with it."""

    def find_all(self, connection: Connection, query: Q_contra) -> Iterator[list[Item]]:
        """All items of a query, some hundred at a time. Raises what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Plain(Generic[Q]):
    """Lists of a resource by conditions on its own table, in its own order."""

    resource: Resource
    conditions: Callable[[Connection, Q], Sequence[ColumnElement[bool]]]
    words: Callable[[Q], tuple[str, ...]] = lambda _: ()
    add_snippets: AddSnippets = lambda *_: None

    def find(self, connection: Connection, query: Q) -> Page[Item]:
        """The page that a query asks for. Raises what is wrong with it."""
        conditions = self.conditions(connection, query)
        # Not in one statement: it would count what all of them have, to show but some.
        keys, cursor = self.resource.keys(connection, conditions, query)
        items = self.resource.load(connection, keys)
        self.add_snippets(connection, items, self.words(query))
        return Page(items, *self.resource.count(connection, conditions), cursor)

    def find_all(self, connection: Connection, query: Q) -> Iterator[list[Item]]:
        """All items of a query, some hundred at a time. Raises what is wrong with it."""
        for items in self.resource.find_all(connection, self.conditions(connection, query)):
            self.add_snippets(connection, items, self.words(query))
            yield items
