"""What is common to all lists: a query is looked up, the keys of a page are read, then the items of the keys.

The first and the last are the same for as long as the data is, so a server may remember them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy import ColumnElement, Connection

from app.queries.page import Page, Paging
from app.queries.resource import Resource
from app.queries.rows import Direct, Item

Q = TypeVar("Q", bound=Paging)
Q_contra = TypeVar("Q_contra", bound=Paging, contravariant=True)

Key = int | str
"""What tells an item of a list from the others of its kind."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A query that was looked up: what it means, which is its list's own business, and what is known of all.

    `words` are those that its snippets show. `total` and the others are as in `Page`. `is_prepared` tells
    that its keys are read by prepared statements alone.
    """

    meaning: Any
    total: int
    words: tuple[str, ...] = ()
    total_capped: bool = False
    ambiguous: Sequence[Item] = ()
    facets: Mapping[str, Sequence[Item]] | None = None
    is_prepared: bool = False


class Lister(Protocol[Q_contra]):
    """A kind of list."""

    @property
    def name(self) -> str: ...

    def plan(self, connection: Connection, query: Q_contra) -> Plan:
        """Look the query up. Raises what is wrong with it, its cursor aside."""

    def keys(
        self, connection: Connection | Direct, plan: Plan, paging: Paging
    ) -> tuple[Sequence[Key], str | None]:
        """The keys of a page and the cursor of the next. Raises CursorError."""

    def items(self, connection: Connection, plan: Plan, keys: Sequence[Key]) -> list[Item]:
        """The items of the keys, in their order."""

    def find_all(self, connection: Connection, query: Q_contra) -> Iterator[list[Item]]:
        """All items of a query, some hundred at a time. Raises what is wrong with it."""


def find(lister: Lister[Q], connection: Connection, query: Q) -> Page[Item]:
    """The page that a query asks for. Raises what is wrong with it."""
    plan = lister.plan(connection, query)
    keys, cursor = lister.keys(connection, plan, query)
    return page_of(plan, lister.items(connection, plan, keys), cursor)


def page_of(plan: Plan, items: Sequence[Any], cursor: str | None) -> Page[Any]:
    """The page of these items."""
    return Page(items, plan.total, cursor, plan.total_capped, plan.ambiguous, plan.facets)


@dataclass(frozen=True, slots=True)
class Plain(Generic[Q]):
    """Lists of a resource by conditions on its own table, in its own order."""

    resource: Resource
    conditions: Callable[[Connection, Q], Sequence[ColumnElement[bool]]]
    words: Callable[[Q], tuple[str, ...]] = lambda _: ()
    add_snippets: Callable[[Connection, Sequence[Item], Sequence[str]], None] = lambda *_: None

    @property
    def name(self) -> str:
        return self.resource.name

    def plan(self, connection: Connection, query: Q) -> Plan:
        conditions = self.conditions(connection, query)
        return Plan(conditions, self.resource.count(connection, conditions), self.words(query))

    def keys(
        self, connection: Connection | Direct, plan: Plan, paging: Paging
    ) -> tuple[Sequence[Key], str | None]:
        assert isinstance(connection, Connection), "nothing is prepared"
        return self.resource.keys(connection, plan.meaning, paging)

    def items(self, connection: Connection, plan: Plan, keys: Sequence[Key]) -> list[Item]:
        return loaded(connection, self.resource, keys, self.add_snippets, plan.words)

    def find_all(self, connection: Connection, query: Q) -> Iterator[list[Item]]:
        """All items of a query, some hundred at a time. Raises what is wrong with it."""
        for items in self.resource.find_all(connection, self.conditions(connection, query)):
            self.add_snippets(connection, items, self.words(query))
            yield items


def loaded(
    connection: Connection,
    resource: Resource,
    keys: Sequence[Key],
    add_snippets: Callable[[Connection, Sequence[Item], Sequence[str]], None],
    words: Sequence[str],
) -> list[Item]:
    """The items of the keys, in their order."""
    if not keys:
        return []
    found = resource.load(connection, keys)
    items = [found[key] for key in keys]
    add_snippets(connection, items, words)
    return items
